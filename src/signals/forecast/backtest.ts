import type { Method } from './methods';

/** Points inside the series from which each method predicts what is known, the latest first. */
const ORIGINS = 13;
const ORIGIN_SPACING = 18;
/** What an origin counts beside the next later one. */
const AGEING = 0.9;
const LEAST_BEFORE_ORIGIN = 3;

/** How a method did where the outcome is known. */
export interface Backtest {
  readonly method: Method;
  /** One row an origin, the latest first, one column a step: actual less predicted. */
  readonly errors: readonly Float64Array[];
  /** Mean absolute error in units of that of plain levels at the same origins; lower is better. */
  readonly score: number;
}

/** Origins whose outcome is known for the horizon, or for half of a short series. */
export function originsOf(length: number, steps: number): { readonly origins: readonly number[]; readonly room: number } {
  const room = Math.min(steps, Math.floor(length / 2));
  const all = Array.from({ length: ORIGINS }, (_, index) => length - room - index * ORIGIN_SPACING);
  return { origins: all.filter((origin) => origin >= LEAST_BEFORE_ORIGIN), room };
}

/** Backtests of all methods. The first two are the yardstick for the difficulty of each origin. */
export function backtestAll(methods: readonly Method[], known: Float64Array, steps: number): Backtest[] {
  const { origins, room } = originsOf(known.length, steps);
  const all = methods.map((method) => origins.map((origin) => (origin < method.needs ? null : errorsAt(method, known, origin, room))));
  const sizes = all.map((rows) => rows.map((errors) => (errors === null ? 0 : meanSize(errors))));
  const yardsticks = origins.map((_, index) => (sizes[0]?.[index] ?? 0) + (sizes[1]?.[index] ?? 0));
  return methods.map((method, at) => {
    let own = 0;
    let plain = 0;
    all[at]?.forEach((errors, index) => {
      if (errors === null) return;
      own += AGEING ** index * (sizes[at]?.[index] ?? 0);
      plain += AGEING ** index * (yardsticks[index] ?? 0);
    });
    const errors = all[at]?.filter((row) => row !== null) ?? [];
    return { method, errors, score: errors.length === 0 ? Number.MAX_VALUE : plain > 0 ? own / plain : own };
  });
}

function errorsAt(method: Method, known: Float64Array, origin: number, room: number): Float64Array {
  const errors = method.predict(known, origin, room);
  for (let step = 0; step < room; step++) errors[step] = (known[origin + step] ?? 0) - (errors[step] ?? 0);
  return errors;
}

function meanSize(errors: Float64Array): number {
  let sum = 0;
  for (const error of errors) sum += Math.abs(error);
  return sum / Math.max(1, errors.length);
}
