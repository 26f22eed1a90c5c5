import type { Explanation } from './explanation';
import type { Findings } from './findings';

/** What explains a trouble that is over is no rival of its being over. */
const PASSED_STRENGTH = 0.5;

/**
 * Once the alert has recovered and nothing is wrong any more, what explains the trouble is told as where it may have come from: it
 * stays a hypothesis, behind the state of the system now.
 */
export function passed(one: Explanation, all: readonly Explanation[], { recoveredAtMs }: Findings): Explanation {
  const isOver = recoveredAtMs !== null && all.some(({ kind, evidenceClass }) => kind === 'healthy' && evidenceClass === 'mechanism');
  if (!isOver || one.kind === 'healthy' || one.kind === 'unknown') return one;
  const evidenceClass = one.evidenceClass === 'timing' || one.evidenceClass === 'absence' ? one.evidenceClass : 'association';
  return {
    ...one,
    evidenceClass,
    strength: one.strength * PASSED_STRENGTH,
    strengthReason: `${one.strengthReason}; the alert has recovered since`,
  };
}
