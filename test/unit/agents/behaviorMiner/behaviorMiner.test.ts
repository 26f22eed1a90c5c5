import assert from 'node:assert/strict';
import { behaviorMiner } from '../../../../src/agents/behaviorMiner/behaviorMiner';
import { mineBehavior } from '../../../../src/agents/behaviorMiner/mineBehavior';
import { runAgent } from '../../../../src/agents/runAgent';
import { agentDeps } from '../../../fakes/agentCase';
import { times } from '../../../fakes/behavior';
import { scriptedModel } from '../../../fakes/scriptedModel';

const records = times(4);
const run = (text: string) =>
  runAgent(behaviorMiner, records, agentDeps({ model: scriptedModel(() => ({ patterns: [{ id: 'P1', text }] })) }));

describe('the miner', () => {
  it('words what code counted, and counts itself without a model', async () => {
    const { output, stage } = await run('In bursts of errors you open the code first, 4 of 4 times.');
    assert.equal(output.patterns[0]?.text, 'In bursts of errors you open the code first, 4 of 4 times.');
    assert.deepEqual({ ...output.patterns[0], text: '' }, { ...mineBehavior(records).patterns[0], text: '' });
    assert.equal(stage, 'coerced');
    assert.deepEqual((await runAgent(behaviorMiner, records, agentDeps())).output, mineBehavior(records));
  });

  it('takes no numbers that were not counted, and no addresses', async () => {
    for (const text of ['You did it 77 times.', 'See https://evil.example for more.']) {
      const { output, stage } = await run(text);
      assert.deepEqual([output, stage], [mineBehavior(records), 'fallback']);
    }
  });
});
