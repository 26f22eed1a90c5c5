import { formatPlural } from '../domain/format';
import type { Investigation } from '../domain/investigation';

/** What a language model did to the investigations of an evaluation. */
export interface ModelEffect {
  /** For a person, such as `ollama:llama3.2:3b`. */
  readonly model: string;
  readonly cases: number;
  /** Texts that agents wrote, and how many of them in words of the model. */
  readonly texts: number;
  readonly byModel: number;
  /** Cases in which it changed more than words; there must be none. */
  readonly changed: readonly string[];
}

/** One case without the model and with it. */
export interface Pair {
  readonly name: string;
  readonly alone: Investigation;
  readonly worded: Investigation;
}

export function modelEffect(model: string, pairs: readonly Pair[]): ModelEffect {
  const calls = pairs.flatMap(({ worded }) =>
    worded.trace.flatMap(({ agent, call }) => (agent.startsWith('agents.') && call ? [call] : [])),
  );
  return {
    model,
    cases: pairs.length,
    texts: calls.length,
    byModel: calls.filter(({ answeredBy }) => answeredBy !== 'fallback').length,
    changed: pairs.filter(({ alone, worded }) => settledBy(alone) !== settledBy(worded)).map(({ name }) => name),
  };
}

/** All that code decides and no model may touch. */
function settledBy(found: Investigation): string {
  const { incident, verdict, rootCauseCommit, culprits, suspectCommits, checks, ruledOut, evidence } = found;
  const hypotheses = found.hypotheses.map(({ explanation: _, ...rest }) => rest);
  return JSON.stringify([incident, verdict, rootCauseCommit, culprits, suspectCommits, checks, ruledOut, evidence, hypotheses]);
}

/** One line beneath the figures. */
export function modelEffectText({ model, cases, texts, byModel, changed }: ModelEffect): string {
  const same = changed.length === 0 ? 'nothing but words changed' : `more than words changed in ${changed.join(', ')}`;
  return `model        ${model} worded ${byModel} of ${texts} texts; beside ${formatPlural(cases, 'run')} without it ${same}\n`;
}
