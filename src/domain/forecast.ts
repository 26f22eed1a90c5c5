import type { Point } from './timeSeries';

export type ForecasterKind = 'embedded' | 'toto' | 'statistical';

/** Who is to forecast. */
export interface ForecastSettings {
  /** The model that is part of AIDog, or none. */
  readonly model: 'embedded' | 'statistical';
  /** An ONNX file that answers instead of it, such as a converted Toto; null for none. */
  readonly modelFile: string | null;
}

export const defaultForecastSettings: ForecastSettings = { model: 'embedded', modelFile: null };

/** Where a metric is going: 60 steps ahead with a band. */
export interface Forecast {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  readonly query: string;
  /** Tags of the series, which tell it from others of the same query; absent where the query has one only. */
  readonly tags?: readonly string[];
  readonly unit: string | null;
  readonly intervalSec: number;
  readonly history: readonly Point[];
  /** Epoch seconds of the first predicted step. */
  readonly startSec: number;
  readonly p10: readonly number[];
  readonly median: readonly number[];
  readonly p90: readonly number[];
  readonly threshold: number | null;
  /** The monitor alerts when values fall below the threshold. */
  readonly isBelow: boolean;
  /** Seconds until the median crosses the threshold, null when it does not within the horizon. */
  readonly breachInSec: number | null;
  /** Seconds until the band's near edge crosses it: the earliest that is to be expected, nine of ten cases being later; null as above. */
  readonly breachEarliestInSec: number | null;
  /** Seconds until the band's far edge crosses it; null when it may never. */
  readonly breachLatestInSec: number | null;
  /** 0..100: how far the last five values lie beyond the band that earlier values predict; over 70 is anomalous. */
  readonly anomalyScore: number;
  /** The last five values lie below the band that earlier values predict, as when traffic is lost. */
  readonly isDrop: boolean;
  readonly answeredBy: ForecasterKind;
  /** Which forecaster answered, in words for a person. */
  readonly model: string;
  readonly summary: string;
}
