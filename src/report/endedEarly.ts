import type { Investigation } from '../domain/investigation';

const NOT_DONE = 'The investigation was ended before every text was worded and every recommendation was made.';

/**
 * What an investigation that was ended early had found, as a whole one: null while it had no verdict and no next steps. A person who
 * does not want to wait for a language model has that before the model has said anything.
 */
export function endedEarly(found: Partial<Investigation>, trace: Investigation['trace'], ms: number): Investigation | null {
  const { incident, verdict, hypotheses, steps, culprits } = found;
  if (!incident || !verdict || !hypotheses || !steps || !culprits) return null;
  const { suspectCommits = [], rootCauseCommit = null, codeHits = [], charts = [], forecasts = [], recommendations = [] } = found;
  return {
    ...found,
    schema: 1,
    alert: found.alert ?? null,
    incident,
    verdict,
    hypotheses,
    steps,
    culprits,
    suspectCommits,
    rootCauseCommit,
    codeHits,
    charts,
    forecasts,
    recommendations,
    evidence: found.evidence ?? [],
    actions: [],
    trace,
    problems: [...(found.problems ?? []), NOT_DONE],
    usage: found.usage ?? { ms: Math.round(ms), apiCalls: callsIn(trace), tokensIn: 0, tokensOut: 0, model: null },
  };
}

const callsIn = (trace: Investigation['trace']) => trace.filter(({ agent }) => agent.startsWith('datadog.')).length;
