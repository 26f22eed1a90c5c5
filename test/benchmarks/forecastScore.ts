import type { ForecastWindow } from './forecastWindows';

/** Three quantiles of each step. */
export interface Quantiles {
  readonly p10: readonly number[];
  readonly median: readonly number[];
  readonly p90: readonly number[];
}

export interface SourceScore {
  readonly source: string;
  readonly series: number;
  /** Ratio to seasonal-naive. */
  readonly mase: number;
  readonly sql: number;
  /** Share of the actual values between p10 and p90. */
  readonly coverage: number;
}

/** z of the 90 % quantile. */
const Z90 = 1.2815515655446;
/** Added to both sides of a ratio, so that a series that is forecast perfectly has one. */
const EPSILON = 1e-5;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Mean absolute change over one season within the context; null when there is none, and the window cannot be scored. */
function scaleOf({ context, season }: ForecastWindow): number | null {
  const scale = mean(context.slice(season).map((value, index) => Math.abs(value - (context[index] ?? value))));
  return scale > 0 ? scale : null;
}

/** The season before repeated, with a Gaussian band of the root mean square seasonal difference × √(cycles ahead). */
export function seasonalNaive({ context, season, target }: ForecastWindow): Quantiles {
  const differences = context.slice(season).map((value, index) => value - (context[index] ?? value));
  const rms = Math.sqrt(mean(differences.map((difference) => difference * difference)));
  const median = target.map((_, step) => context[context.length - season + (step % season)] ?? 0);
  const width = target.map((_, step) => Z90 * rms * Math.sqrt(Math.floor(step / season) + 1));
  return {
    median,
    p10: median.map((value, step) => value - (width[step] ?? 0)),
    p90: median.map((value, step) => value + (width[step] ?? 0)),
  };
}

/** Scaled mean absolute error of the median, and scaled mean of twice the pinball losses. */
function errorsOf(target: readonly number[], { p10, median, p90 }: Quantiles, scale: number): readonly [mase: number, sql: number] {
  const mase = mean(target.map((value, step) => Math.abs(value - (median[step] ?? 0)))) / scale;
  const pinball = (level: number, predicted: readonly number[]) =>
    mean(
      target.map((value, step) => 2 * Math.max(level * (value - (predicted[step] ?? 0)), (level - 1) * (value - (predicted[step] ?? 0)))),
    );
  return [mase, (pinball(0.1, p10) + pinball(0.5, median) + pinball(0.9, p90)) / 3 / scale];
}

/**
 * Ratios to seasonal-naive: per series the mean over its windows, per source the geometric mean over series; the last row is the
 * geometric mean over sources.
 */
export function scoreForecasts(windows: readonly ForecastWindow[], found: readonly Quantiles[]): SourceScore[] {
  const bySource = new Map<string, { inside: number; steps: number; series: Map<string, [number, number, number, number][]> }>();
  windows.forEach((window, index) => {
    const scale = scaleOf(window);
    const quantiles = found[index];
    if (scale === null || !quantiles) return;
    const source = bySource.get(window.source) ?? { inside: 0, steps: 0, series: new Map() };
    bySource.set(window.source, source);
    const own = errorsOf(window.target, quantiles, scale);
    const base = errorsOf(window.target, seasonalNaive(window), scale);
    source.series.set(window.seriesId, [...(source.series.get(window.seriesId) ?? []), [...own, ...base]]);
    source.steps += window.target.length;
    source.inside += window.target.filter(
      (value, step) => (quantiles.p10[step] ?? 0) <= value && value <= (quantiles.p90[step] ?? 0),
    ).length;
  });
  const rows = [...bySource]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([source, { inside, steps, series }]): SourceScore => {
      const ratios = [...series.values()].map((rows) => {
        const of = (column: number) => mean(rows.map((row) => row[column] ?? 0));
        return [Math.log((of(0) + EPSILON) / (of(2) + EPSILON)), Math.log((of(1) + EPSILON) / (of(3) + EPSILON))] as const;
      });
      const geometric = (column: 0 | 1) => Math.exp(mean(ratios.map((ratio) => ratio[column])));
      return { source, series: series.size, mase: geometric(0), sql: geometric(1), coverage: inside / steps };
    });
  const over = (of: (row: SourceScore) => number) => Math.exp(mean(rows.map((row) => Math.log(of(row)))));
  const all: SourceScore = {
    source: 'mean over sources',
    series: rows.reduce((sum, { series }) => sum + series, 0),
    mase: over((row) => row.mase),
    sql: over((row) => row.sql),
    coverage: mean(rows.map((row) => row.coverage)),
  };
  return [...rows, all];
}
