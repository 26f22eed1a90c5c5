import { ANOMALY_THRESHOLD, type Anomaly, type AnomalyVerdict } from '../../domain/anomaly';
import { formatNumber } from '../../domain/format';
import type { TimeSeries } from '../../domain/timeSeries';
import { median, robustDeviation } from '../statistics';

export interface AnomalyOptions {
  /** Score from which on a value counts as anomalous. */
  readonly threshold?: number;
  /** How many standard deviations the plain z-score rule allows. */
  readonly sigma?: number;
}

/** Scores values one after the other; each score depends on that value and earlier ones. Memory is bounded. */
export interface AnomalyDetector {
  /** `atSec` is in epoch seconds and may jump; null and values that are not finite score 0. */
  next(atSec: number, value: number | null): AnomalyVerdict;
}

const HISTORY = 200;
const MIN_HISTORY = 20;
const QUIET: AnomalyVerdict = { score: 0, reason: null, direction: 'shape', expected: null };

export function createAnomalyDetector(options: AnomalyOptions = {}): AnomalyDetector {
  const sigma = options.sigma ?? 3;
  const history: number[] = [];
  return {
    next(_atSec, value) {
      if (value === null || !Number.isFinite(value)) return QUIET;
      const expected = history.length < MIN_HISTORY ? null : median(history);
      const spread = Math.max(robustDeviation(history), 0.01 * Math.abs(expected ?? 0), Number.MIN_VALUE);
      history.push(value);
      if (history.length > HISTORY) history.shift();
      if (expected === null) return QUIET;
      const z = (value - expected) / spread;
      const score = 1 - Math.exp(-(Math.abs(z) / sigma) * 0.6);
      const direction = z > 0 ? 'above' : 'below';
      const reason = score < 0.5 ? null : `${formatNumber(Math.abs(z))} times the usual spread ${direction} what is usual`;
      return { score, reason, direction, expected };
    },
  };
}

/** The stretches of a series whose score reaches the threshold, in the order of time. */
export function detectAnomalies(series: TimeSeries, options: AnomalyOptions = {}): readonly Anomaly[] {
  const threshold = options.threshold ?? ANOMALY_THRESHOLD;
  const detector = createAnomalyDetector(options);
  const found: Anomaly[] = [];
  let open = false;
  for (const [atSec, value] of series.points) {
    const { score, reason, direction, expected } = detector.next(atSec, value);
    const isIn = value !== null && score >= threshold && reason !== null;
    const last = found.at(-1);
    if (isIn && open && last) {
      const isPeak = score > last.score;
      const peak = isPeak ? { peakSec: atSec, score, direction, value, expected, reason } : {};
      found[found.length - 1] = { ...last, toSec: atSec, ...peak };
    } else if (isIn) found.push({ fromSec: atSec, toSec: atSec, peakSec: atSec, score, direction, value, expected, reason });
    open = isIn;
  }
  return found;
}
