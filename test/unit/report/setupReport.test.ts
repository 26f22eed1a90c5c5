import assert from 'node:assert/strict';
import type { SetupCheck, SetupFix } from '../../../src/domain/setupCheck';
import { setupReport } from '../../../src/report/setupReport';

const check = (fix: SetupFix | null, changes: Partial<SetupCheck> = {}): SetupCheck => ({
  id: 'site',
  title: 'Datadog site',
  status: 'problem',
  detail: 'It is another one.',
  fix,
  ...changes,
});

describe('the checks of the setup as text', () => {
  it('stand on a line each, with their status first', () => {
    const text = setupReport([check(null), check(null, { status: 'ok', title: 'Keys', detail: 'Fine.' })]);
    assert.equal(text, 'PROBLEM  Datadog site: It is another one.\nok       Keys: Fine.\n');
  });

  for (const [fix, words] of [
    [{ kind: 'configure', title: 'x' }, /DD_API_KEY and DD_APP_KEY/],
    [{ kind: 'setting', title: 'x', key: 'aidog.datadog.site' }, /--site/],
    [{ kind: 'setting', title: 'x', key: 'aidog.datadog.env' }, /--env/],
    [{ kind: 'openFolder', title: 'x' }, /--workspace DIR/],
    [{ kind: 'fetch', title: 'x', commit: 'fef1cf7' }, /git fetch origin fef1cf7/],
    [{ kind: 'page', title: 'x', url: 'https://docs.datadoghq.com/' }, /https:\/\/docs\.datadoghq\.com\//],
    [{ kind: 'read', title: 'How to', text: 'DD_X=1\n\nmore' }, /→ How to:\n {11}DD_X=1\n\n {11}more/],
  ] as const) {
    it(`say what a person at a terminal can do: ${fix.kind} ${'key' in fix ? fix.key : ''}`, () =>
      assert.match(setupReport([check(fix)]), words));
  }

  it('offer nothing for what is fine, and nothing that a terminal has not', () => {
    assert.doesNotMatch(
      setupReport([check({ kind: 'configure', title: 'x' }, { status: 'ok' }), check({ kind: 'trust', title: 'x' })]),
      /→/,
    );
  });

  it('let no text from outside reach the terminal as control characters', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    assert.doesNotMatch(setupReport([check(null, { detail: '\u001b[2Jgone\r\nx\u202e' })]), /\u001b|\r|\u202e/);
  });
});
