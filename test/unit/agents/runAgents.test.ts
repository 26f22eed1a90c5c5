import assert from 'node:assert/strict';
import type { AgentDeps } from '../../../src/agents/agent';
import { designCase, type Told, tellCase } from '../../../src/agents/runAgents';
import type { Step } from '../../../src/domain/investigation';
import { agentDeps, caseFile, type TracedDeps } from '../../fakes/agentCase';
import { times } from '../../fakes/behavior';
import { goodAnswer, scriptedModel } from '../../fakes/scriptedModel';

const DRAFT: Step = {
  id: 'S1',
  title: 'Look at the errors',
  rationale: 'They tell.',
  action: 'run_query',
  minutes: 5,
  evidence: ['E2'],
  hypothesis: 'H1',
  link: null,
};

async function run(given: Partial<AgentDeps> = {}, file = caseFile()) {
  const deps: TracedDeps = agentDeps(given);
  const parts: Partial<Told>[] = [];
  const told = await tellCase(file, [DRAFT], deps, (part) => parts.push(part));
  const designed = await designCase(file, [], told, deps);
  const ran = deps.reports.filter(({ agent }) => agent.startsWith('agents.')).map(({ agent }) => agent.slice('agents.'.length));
  return { told, designed, parts, ran };
}

describe('the agents of a case', () => {
  it('all answer by code without a model, with nothing told in between', async () => {
    const { told, designed, parts, ran } = await run();
    assert.deepEqual(ran.sort(), ['guidedSteps', 'hypothesisRanker', 'incidentSummarizer', 'recommendationDesigner', 'testPlan']);
    assert.deepEqual(parts, []);
    assert.ok(told.summary !== '' && told.hypotheses.every(({ explanation }) => explanation) && designed.testPlan);
    assert.deepEqual(told.steps, [DRAFT]);
  });

  it('tell their own words before a model has said any', async () => {
    const stop = new AbortController();
    const model = scriptedModel(() => {
      stop.abort();
      return {};
    });
    const parts: Partial<Told>[] = [];
    const telling = tellCase(caseFile(), [DRAFT], agentDeps({ model, signal: stop.signal }), (part) => parts.push(part));
    await assert.rejects(telling);
    const { told } = await run();
    assert.deepEqual(parts, [{ summary: told.summary, hypotheses: told.hypotheses, steps: told.steps }]);
  });

  it('tell what they know one after the other with a model, and its ideas become recommendations', async () => {
    const model = scriptedModel((request) => goodAnswer(request));
    const { designed, parts } = await run({ model });
    const [own, ...later] = parts;
    assert.deepEqual(Object.keys(own ?? {}), ['summary', 'hypotheses', 'steps']);
    assert.deepEqual(later.map((part) => Object.keys(part).sort().join()).sort(), ['hypotheses', 'steps', 'summary']);
    assert.deepEqual(
      designed.recommendations.filter(({ kind }) => kind === 'hypothesis').map(({ title }) => title),
      ['Idea of the language model, not checked: A client sends broken input'],
    );
    assert.equal(model.asked.length, 5);
  });

  it('change nothing of a hypothesis but its explanation', async () => {
    const { told } = await run({ model: scriptedModel((request) => goodAnswer(request)) });
    assert.deepEqual(
      told.hypotheses.map(({ explanation: _, ...rest }) => rest),
      caseFile().hypotheses,
    );
  });

  it('plan no tests where no code is to blame, and do not ask for them', async () => {
    const { designed, ran } = await run({}, caseFile({ verdict: 'external' }));
    assert.equal(designed.testPlan, null);
    assert.ok(!ran.includes('testPlan'));
  });

  it('learn habits where there are records', async () => {
    const { ran, designed } = await run({}, caseFile({ person: { role: null, records: times(4) } }));
    assert.ok(ran.includes('behaviorMiner'));
    assert.ok(designed.recommendations.some(({ kind }) => kind === 'shortcut'));
  });
});
