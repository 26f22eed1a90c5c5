import type { Verdict } from '../domain/incident';

/** What a verdict amounts to, as the end of a sentence. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  code: 'a change to the code caused it',
  configuration: 'a change of configuration caused it',
  infrastructure: 'the infrastructure caused it',
  external: 'something outside these services caused it',
  healthy: 'nothing is wrong',
  inconclusive: 'the evidence does not settle it',
};
