import { growForest } from './isolationForest';
import { medianAndSpread } from './spread';

/** A candidate whose quantities are unlike the usual ones. */
export interface OddQuantities {
  /** The candidate's place. */
  readonly at: number;
  /** Of the isolation forest, 0..1. */
  readonly score: number;
  /** The quantity that is furthest off, and the median of the usual ones. */
  readonly value: number;
  readonly usual: number;
}

const ODD = 0.65;
/** In deviations from the median, by logarithms. */
const FAR = 8;
/** A deviation of less than a tenth is none. */
const LEAST_SPREAD = 0.1;
const MAX_JUDGED = 20;
const TREES = 50;

/**
 * Which candidates an isolation forest tells apart from what is usual, the most unusual first. A forest does not see beyond the range that it
 * was grown from, so each candidate is judged by one that holds it. The usual vectors have equal length; candidates of another one are passed over.
 */
export function oddQuantities(usual: readonly (readonly number[])[], candidates: readonly (readonly number[])[]): readonly OddQuantities[] {
  const length = usual[0]?.length ?? 0;
  if (length === 0) return [];
  const logs = usual.map(logarithms);
  const middles = Array.from({ length }, (_, feature) => medianAndSpread(logs.map((vector) => vector[feature] ?? 0)));
  const far = candidates
    .flatMap((values, at) => {
      if (values.length !== length) return [];
      const vector = logarithms(values);
      const distances = vector.map((value, feature) => {
        const { median = 0, spread = 0 } = middles[feature] ?? {};
        return Math.abs(value - median) / Math.max(spread, LEAST_SPREAD);
      });
      const distance = Math.max(...distances);
      const feature = distances.indexOf(distance);
      return distance >= FAR
        ? [{ at, vector, distance, value: values[feature] ?? 0, usual: Math.expm1(middles[feature]?.median ?? 0) }]
        : [];
    })
    .sort((a, b) => b.distance - a.distance || a.at - b.at)
    .slice(0, MAX_JUDGED);
  return far
    .map(({ at, vector, value, usual: middle }) => ({
      at,
      value,
      usual: middle,
      score: growForest([...logs, vector], { trees: TREES }).score(vector),
    }))
    .filter(({ score }) => score >= ODD);
}

const logarithms = (values: readonly number[]) => values.map((value) => Math.log1p(Math.max(0, value)));
