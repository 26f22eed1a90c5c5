import { calibrationGroup, type Outcome } from '../diagnosis/calibration';
import type { Investigation } from '../domain/investigation';
import type { Judged } from './judge';

/** An outcome and where it came from. */
export interface SetOutcome extends Outcome {
  readonly set: string;
  readonly case: string;
  /** Whether it could say more than the bound for unverified ones. */
  readonly isVerified: boolean;
}

/** What became of the first hypothesis of a case; null where there was none. */
export function outcomeOf(set: string, name: string, { isRight }: Judged, found: Investigation | null): SetOutcome | null {
  const top = found?.hypotheses[0];
  if (!top || isRight === undefined) return null;
  const { rawConfidence: raw = top.confidence, isVerified = false } = top;
  return { set, case: name, group: calibrationGroup(top), raw, isRight, isVerified };
}
