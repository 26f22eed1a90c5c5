import assert from 'node:assert/strict';
import type { Scenario } from '../../../src/demo/shopHistory';
import { judge } from '../../../src/demo/verdict';
import type { Hypothesis } from '../../../src/domain/hypothesis';
import type { Investigation } from '../../../src/domain/investigation';

const commit = 'a'.repeat(40);
const other = 'b'.repeat(40);
const code: Scenario = {
  id: 'throwing-path',
  title: 'Guests cannot check out',
  release: '1.15.0',
  service: 'checkout',
  alerts: ['Orders fail'],
  verdict: 'code',
  planted: { commit, file: 'services/checkout/pricing.js', line: 14, headLine: 19, code: 'x' },
};
const outage: Scenario = { ...code, id: 'acquirer-outage', verdict: 'external', planted: null };

interface Found {
  readonly verdict?: Investigation['verdict'];
  readonly root?: string | null;
  readonly blamed?: string | null;
  readonly line?: number;
}

function found({ verdict = 'code', root = commit, blamed = commit, line = 14 }: Found = {}): Investigation {
  const location = { file: 'services/checkout/pricing.js', line, function: 'part' };
  const hypotheses = [{ commit: blamed, location } as Hypothesis];
  return { verdict, rootCauseCommit: root, hypotheses } as unknown as Investigation;
}

describe('judging an investigation of the demo', () => {
  it('passes when commit, file and line are the planted ones', () => {
    assert.deepEqual(judge(code, found()), {
      isRight: true,
      line: 'PASS throwing-path: expected commit aaaaaaa, services/checkout/pricing.js:14; found verdict code, commit aaaaaaa, services/checkout/pricing.js:14',
    });
  });

  for (const [what, wrong] of [
    ['another line', { line: 15 }],
    ['no root cause', { root: null }],
    ['another root cause', { root: other }],
    ['another commit in the best hypothesis', { blamed: other }],
    ['another verdict', { verdict: 'inconclusive' }],
  ] as const satisfies readonly (readonly [string, Found])[]) {
    it(`fails with ${what}`, () => {
      const { isRight, line } = judge(code, found(wrong));
      assert.equal(isRight, false);
      assert.match(line, /^FAIL throwing-path/);
    });
  }

  it('fails when there is no hypothesis at all', () => {
    assert.equal(judge(code, { ...found(), hypotheses: [] }).isRight, false);
  });

  it('passes an outage only when it is called external and no commit is blamed', () => {
    assert.equal(judge(outage, found({ verdict: 'external', root: null })).isRight, true);
    assert.equal(judge(outage, found({ verdict: 'external', root: commit })).isRight, false);
    assert.equal(judge(outage, found({ verdict: 'inconclusive', root: null })).isRight, false);
  });
});
