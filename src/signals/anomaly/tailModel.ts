import { clamp } from '../statistics';
import { roomFor } from './room';

/** Values in one generation of memory; at five minutes four weeks. What is older than two generations is forgotten. */
const GENERATION = 8192;
/** Largest values that are kept of a generation: two in a hundred, and some. */
const KEPT = 176;
/** Room for the largest values at first; it grows. */
const FIRST_SIZE = 32;
/** The share of values that counts as the tail, and the fewest of them that a fit needs. */
const TAIL_SHARE = 0.02;
const MIN_TAIL = 8;
/** A series has to show this many values before anything can surprise. */
const MIN_SEEN = 50;
/** Prior of the shape, as if so many values had been seen to have it: a little heavier than exponential. */
const PRIOR_SHAPE = 0.1;
const PRIOR_WEIGHT = 20;
/** What has happened before is not rarer than its rank says, but for this many decades. */
const RANK_ALLOWANCE = 0.6;
const MAX_DECADES = 12;

/**
 * How rare a value is in its own past, in decades: 3 is "once in a thousand". The largest values seen follow a generalised Pareto
 * distribution (peaks over threshold; Siffer et al., "Anomaly detection in streams with extreme value theory", KDD 2017),
 * here fitted by moments with a prior, because the tail of a short series is a handful of points. What so few points leave open is
 * part of the answer: the predictive distribution of an exponential tail known from k values is a Pareto one of shape 1/k. Time and memory are constant.
 */
export class TailModel {
  #current = new LargestValues();
  #previous: LargestValues | null = null;
  #fit: Fit | null = null;
  /** Of use once there are two generations. */
  #scratch = new Float64Array(0);

  /** Decades by which `value` is rarer than what was seen; 0 or more. Only large values are rare; `grain` is the least scale they have. */
  decades(value: number, grain = 0): number {
    const seen = this.#current.seen + (this.#previous?.seen ?? 0);
    if (seen < MIN_SEEN || !(value > 0)) return 0;
    this.#fit ??= fitOf(merged(this.#current, this.#previous, this.#scratch), seen);
    return decadesOf(value, this.#fit, seen, grain);
  }

  push(value: number): void {
    if (this.#current.seen === GENERATION) {
      if (this.#previous === null) this.#scratch = new Float64Array(2 * KEPT);
      this.#previous = this.#current;
      this.#current = new LargestValues();
      this.#fit = null;
    }
    if (this.#current.push(value)) this.#fit = null;
  }
}

/** The largest values of a stretch in ascending order, and how many there were in all. */
class LargestValues {
  values: Float64Array = new Float64Array(FIRST_SIZE);
  count = 0;
  seen = 0;

  /** Whether the value is among the largest. */
  push(value: number): boolean {
    this.seen++;
    const { count } = this;
    if (count < KEPT) this.values = roomFor(count, this.values, KEPT);
    const { values } = this;
    if (count === KEPT && !(value > (values[0] ?? 0))) return false;
    const at = lowerBound(values, count, value);
    if (count < KEPT) {
      values.copyWithin(at + 1, at, count);
      values[at] = value;
      this.count++;
    } else {
      values.copyWithin(0, 1, at);
      values[at - 1] = value;
    }
    return true;
  }
}

interface Fit {
  /** Ascending; the tail is what lies beyond `threshold`. */
  readonly values: Float64Array;
  readonly threshold: number;
  readonly tailCount: number;
  readonly scale: number;
  readonly shape: number;
}

/** The largest values of both generations in ascending order, in `scratch` where there are two. */
function merged(current: LargestValues, previous: LargestValues | null, scratch: Float64Array): Float64Array {
  if (!previous) return current.values.subarray(0, current.count);
  const count = current.count + previous.count;
  let left = 0;
  let right = 0;
  for (let at = 0; at < count; at++) {
    const own = left < current.count ? (current.values[left] ?? 0) : Number.POSITIVE_INFINITY;
    const other = right < previous.count ? (previous.values[right] ?? 0) : Number.POSITIVE_INFINITY;
    const isOwn = right >= previous.count || (left < current.count && own <= other);
    scratch[at] = isOwn ? own : other;
    if (isOwn) left++;
    else right++;
  }
  return scratch.subarray(0, count);
}

function fitOf(values: Float64Array, seen: number): Fit {
  const tailCount = clamp(Math.floor(seen * TAIL_SHARE), MIN_TAIL, values.length - 1);
  const start = values.length - tailCount;
  const threshold = values[start - 1] ?? 0;
  let sum = 0;
  let squares = 0;
  for (let index = start; index < values.length; index++) {
    const excess = (values[index] ?? 0) - threshold;
    sum += excess;
    squares += excess * excess;
  }
  const mean = sum / tailCount;
  const variance = squares / tailCount - mean * mean;
  const ownShape = mean > 0 && variance > 0 ? clamp(0.5 * (1 - (mean * mean) / variance), -0.1, 0.5) : 0;
  const likely = (tailCount * ownShape + PRIOR_WEIGHT * PRIOR_SHAPE) / (tailCount + PRIOR_WEIGHT);
  const shape = likely + 1 / tailCount;
  const scale = Math.max(mean * (1 - likely), 1e-6 * Math.abs(threshold), Number.MIN_VALUE);
  return { values, threshold, tailCount, scale, shape };
}

function decadesOf(value: number, { values, threshold, tailCount, scale, shape }: Fit, seen: number, grain: number): number {
  const base = Math.log10(seen / tailCount);
  if (!(value > threshold)) return threshold > 0 ? base * (value / threshold) : 0;
  const excess = Math.min((value - threshold) / Math.max(scale, grain), 1e12);
  const exponent = shape > 1e-3 ? Math.log1p(shape * excess) / shape : excess;
  const modelled = base + exponent / Math.LN10;
  const asLarge = values.length - lowerBound(values, values.length, value * (1 - 1e-9));
  const ranked = asLarge === 0 ? MAX_DECADES : Math.log10((seen + 1) / (asLarge + 0.5)) + RANK_ALLOWANCE;
  return Math.min(modelled, ranked, MAX_DECADES);
}

/** The first index whose value is not below `value`. */
export function lowerBound(values: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
