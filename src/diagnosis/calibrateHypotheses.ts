import { formatPercent, formatPlural } from '../domain/format';
import type { Hypothesis } from '../domain/hypothesis';
import { type Calibrate, type Calibrated, type CalibrationPriors, calibrationGroup, createCalibration, type Outcome } from './calibration';
import { mostShown } from './confidence';
import { coverageIn } from './coverage';
import { isRival } from './rivals';
import { VERDICT_BAR } from './verdict';

/** The most that a hypothesis reaches without a verified path or a decisive place. */
export const UNVERIFIED_MOST = 0.8;
/** The most that a cause reaches beside the verdict that the evidence does not settle it. */
const UNDECIDED_MOST = 0.5;

/**
 * Confidences as they come true, in the order in which they stand: how often claims that could be checked came true, times how much
 * of what would show another cause was read. A lower one never says more than one above it, those that exclude each other never
 * more than 1 together, none more than its class of evidence allows, and a high one needs a verified causal path or a decisive
 * place. A commit that is not to blame was never among the outcomes and stays as it is. Order is kept; beside a sure one the
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
    const coverage = coverageIn(hypothesis.confidenceFactors);
    const alone = Math.min(mostAlone(hypothesis), mostUndecided(hypothesis, raw), calibrated.confidence);
    const exact = Math.min(mostBelow(done, hypothesis), alone * coverage);
    const confidence = Math.floor(exact * 1000) / 1000;
    const reason = reasonOf(calibrated, exact < calibrated.confidence * coverage, hypothesis, priors);
    const value = raw * coverage > 0 ? Math.round((confidence / raw / coverage) * 1000) / 1000 : 1;
    const factor = { name: 'calibration', value, reason };
    done.push({ ...hypothesis, confidence, rawConfidence: raw, confidenceFactors: [...hypothesis.confidenceFactors, factor] });
  }
  return isSure(done[0]) ? done.filter(({ kind }, at) => at === 0 || kind !== 'unknown') : done;
}

/**
 * What shows no mechanism stays under the bound of its class, however often others said alike came true: outcomes are those of
 * incidents that showed more.
 */
export function mostAlone({ isVerified = false, evidenceClass }: Pick<Hypothesis, 'isVerified' | 'evidenceClass'>): number {
  return Math.min(evidenceClass === undefined ? 1 : mostShown(evidenceClass), isVerified ? 1 : UNVERIFIED_MOST);
}

/** What is too weak for a verdict is not said surely, however often others said alike came true; a place is none in any case. */
const mostUndecided = (hypothesis: Hypothesis, raw: number): number =>
  raw < VERDICT_BAR && calibrationGroup(hypothesis) !== 'place' ? UNDECIDED_MOST : 1;

const isSure = (best: Hypothesis | undefined) => (best?.confidence ?? 0) > UNVERIFIED_MOST;

const excludes = (above: Hypothesis, hypothesis: Hypothesis) => hypothesis.kind === 'unknown' || isRival(above, hypothesis);

/** How sure one may be of a hypothesis below others: no surer than of any, and of those that exclude each other, what they leave. */
function mostBelow(done: readonly Hypothesis[], hypothesis: Hypothesis): number {
  const exclusive: Hypothesis[] = [];
  for (const above of done) if (excludes(above, hypothesis) && exclusive.every((other) => excludes(other, above))) exclusive.push(above);
  const left = 1 - exclusive.reduce((sum, { confidence }) => sum + confidence, 0);
  return Math.max(0, Math.min(left, ...done.map(({ confidence }) => confidence)));
}

function reasonOf(
  { outcomes, right }: Calibrated,
  isHeld: boolean,
  { isVerified }: Hypothesis,
  { crossValidated }: CalibrationPriors,
): string {
  if (outcomes === 0) return 'no outcomes are known yet to calibrate it from';
  const said = `calibrated from ${formatPlural(Math.round(outcomes), 'outcome')}: of those said like this, ${formatPercent(right)} count as right`;
  const measured = `over all kinds, confidences were off by ${formatPercent(crossValidated.ece)} on average (Brier score ${crossValidated.brier.toFixed(2)})`;
  const held = !isHeld
    ? ''
    : isVerified
      ? '; held back: its kind of evidence proves no more, or what stands above it leaves no more'
      : '; held back: its kind of evidence proves no more, or no causal path to it was verified';
  return `${said}; ${measured}${held}`;
}
