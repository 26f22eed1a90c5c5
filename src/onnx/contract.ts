import type { PredictedBand } from '../domain/quantileModel';

/** Values that a model takes, and steps that it predicts. */
export const CONTEXT_LENGTH = 512;
export const STEPS = 60;
/** Values of one answer as it travels: p10, median and p90, one after the other. */
export const ANSWER_LENGTH = 3 * STEPS;

/** Nine quantiles 0.1 … 0.9; the ones that are used. */
const QUANTILES = 9;
const USED = [0, 4, 8] as const;

/** Dimensions of a tensor; a name or a negative number stands for any. */
export type Shape = readonly (number | string)[];

export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** How to call a model that keeps the contract. */
export interface ModelCalls {
  readonly input: string;
  /** Contexts that it takes at once: 1, or any number. */
  readonly isBatched: boolean;
  /** One output with nine quantiles, or the names of p10, p50 and p90. */
  readonly outputs: readonly [string] | readonly [string, string, string];
}

/** Null when the model does not keep the contract. */
export function modelCalls(inputs: readonly NamedShape[], outputs: readonly NamedShape[]): ModelCalls | null {
  const [input] = inputs;
  if (inputs.length !== 1 || !input || !fits(input.shape, [CONTEXT_LENGTH])) return null;
  const isBatched = typeof input.shape[0] !== 'number' || input.shape[0] < 0;
  const named = (name: string) => outputs.find((output) => output.name === name);
  const all = named('quantiles') ?? (outputs.length === 1 ? outputs[0] : undefined);
  if (all && fits(all.shape, [QUANTILES, STEPS])) return { input: input.name, isBatched, outputs: [all.name] };
  const [low, middle, high] = [named('p10'), named('p50') ?? named('median'), named('p90')];
  if (!low || !middle || !high || ![low, middle, high].every(({ shape }) => fits(shape, [STEPS]))) return null;
  return { input: input.name, isBatched, outputs: [low.name, middle.name, high.name] };
}

/** Whether a shape is a batch of `wanted`; dimensions of 1 between do not matter, unknown ones are believed until run. */
function fits(shape: Shape, wanted: readonly number[]): boolean {
  if (shape.length === 0) return true;
  const rest = shape.slice(1).filter((dimension) => dimension !== 1);
  return rest.length === wanted.length && wanted.every((size, index) => isAny(rest[index]) || rest[index] === size);
}

const isAny = (dimension: number | string | undefined) => typeof dimension !== 'number' || dimension < 0;

export const shapeText = (tensors: readonly NamedShape[]) => tensors.map(({ name, shape }) => `${name} [${shape.join(',')}]`).join(', ');

/**
 * Answers as they travel, `count` × ANSWER_LENGTH, quantiles in order at every step; null when the outputs have another size,
 * or a value is no finite number.
 */
export function readAnswers(outputs: readonly Float32Array[], count: number): Float32Array | null {
  const [only] = outputs;
  const isWhole = outputs.length === 1;
  if (!only || outputs.some(({ length }) => length !== count * STEPS * (isWhole ? QUANTILES : 1))) return null;
  const answers = new Float32Array(count * ANSWER_LENGTH);
  for (let row = 0; row < count; row++) {
    for (let step = 0; step < STEPS; step++) {
      const at = (level: number) =>
        isWhole ? only[(row * QUANTILES + (USED[level] ?? 0)) * STEPS + step] : outputs[level]?.[row * STEPS + step];
      const sorted = [at(0) ?? Number.NaN, at(1) ?? Number.NaN, at(2) ?? Number.NaN].sort((a, b) => a - b);
      if (!sorted.every(Number.isFinite)) return null;
      for (let level = 0; level < 3; level++) answers[row * ANSWER_LENGTH + level * STEPS + step] = sorted[level] ?? 0;
    }
  }
  return answers;
}

/** The bands of answers as they travel. */
export function bandsOf(answers: Float32Array): PredictedBand[] {
  return Array.from({ length: answers.length / ANSWER_LENGTH }, (_, row) => {
    const level = (index: number) => answers.subarray(row * ANSWER_LENGTH + index * STEPS, row * ANSWER_LENGTH + (index + 1) * STEPS);
    return { p10: level(0), median: level(1), p90: level(2) };
  });
}
