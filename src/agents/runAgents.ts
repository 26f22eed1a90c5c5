import type { Hypothesis } from '../domain/hypothesis';
import type { Recommendation, Step } from '../domain/investigation';
import type { TestPlan } from '../domain/testPlan';
import type { AgentDeps } from './agent';
import { behaviorMiner } from './behaviorMiner/behaviorMiner';
import { type BehaviorProfile, mineBehavior } from './behaviorMiner/mineBehavior';
import type { CaseFile } from './caseFile';
import { guidedSteps } from './guidedSteps/guidedSteps';
import { type Explained, hypothesisRanker } from './hypothesisRanker/hypothesisRanker';
import { incidentSummarizer } from './incidentSummarizer/incidentSummarizer';
import { recommendationDesigner } from './recommendationDesigner/recommendationDesigner';
import { runAgent } from './runAgent';
import { fixedHypothesis } from './testPlan/plainTestPlan';
import { testPlanner } from './testPlan/testPlan';

/** What the agents of the first round say. */
export interface Told {
  readonly summary: string;
  readonly hypotheses: readonly Hypothesis[];
  readonly steps: readonly Step[];
  /** For the second round. */
  readonly explained: Explained;
  readonly profile: BehaviorProfile;
}

/**
 * Requests that a model answers at the same time. On this machine more than one only queues, and whoever waits in a queue looks as if
 * it were not answered at all.
 */
const atOnce = ({ model }: AgentDeps): number => (model?.isRemote === false ? 1 : 2);

/**
 * Tells what happens, explains the hypotheses, and guides. With a model `onTold` gets code's own words at once, so that nobody waits
 * for a model to see them, and the model's whenever there are more.
 */
export async function tellCase(
  file: CaseFile,
  drafts: readonly Step[],
  deps: AgentDeps,
  onTold: (told: Partial<Pick<Told, 'summary' | 'hypotheses' | 'steps'>>) => void,
): Promise<Told> {
  const { records } = file.person;
  const told = <T extends Partial<Told>>(part: T): T => {
    if (deps.model !== null) onTold(part);
    return part;
  };
  if (deps.model !== null) onTold(ownWords(file, drafts));
  const [summarized, explained, stepped] = await together(
    atOnce(deps),
    async () => told({ summary: (await runAgent(incidentSummarizer, file, deps)).output.summary }),
    async () => (await runAgent(hypothesisRanker, file, deps)).output,
    async () => {
      const profile = records.length === 0 ? mineBehavior(records) : (await runAgent(behaviorMiner, records, deps)).output;
      const { output } = await runAgent(guidedSteps, { file, drafts, profile }, deps);
      return { ...told({ steps: output }), profile };
    },
  );
  const { hypotheses } = told({ hypotheses: withExplanations(file.hypotheses, explained) });
  return { ...summarized, ...stepped, hypotheses, explained };
}

/** What the agents say without a model. */
function ownWords(file: CaseFile, drafts: readonly Step[]): Pick<Told, 'summary' | 'hypotheses' | 'steps'> {
  return {
    summary: incidentSummarizer.fallback(file).summary,
    hypotheses: withExplanations(file.hypotheses, hypothesisRanker.fallback(file)),
    steps: guidedSteps.fallback({ file, drafts, profile: mineBehavior(file.person.records) }),
  };
}

const withExplanations = (hypotheses: readonly Hypothesis[], { explanations }: Explained): readonly Hypothesis[] =>
  hypotheses.map((one) => {
    const explanation = explanations[one.id];
    return explanation === undefined ? one : { ...one, explanation };
  });

export interface Designed {
  readonly recommendations: readonly Recommendation[];
  readonly testPlan: TestPlan | null;
}

/** Recommends, and plans the tests of a fix where code is to blame. */
export async function designCase(
  file: CaseFile,
  drafts: readonly Recommendation[],
  { explained: { ideas }, profile }: Pick<Told, 'explained' | 'profile'>,
  deps: AgentDeps,
): Promise<Designed> {
  const [recommendations, testPlan] = await together(
    atOnce(deps),
    async () => (await runAgent(recommendationDesigner, { file, drafts, ideas, profile }, deps)).output,
    async () => (fixedHypothesis(file) === null ? null : (await runAgent(testPlanner, file, deps)).output),
  );
  return { recommendations, testPlan };
}

type Tasks = readonly (() => Promise<unknown>)[];
type Results<T extends Tasks> = { -readonly [Index in keyof T]: Awaited<ReturnType<T[Index]>> };

/** Runs tasks in order, a few at once; rejects with the first failure. */
async function together<T extends Tasks>(most: number, ...tasks: T): Promise<Results<T>> {
  const results: unknown[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < tasks.length; at = next++) results[at] = await tasks[at]?.();
  };
  await Promise.all(Array.from({ length: most }, work));
  return results as Results<T>;
}
