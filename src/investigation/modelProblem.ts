import type { TraceEntry } from '../domain/investigation';

/**
 * What a person who set a language model should know when it could not be used: how many texts code wrote in its place, and why.
 * null when no model was asked or all its answers were fit.
 */
export function modelProblem(trace: readonly TraceEntry[]): string | null {
  const agents = trace.flatMap(({ agent, call, ok }) => (agent.startsWith('agents.') && call ? [{ call, ok }] : []));
  const failed = agents.filter(({ ok }) => !ok);
  const why = failed[0]?.call.why ?? null;
  if (why === null) return null;
  const share = failed.length === agents.length ? 'All texts are' : `${failed.length} of ${agents.length} texts are`;
  return `${share} AIDog's own, because the language model gave none that is fit: ${/[.!?…]$/.test(why) ? why : `${why}.`}`;
}
