import assert from 'node:assert/strict';
import { logFindings } from '../../../../src/investigation/perceive/logFindings';
import { createRun, gathered } from '../../../fakes/gathered';
import { log, ONSET_MS } from '../../../fakes/incidents';

const answer = (items: readonly ReturnType<typeof log>[]) => ({ query: '*', items });
const minute = (index: number) => ONSET_MS + index * 60_000;

describe('logFindings', () => {
  it('are new errors and warnings by service, each once though both samples hold it', () => {
    const run = createRun();
    const events = [1, 2, 3].map((index) => log(minute(index), `pool exhausted after ${index}s`));
    const found = logFindings(
      gathered({
        errorLogs: answer(events),
        logs: answer([...events, ...[4, 5, 6].map((at) => log(minute(at), 'slow', { status: 'warn', service: 'db' }))]),
      }),
      run,
    );
    assert.deepEqual(
      found.map(({ service, change }) => [service, change.during]),
      [
        ['shop', 3],
        ['db', 3],
      ],
    );
    assert.match(
      run.evidence.all()[0]?.summary ?? '',
      /shop logged 3 messages like "pool exhausted after 1s" \(not seen in the quiet hour\)/,
    );
    assert.equal(run.evidence.all()[0]?.query, 'service:shop env:prod status:(warn OR error OR critical OR alert OR emergency)');
  });

  it('leave out a warning of another service that was seen once, which a quiet hour misses by chance, but no error', () => {
    const refused = log(minute(1), 'charge refused: card declined', { status: 'warn', service: 'payments' });
    const own = log(minute(1), 'restarted', { status: 'warn' });
    const fatal = log(minute(2), 'disk is gone', { service: 'db' });
    const found = logFindings(gathered({ errorLogs: answer([fatal]), logs: answer([refused, own]) }), createRun());
    assert.deepEqual(
      found.map(({ service }) => service),
      ['db', 'shop'],
    );
  });

  it('leave out what the quiet hour says as well, and what is mere information', () => {
    const run = createRun();
    const usual = Array.from({ length: 10 }, (_, index) => log(minute(index - 60), 'cache miss'));
    const now = Array.from({ length: 10 }, (_, index) => log(minute(index), 'cache miss'));
    const info = log(minute(1), 'started', { status: 'info' });
    assert.deepEqual(logFindings(gathered({ errorLogs: answer(now), logs: answer([info]), quietLogs: answer(usual) }), run), []);
  });
});
