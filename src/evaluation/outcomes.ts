import { calibrationGroup, type Outcome } from '../diagnosis/calibration';
import { coverageIn } from '../diagnosis/coverage';
import type { Hypothesis } from '../domain/hypothesis';
import type { Investigation } from '../domain/investigation';
import type { Judged } from './judge';

/** An outcome and where it came from. */
export interface SetOutcome extends Outcome {
  readonly set: string;
  readonly case: string;
  /** Whether a source was left out of the recording on purpose; its case is then the one that it was made from. */
  readonly isIncomplete: boolean;
  /** What bounds it whatever the outcomes: whether its causal path was verified, and its class of evidence. */
  readonly bounds: Pick<Hypothesis, 'isVerified' | 'evidenceClass'>;
}

/** What became of the first hypothesis of a case; null where there was none. */
export function outcomeOf(
  set: string,
  name: string,
  { isRight }: Judged,
  found: Investigation | null,
  isIncomplete = false,
): SetOutcome | null {
  const top = found?.hypotheses[0];
  if (!top || isRight === undefined) return null;
  const { rawConfidence: raw = top.confidence, isVerified, evidenceClass } = top;
  const coverage = coverageIn(top.confidenceFactors);
  return { set, case: name, isIncomplete, group: calibrationGroup(top), raw, coverage, isRight, bounds: { isVerified, evidenceClass } };
}
