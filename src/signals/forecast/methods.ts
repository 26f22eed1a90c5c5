/** A way to continue a series: from its first `end` values, `steps` values more. */
export interface Method {
  readonly name: string;
  /** Fewest known values it can work from. */
  readonly needs: number;
  /** Predicts values as they were, no means of them. */
  readonly keepsValues: boolean;
  /** In steps; null for none. */
  readonly period: number | null;
  predict(values: Float64Array, end: number, steps: number): Float64Array;
}

function fill(steps: number, at: (step: number) => number): Float64Array {
  const values = new Float64Array(steps);
  for (let step = 0; step < steps; step++) values[step] = at(step);
  return values;
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  const start = Math.max(0, from);
  for (let index = start; index < to; index++) sum += values[index] ?? 0;
  return to > start ? sum / (to - start) : 0;
}

/** Sorts its argument. */
function medianOf(values: Float64Array): number {
  values.sort();
  const middle = (values.length - 1) / 2;
  return ((values[Math.floor(middle)] ?? 0) + (values[Math.ceil(middle)] ?? 0)) / 2;
}

const latestOf = (values: Float64Array, end: number) => values[end - 1] ?? 0;

function level(name: string, of: (values: Float64Array, end: number) => number, keepsValues = false): Method {
  return {
    name,
    needs: 1,
    keepsValues,
    period: null,
    predict(values, end, steps) {
      const found = of(values, end);
      return fill(steps, () => found);
    },
  };
}

const levels: readonly Method[] = [
  level('last value', latestOf, true),
  level('mean of the last 12', (values, end) => meanOf(values, end - 12, end)),
  level('median of the last 60', (values, end) => medianOf(values.slice(Math.max(0, end - 60), end)), true),
  level('median of all', (values, end) => medianOf(values.slice(0, end)), true),
];

/** Falls back from the last value to the mean as an autoregression of first order does: m + φ^h·(x − m). */
function reverting(memory: number): Method {
  return {
    name: 'return to the mean',
    needs: 24,
    keepsValues: false,
    period: null,
    predict(values, end, steps) {
      const centre = meanOf(values, end - 240, end);
      const away = latestOf(values, end) - centre;
      return fill(steps, (step) => centre + memory ** (step + 1) * away);
    },
  };
}

/** Goes on rising or falling as in the last 60 steps; `damping` below 1 lets it level off (Gardner 1985). */
function drift(name: string, damping: number): Method {
  return {
    name,
    needs: 24,
    keepsValues: false,
    period: null,
    predict(values, end, steps) {
      const back = Math.min(60, end - 6);
      const slope = (meanOf(values, end - 6, end) - meanOf(values, end - back - 6, end - back)) / back;
      let risen = 0;
      return fill(steps, (step) => {
        risen += slope * damping ** (step + 1);
        return latestOf(values, end) + risen;
      });
    },
  };
}

/** Steps that usually come: a counter goes on, whatever resets there were. */
const growth: Method = {
  name: 'steady growth',
  needs: 24,
  keepsValues: false,
  period: null,
  predict(values, end, steps) {
    const first = Math.max(1, end - 120);
    const changes = fill(end - first, (at) => (values[first + at] ?? 0) - (values[first + at - 1] ?? 0)).sort();
    const usual = changes.subarray(Math.floor(changes.length * 0.1), Math.ceil(changes.length * 0.9));
    const slope = meanOf(usual, 0, usual.length);
    return fill(steps, (step) => latestOf(values, end) + slope * (step + 1));
  },
};

const copied = (values: Float64Array, end: number, period: number, step: number) => values[end - period + (step % period)] ?? 0;

/** How far the latest values lie from those one cycle before. */
function shiftOf(values: Float64Array, end: number, period: number): number {
  const recent = Math.min(12, period, end - period);
  return recent < 1 ? 0 : meanOf(values, end - recent, end) - meanOf(values, end - recent - period, end - period);
}

/** The mean of the values at this place in all full cycles. */
function cycleMean(values: Float64Array, end: number, period: number, step: number): number {
  let sum = 0;
  let count = 0;
  for (let at = end - period + (step % period); at >= 0; at -= period) {
    sum += values[at] ?? 0;
    count++;
  }
  return sum / Math.max(1, count);
}

function seasonal(period: number, memory: number): readonly Method[] {
  const named = (name: string, needs: number, predict: Method['predict']): Method => ({
    name: `${name} (period ${period})`,
    needs,
    keepsValues: false,
    period,
    predict,
  });
  const hasCycles = 2 * period;
  return [
    {
      ...named('seasonal naive', period, (values, end, steps) => fill(steps, (step) => copied(values, end, period, step))),
      keepsValues: true,
    },
    named('seasonal naive at today’s level', period + 4, (values, end, steps) => {
      const shift = shiftOf(values, end, period);
      return fill(steps, (step) => copied(values, end, period, step) + shift);
    }),
    named('seasonal naive, back from today’s level', period + 4, (values, end, steps) => {
      const shift = shiftOf(values, end, period);
      return fill(steps, (step) => copied(values, end, period, step) + shift * memory ** (step + 1));
    }),
    named('smoothed cycle', period + 4, (values, end, steps) =>
      fill(steps, (step) => {
        const centre = end - period + (step % period);
        return meanOf(values, centre - 3, Math.min(end, centre + 4));
      }),
    ),
    named('mean of cycles', hasCycles, (values, end, steps) => fill(steps, (step) => cycleMean(values, end, period, step))),
    named('mean of cycles at today’s level', hasCycles, (values, end, steps) => {
      const recent = Math.min(12, period);
      const past = fill(recent, (index) => cycleMean(values, end - recent, period, index));
      const shift = meanOf(values, end - recent, end) - meanOf(past, 0, recent);
      return fill(steps, (step) => cycleMean(values, end, period, step) + 0.5 * shift);
    }),
  ];
}

/** Correlation of neighbours, held to where an autoregression is stable. */
function memoryOf(values: Float64Array): number {
  const centre = meanOf(values, 0, values.length);
  let products = 0;
  let squares = 0;
  let before = 0;
  for (const value of values) {
    const here = value - centre;
    products += before * here;
    squares += here * here;
    before = here;
  }
  return squares > 0 ? Math.min(0.995, Math.max(0, products / squares)) : 0;
}

/** The ways to try: levels, trends, and copies at these periods. */
export function candidateMethods(values: Float64Array, periods: readonly number[]): readonly Method[] {
  const memory = memoryOf(values);
  const trends = [reverting(memory), drift('damped drift', 0.95), drift('drift', 1), growth];
  return [...levels, ...trends, ...periods.flatMap((period) => seasonal(period, memory))];
}
