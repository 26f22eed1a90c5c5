import { formatPercent, formatPlural } from '../domain/format';
import type { Hypothesis } from '../domain/hypothesis';
import { type Calibrate, type Calibrated, type CalibrationPriors, calibrationGroup, createCalibration, type Outcome } from './calibration';
import { WEAK_CAP } from './confidence';
import { isRival } from './rivals';

/** The most that a hypothesis reaches without a verified path or a decisive place. */
export const UNVERIFIED_MOST = 0.8;

/**
 * Confidences as they come true, in the order in which they stand: a lower one never says more than one above it, two rivals
 * never more than 1 together, and a high one needs a verified causal path or a decisive place. A commit that is not to blame was
 * never among the outcomes and stays as it is. Order is kept; beside a sure one the
 * admission that something else may be at work adds nothing.
 */
export function calibrateHypotheses(
  hypotheses: readonly Hypothesis[],
  priors: CalibrationPriors,
  recorded: readonly Outcome[] = [],
): readonly Hypothesis[] {
  const calibrate: Calibrate = createCalibration(priors, recorded);
  const done: Hypothesis[] = [];
  for (const hypothesis of hypotheses) {
    const raw = hypothesis.rawConfidence ?? hypothesis.confidence;
    const calibrated = hypothesis.isDoubted ? { confidence: raw, outcomes: 0, right: raw } : calibrate(calibrationGroup(hypothesis), raw);
    const most = Math.min(mostAlone(hypothesis), ...done.map((above) => mostBelow(above, hypothesis)));
    const confidence = Math.floor(Math.min(most, calibrated.confidence) * 1000) / 1000;
    const reason = reasonOf(calibrated, most, hypothesis, priors);
    const factor = { name: 'calibration', value: raw > 0 ? Math.round((confidence / raw) * 1000) / 1000 : 1, reason };
    done.push({ ...hypothesis, confidence, rawConfidence: raw, confidenceFactors: [...hypothesis.confidenceFactors, factor] });
  }
  return isSure(done[0]) ? done.filter(({ kind }, at) => at === 0 || kind !== 'unknown') : done;
}

/**
 * Timing and what merely remains stay under the cap of their class, however often others said alike came true: outcomes are those
 * of incidents that showed more.
 */
function mostAlone({ isVerified, confidenceFactors }: Hypothesis): number {
  const cap = confidenceFactors.find(({ name }) => name === 'evidence class')?.value ?? 1;
  return Math.min(cap <= WEAK_CAP ? cap : 1, isVerified ? 1 : UNVERIFIED_MOST);
}

const isSure = (best: Hypothesis | undefined) => (best?.confidence ?? 0) > UNVERIFIED_MOST;

/** How sure one may be of a hypothesis below another. */
function mostBelow(above: Hypothesis, hypothesis: Hypothesis): number {
  const excludes = hypothesis.kind === 'unknown' || isRival(above, hypothesis);
  return excludes ? Math.min(above.confidence, 1 - above.confidence) : above.confidence;
}

function reasonOf(
  { outcomes, right, confidence }: Calibrated,
  most: number,
  { isVerified }: Hypothesis,
  { crossValidated }: CalibrationPriors,
): string {
  if (outcomes === 0) return 'no outcomes are known yet to calibrate it from';
  const said = `calibrated from ${formatPlural(Math.round(outcomes), 'outcome')}: of those said like this, ${formatPercent(right)} were right`;
  const measured = `over all kinds, confidences were off by ${formatPercent(crossValidated.ece)} on average (Brier score ${crossValidated.brier.toFixed(2)})`;
  const held =
    confidence <= most
      ? ''
      : isVerified
        ? '; held below what stands above it'
        : '; held back: its kind of evidence proves no more, or no causal path to it was verified';
  return `${said}; ${measured}${held}`;
}
