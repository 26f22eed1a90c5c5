import assert from 'node:assert/strict';
import { plainTestPlan } from '../../../../src/agents/testPlan/plainTestPlan';
import { newRepeats, repeatedCalls } from '../../../../src/signals/traces/repeats';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { caseFile, hypothesis, SHA } from '../../../fakes/agentCase';
import { findings } from '../../../fakes/findings';
import { span } from '../../../fakes/spans';

const because = (reason: string) => hypothesis({ confidenceFactors: [{ name: 'strength', value: 1, reason }] });
const guardOf = (reason: string) => plainTestPlan(caseFile({ hypotheses: [because(reason)] }))?.cases[1]?.steps[1] ?? '';

describe('plainTestPlan', () => {
  it('plans nothing where no code is to blame, or its place is not known', () => {
    assert.equal(plainTestPlan(caseFile({ verdict: 'external' })), null);
    assert.equal(plainTestPlan(caseFile({ hypotheses: [hypothesis({ location: null })] })), null);
    assert.equal(plainTestPlan(caseFile({ hypotheses: [] })), null);
  });

  it('reproduces the failing input, guards the mechanism, keeps what worked, and looks at who suffered', () => {
    const plan = plainTestPlan(caseFile());
    assert.equal(plan?.title, 'Tests for the fix of price');
    assert.deepEqual(
      plan?.cases.map(({ id, category, priority }) => [id, category, priority]),
      [
        ['TC001', 'Regression', 'High'],
        ['TC002', 'Error Handling', 'High'],
        ['TC003', 'Functional', 'Medium'],
        ['TC004', 'Integration', 'Medium'],
      ],
    );
    assert.deepEqual(plan?.evidence, ['E3', 'E2']);
    assert.deepEqual(plan?.cases[0]?.steps, [
      `Use the version with commit ${SHA.slice(0, 7)}.`,
      'Send a request to shop with the input of a failing request; the evidence shows some: E2.',
      'See it fail as in the incident: the error "TypeError: x is undefined".',
      'Apply the fix and send the same again.',
      'Expect a successful answer and no error in the log.',
    ]);
  });

  it('guards each mechanism in its own way', () => {
    assert.match(guardOf('a timeout was lowered (5 → 0.3)'), /a little longer than the new limit/);
    assert.match(guardOf('a pool of connections was made smaller'), /as many requests open at once/);
    assert.match(guardOf('the use of a cache was removed'), /without a call to what lies behind/);
    assert.match(guardOf('retries wait less or not at all'), /bounded number of attempts/);
    assert.match(guardOf('a query runs in a loop'), /bounded number of queries/);
    assert.match(guardOf('the check that x exists was removed'), /Leave the value out/);
    assert.match(guardOf('something was rewritten'), /smallest, the largest/);
  });

  it('takes no mechanism from the names of files and services, nor from parts of words', () => {
    for (const reason of ['changed checkout', 'rewrote services/pool/cache.js:4', 'changed "timeout"', 'browses and throws arrows']) {
      assert.match(guardOf(reason), /smallest, the largest/, reason);
    }
  });

  it('counts calls that repeat', () => {
    const calls = Array.from({ length: 9 }, (_, index) =>
      span({ spanId: `${index}`, parentId: 'a', name: 'sql', resource: 'SELECT 1', startMs: index }),
    );
    const [call] = newRepeats(repeatedCalls(buildTraces([span({ spanId: 'a' }), ...calls])), []);
    const plan = plainTestPlan(
      caseFile({ findings: findings({ symptom: 'latency', repeats: [{ call: call!, before: 1, evidence: 'E2' }] }) }),
    );
    const counting = plan?.cases.find(({ title }) => title === 'price makes a fixed number of calls');
    assert.match(counting?.description ?? '', /^One request made 9 calls of "SELECT/);
    assert.equal(plan?.cases[1]?.category, 'Performance');
  });

  it('has the shape that TestSprite reads', () => {
    for (const one of plainTestPlan(caseFile())?.cases ?? []) {
      assert.deepEqual(Object.keys(one).sort(), ['category', 'description', 'id', 'priority', 'steps', 'title']);
      assert.match(one.id, /^TC\d{3}$/);
      assert.ok(one.steps.length >= 2 && one.steps.every((step) => step.endsWith('.')));
    }
  });
});
