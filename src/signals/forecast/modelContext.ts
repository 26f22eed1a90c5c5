import type { PredictedBand } from '../../domain/quantileModel';
import type { Band } from './band';
import { CONTEXT } from './window';

/** A context as models take it, and the way back to the series' own scale. */
export interface ModelContext {
  /** CONTEXT values with mean 0 and deviation 1; a shorter series begins with its first value repeated. */
  readonly values: Float32Array;
  readonly toBand: (predicted: PredictedBand) => Band;
}

/** Null for a constant series, which has no scale. `known` is not empty. */
export function modelContext(known: readonly number[]): ModelContext | null {
  const latest = known.slice(-CONTEXT);
  const centre = latest.reduce((sum, value) => sum + value / latest.length, 0);
  const scale = Math.sqrt(latest.reduce((sum, value) => sum + (value - centre) ** 2 / latest.length, 0));
  // Beneath this the differences are rounding errors of the level.
  if (!(scale > 1e-12 * Math.abs(centre)) || !Number.isFinite(scale)) return null;
  const missing = CONTEXT - latest.length;
  const values = Float32Array.from({ length: CONTEXT }, (_, index) => ((latest[Math.max(0, index - missing)] ?? 0) - centre) / scale);
  const back = (quantile: Float32Array) => Array.from(quantile, (value) => value * scale + centre);
  return {
    values,
    toBand: ({ p10, median, p90 }) => ({ p10: back(p10), median: back(median), p90: back(p90) }),
  };
}
