import type { Disposable } from './disposal';

/** What a model predicts for one context: 60 steps each, p10 ≤ median ≤ p90. */
export interface PredictedBand {
  readonly p10: Float32Array;
  readonly median: Float32Array;
  readonly p90: Float32Array;
}

/** A model that maps the last 512 values of a series to quantiles of the next 60. */
export interface QuantileModel extends Disposable {
  /**
   * One band for each context of 512 values, in their order. Rejects with an `AppError` that says what is wrong with the model,
   * or when the signal fires. Tells after each part how many are done.
   */
  predict(contexts: readonly Float32Array[], signal?: AbortSignal, onDone?: (done: number) => void): Promise<readonly PredictedBand[]>;
}
