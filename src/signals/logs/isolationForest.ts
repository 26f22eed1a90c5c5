import { createRandom } from './random';

type Vector = readonly number[];

interface Split {
  readonly feature: number;
  readonly at: number;
  readonly below: Node;
  readonly above: Node;
}

type Node = Split | { readonly size: number };

export interface IsolationForest {
  /** 0..1; about 0.5 for what is ordinary, towards 1 for what is easily told apart. */
  score(vector: Vector): number;
}

export interface ForestOptions {
  readonly trees?: number;
  readonly sample?: number;
  readonly seed?: number;
}

const EULER = 0.5772156649;

/**
 * Isolation forest (Liu, Ting, Zhou, ICDM 2008): what random cuts single out early is anomalous. Vectors have equal length; those with
 * a number that is not finite are left out. Seeded: the same vectors give the same forest.
 */
export function growForest(vectors: readonly Vector[], options: ForestOptions = {}): IsolationForest {
  const usable = vectors.filter((vector) => vector.every(Number.isFinite));
  const sample = Math.min(options.sample ?? 256, usable.length);
  const random = createRandom(options.seed ?? 1);
  const depth = Math.ceil(Math.log2(Math.max(2, sample)));
  const trees = Array.from({ length: options.trees ?? 100 }, () => grow(drawn(usable, sample, random), depth, random));
  const usual = averagePath(sample);
  return {
    score(vector) {
      if (usual === 0 || !vector.every(Number.isFinite)) return 0.5;
      const mean = trees.reduce((sum, tree) => sum + pathLength(tree, vector), 0) / trees.length;
      return 2 ** (-mean / usual);
    },
  };
}

/** A sample without replacement (Fisher–Yates, cut short). */
function drawn(vectors: readonly Vector[], size: number, random: () => number): Vector[] {
  const pool = [...vectors];
  for (let at = 0; at < size; at++) {
    const other = at + Math.floor(random() * (pool.length - at));
    const kept = pool[at] ?? [];
    pool[at] = pool[other] ?? [];
    pool[other] = kept;
  }
  return pool.slice(0, size);
}

function grow(vectors: readonly Vector[], depth: number, random: () => number): Node {
  if (depth === 0 || vectors.length <= 1) return { size: vectors.length };
  const ranges = (vectors[0] ?? []).map((_, feature) => rangeOf(vectors, feature));
  const varying = ranges.flatMap(({ low, high }, feature) => (high > low ? [feature] : []));
  const feature = varying[Math.floor(random() * varying.length)];
  const range = feature === undefined ? undefined : ranges[feature];
  if (feature === undefined || !range) return { size: vectors.length };
  const at = range.low + random() * (range.high - range.low);
  const isBelow = (vector: Vector) => (vector[feature] ?? 0) < at;
  const below = grow(vectors.filter(isBelow), depth - 1, random);
  return {
    feature,
    at,
    below,
    above: grow(
      vectors.filter((vector) => !isBelow(vector)),
      depth - 1,
      random,
    ),
  };
}

function rangeOf(vectors: readonly Vector[], feature: number) {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const vector of vectors) {
    const value = vector[feature] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function pathLength(root: Node, vector: Vector): number {
  let node = root;
  let steps = 0;
  while ('below' in node) {
    node = (vector[node.feature] ?? 0) < node.at ? node.below : node.above;
    steps++;
  }
  return steps + averagePath(node.size);
}

/** Mean length of an unsuccessful search in a binary search tree of that size. */
function averagePath(size: number): number {
  if (size <= 1) return 0;
  if (size === 2) return 1;
  return 2 * (Math.log(size - 1) + EULER) - (2 * (size - 1)) / size;
}
