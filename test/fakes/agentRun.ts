import type { Investigation, InvestigationEvent } from '../../src/domain/investigation';
import type { Json } from '../../src/domain/json';
import type { LanguageModel, ModelRequest } from '../../src/domain/languageModel';
import { readPrompt } from '../../src/engine/prompts';
import { investigate } from '../../src/investigation/investigate';
import { createStatisticalForecaster } from '../../src/signals/forecast/statistical';
import { errorBurst, NOW_MS, repository } from './incidents';
import { createFakeTelemetry } from './telemetry';

/** The agents that ask a model about `errorBurst`. */
export const AGENTS = ['incidentSummarizer', 'hypothesisRanker', 'guidedSteps', 'recommendationDesigner', 'testPlan'];
/** For models that never end. */
export const IMPATIENT = { firstMs: 60, idleMs: 60, totalMs: 200 };

/** For models that are always alive: the whole time ends first, however busy the machine is. */
export const STEADY = { firstMs: 200, idleMs: 200, totalMs: 200 };

const NAMES: Readonly<Record<string, string>> = {
  sentences: 'incident_summarizer',
  hypotheses: 'hypothesis_ranker',
  steps: 'guided_steps',
  recommendations: 'recommendation_designer',
  cases: 'test_plan',
};

/** The agent that a schema comes from: each asks for a list of its own. */
export function requestOf(schema: unknown): ModelRequest {
  const [list = ''] = Object.keys((schema as { readonly properties: object }).properties);
  return { name: NAMES[list] ?? list, system: '', messages: [], schema: schema as Json, maxOutputTokens: 0 };
}

/** Investigates a commit that breaks a service, worded by the model. */
export function investigateWith(
  model: LanguageModel | null,
  events: InvestigationEvent[] = [],
  signal = new AbortController().signal,
): Promise<Investigation> {
  return investigate(
    { kind: 'monitor', id: 1 },
    {
      telemetry: createFakeTelemetry(errorBurst()),
      repositories: [repository()],
      clock: { nowMs: () => NOW_MS },
      log: { info: () => undefined, error: () => undefined },
      forecaster: createStatisticalForecaster(),
      model,
      readPrompt,
    },
    (event) => events.push(event),
    signal,
  );
}

/** Which stage answered, by agent. */
export const answeredBy = ({ trace }: Investigation) =>
  trace
    .filter(({ agent }) => agent.startsWith('agents.'))
    .map(({ agent, call }) => [agent.slice('agents.'.length), call?.answeredBy] as const);

/** Why it was not the model, agent by agent. */
export const reasons = ({ trace }: Investigation) =>
  trace.flatMap(({ agent, call }) => (agent.startsWith('agents.') ? [call?.why ?? ''] : []));
