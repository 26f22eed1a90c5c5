import assert from 'node:assert/strict';
import { mineBehavior } from '../../../../src/agents/behaviorMiner/mineBehavior';
import { fitSteps } from '../../../../src/agents/guidedSteps/fitSteps';
import type { Step } from '../../../../src/domain/investigation';
import { times } from '../../../fakes/behavior';

const ACTIONS: readonly Step['action'][] = ['open_code', 'open_link', 'roll_back', 'contact', 'run_query', 'verify'];
const steps = ACTIONS.map(
  (action, index): Step => ({
    id: `S${index}`,
    title: action,
    rationale: '',
    action,
    minutes: 5,
    evidence: [],
    hypothesis: null,
    link: null,
  }),
);
const order = (role: string | null, records: Parameters<typeof mineBehavior>[0] = []) =>
  fitSteps(steps, role, mineBehavior(records)).map(({ action }) => action);

describe('fitSteps', () => {
  it('leaves the order as it is for somebody it knows nothing of', () => {
    assert.deepEqual(order(null), ACTIONS);
    assert.deepEqual(order('astronaut'), ACTIONS);
  });

  it('puts first what a role does first, and checks at the end', () => {
    assert.equal(order('SRE on call')[0], 'roll_back');
    assert.equal(order('Backend developer')[0], 'open_code');
    assert.equal(order('Engineering manager')[0], 'contact');
    for (const role of ['SRE', 'developer', 'lead', null]) assert.equal(order(role).at(-1), 'verify');
  });

  it('puts first what somebody does, and last what they refuse', () => {
    const records = [...times(5, { kind: 'run_query' }), ...times(5, { kind: 'open_code', deed: 'reject' })];
    assert.deepEqual(order(null, records), ['run_query', 'open_link', 'roll_back', 'contact', 'open_code', 'verify']);
  });

  it('takes two deeds for no taste', () => assert.deepEqual(order(null, times(2, { kind: 'run_query' })), ACTIONS));

  it('leaves nothing out', () => assert.deepEqual([...order('SRE', times(9, { deed: 'reject' }))].sort(), [...ACTIONS].sort()));
});
