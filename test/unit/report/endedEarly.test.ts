import assert from 'node:assert/strict';
import { endedEarly } from '../../../src/report/endedEarly';
import { sampleInvestigation } from '../../fakes/sampleInvestigation';

const whole = sampleInvestigation('/w');
const { usage: _, recommendations: __, ...open } = whole;
const entry = { at: '2026-01-02T12:00:00Z', stage: 'gather', agent: 'datadog.logs', ms: 5, ok: true, note: '' } as const;

describe('an investigation that was ended early', () => {
  it('is a whole one once its cause and the next steps are known, and says that something is left out', () => {
    const found = endedEarly(open, [entry, { ...entry, agent: 'signals.traces' }], 1234.5);
    assert.deepEqual([found?.verdict, found?.steps, found?.recommendations], [whole.verdict, whole.steps, []]);
    assert.partialDeepStrictEqual(found?.usage, { ms: 1235, apiCalls: 1, tokensIn: 0 });
    assert.match(found?.problems.at(-1) ?? '', /was ended before every text was worded/);
    assert.equal(endedEarly(whole, [], 0)?.usage, whole.usage);
  });

  it('is none before that', () => {
    for (const missing of ['verdict', 'steps', 'hypotheses', 'incident'] as const)
      assert.equal(endedEarly({ ...open, [missing]: undefined }, [], 0), null, missing);
  });
});
