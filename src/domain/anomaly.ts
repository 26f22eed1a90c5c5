/** Which way values left what was expected: beyond it, or within its range but in an unusual order, rhythm or spread. */
export type AnomalyDirection = 'above' | 'below' | 'shape';

/** What a detector says about one value, from that value and earlier ones only. */
export interface AnomalyVerdict {
  /** 0..1; {@link ANOMALY_THRESHOLD} and more is worth an alarm. After an alarm the score is low until something new happens. */
  readonly score: number;
  /** A sentence without a full stop that says what is unusual; null where nothing is. */
  readonly reason: string | null;
  readonly direction: AnomalyDirection;
  /** The value that was expected here; null while too little has been seen. */
  readonly expected: number | null;
}

/** The score from which on a value is called anomalous. */
export const ANOMALY_THRESHOLD = 0.7;

/** A stretch of a series that is unusual, described at its peak. Times in epoch seconds. */
export interface Anomaly {
  readonly fromSec: number;
  /** The last point that belongs to it. */
  readonly toSec: number;
  readonly peakSec: number;
  readonly score: number;
  readonly direction: AnomalyDirection;
  /** Value at the peak. */
  readonly value: number;
  readonly expected: number | null;
  readonly reason: string;
}
