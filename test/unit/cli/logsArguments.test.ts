import assert from 'node:assert/strict';
import { parseCommand } from '../../../src/cli/arguments';

const refused = (args: readonly string[], message: RegExp) => assert.throws(() => parseCommand(['logs', ...args]), { message });

describe('arguments of aidog logs', () => {
  it('may all be left out', () => {
    assert.deepEqual(parseCommand(['logs']), { kind: 'logs', quietUntilMs: null, baseline: null, service: null, isJson: false });
  });

  it('name a time, a file and a service', () => {
    const at = Date.UTC(2026, 0, 2, 3, 4, 5);
    const untilOf = (text: string) => {
      const command = parseCommand(['logs', '--quiet-until', text]);
      return command.kind === 'logs' && command.quietUntilMs;
    };
    assert.equal(untilOf('2026-01-02T03:04:05Z'), at);
    assert.equal(untilOf('2026-01-02 03:04:05'), at);
    assert.equal(untilOf('2026-01-02T04:04:05+01:00'), at);
    assert.equal(untilOf('2026-01-02'), Date.UTC(2026, 0, 2));
    assert.deepEqual(parseCommand(['logs', '--baseline', 'quiet.log', '--service', 'shop', '--json']), {
      kind: 'logs',
      quietUntilMs: null,
      baseline: 'quiet.log',
      service: 'shop',
      isJson: true,
    });
  });

  it('are refused with what to mend', () => {
    refused(['--quiet-until', 'noon'], /--quiet-until takes a time such as 2026-01-02T03:04:05Z, not "noon"/);
    refused(['--quiet-until', '2026-13-45T00:00:00Z'], /--quiet-until takes a time/);
    refused(['--quiet-until', '2026-01-02', '--baseline', 'x'], /exclude each other/);
    refused(['--baseline', ''], /--baseline is empty/);
    refused(['--service', ''], /--service is empty/);
    refused(['--loud'], /[Uu]nknown option '--loud'/);
  });
});
