import type { Forecast } from '../../domain/forecast';
import type { Forecaster, ForecastRequest } from '../../domain/ports';
import type { TimeSeries } from '../../domain/timeSeries';
import { mean } from '../statistics';
import { type AnomalyBand, anomalyScore, JUDGED_STEPS } from './anomalyScore';
import { bandWidths } from './bandWidths';
import { breachInSec, summarize } from './breach';
import { candidateMethods, type Method } from './methods';

/** Steps that every forecast covers. */
export const HORIZON = 60;
/** Points that a forecast is made from. */
export const CONTEXT = 512;

const ORIGINS = 5;
const ORIGIN_SPACING = 24;

/**
 * A forecaster without a model: it backtests a last value, local levels and seasonal copies on up to five origins inside
 * the series, takes the one with the least mean absolute error, and draws the band from its errors there. Deterministic.
 */
export function createStatisticalForecaster(): Forecaster {
  return { forecast: async (request) => forecastSeries(request) };
}

function forecastSeries(request: ForecastRequest): Forecast {
  const { series, threshold } = request;
  const values = filled(series).slice(-CONTEXT - JUDGED_STEPS);
  const known = values.slice(-CONTEXT);
  const band = predict(known, HORIZON, request.season, series.unit);
  const judged = values.slice(-JUDGED_STEPS);
  const earlier = predict(values.slice(0, -JUDGED_STEPS), JUDGED_STEPS, request.season, series.unit);
  const last = series.points.at(-1)?.[0] ?? 0;
  const inSec = breachInSec(band.median, threshold, known.at(-1) ?? null, series.intervalSec);
  const score = values.length > 2 * JUDGED_STEPS ? anomalyScore(judged, earlier, values.slice(0, -JUDGED_STEPS)) : 0;
  return {
    id: request.id,
    title: request.title,
    metric: series.metric,
    query: request.query,
    unit: series.unit,
    intervalSec: series.intervalSec,
    history: series.points.slice(-CONTEXT),
    startSec: last + series.intervalSec,
    p10: band.p10,
    median: band.median,
    p90: band.p90,
    threshold,
    isBelow: false,
    breachInSec: inSec,
    breachEarliestInSec: breachInSec(band.p90, threshold, known.at(-1) ?? null, series.intervalSec),
    breachLatestInSec: breachInSec(band.p10, threshold, known.at(-1) ?? null, series.intervalSec),
    anomalyScore: score,
    isDrop: false,
    answeredBy: 'statistical',
    model: `statistical: ${band.method}`,
    summary: summarize({ band, known, threshold, breachInSec: inSec, score, unit: series.unit, intervalSec: series.intervalSec }),
  };
}

/** Values on an even grid, gaps filled by the value before (the first known one at the start). */
export function filled(series: TimeSeries): number[] {
  const stepSec = Math.max(series.intervalSec, 1);
  const known = series.points.filter((point): point is readonly [number, number] => point[1] !== null && Number.isFinite(point[1]));
  const first = known[0];
  const end = series.points.at(-1)?.[0];
  if (!first || end === undefined) return [];
  const byStep = new Map(known.map(([at, value]) => [Math.round((at - first[0]) / stepSec), value]));
  const steps = Math.min(Math.round((end - first[0]) / stepSec), 4 * CONTEXT);
  const values: number[] = [];
  for (let step = 0; step <= steps; step++) values.push(byStep.get(step) ?? values.at(-1) ?? first[1]);
  return values;
}

interface Band extends AnomalyBand {
  readonly p10: readonly number[];
  readonly method: string;
}

function predict(known: readonly number[], steps: number, season: number | null, unit: string | null): Band {
  const tried = candidateMethods(known, season).map((method) => backtest(method, known, steps));
  const best = tried.reduce((a, b) => (b.error < a.error ? b : a));
  const middle = best.method.predict(known, steps);
  const limit = natural(known, unit);
  const widths = bandWidths(best.residuals, known);
  return {
    method: best.method.name,
    median: middle.map(limit),
    p10: middle.map((value, step) => limit(value - widths.down(step))),
    p90: middle.map((value, step) => limit(value + widths.up(step))),
  };
}

interface Backtest {
  readonly method: Method;
  readonly error: number;
  /** Errors by step ahead. */
  readonly residuals: readonly (readonly number[])[];
}

function backtest(method: Method, known: readonly number[], steps: number): Backtest {
  const residuals: number[][] = Array.from({ length: steps }, () => []);
  const room = Math.min(steps, Math.floor(known.length / 2));
  for (let index = 0; index < ORIGINS; index++) {
    const origin = known.length - room - index * ORIGIN_SPACING;
    if (origin < Math.max(method.needs, 3)) break;
    const predicted = method.predict(known.slice(0, origin), room);
    predicted.forEach((value, step) => {
      residuals[step]?.push((known[origin + step] ?? value) - value);
    });
  }
  const errors = residuals.flat().map(Math.abs);
  return { method, residuals, error: errors.length > 0 ? mean(errors) : method.needs === 1 ? 1e300 : Number.MAX_VALUE };
}

/** Keeps a forecast where the metric can be: not below zero when it never was, not above the whole for a share that never was. */
function natural(known: readonly number[], unit: string | null): (value: number) => number {
  const low = known.every((value) => value >= 0) ? 0 : Number.NEGATIVE_INFINITY;
  const whole = unit === 'percent' ? 100 : unit === 'fraction' ? 1 : Number.POSITIVE_INFINITY;
  const high = known.every((value) => value <= whole) ? whole : Number.POSITIVE_INFINITY;
  return (value) => Math.min(high, Math.max(low, value));
}
