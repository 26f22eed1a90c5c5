import { isWorse } from '../../diagnosis/levels';
import type { Forecast } from '../../domain/forecast';
import { formatPlural } from '../../domain/format';
import type { ForecastRequest } from '../../domain/ports';
import { type TimeSeries, tagValue } from '../../domain/timeSeries';
import { rankChanges } from '../../signals/seriesChange';
import type { Gathered } from '../gathered';
import type { Run } from '../run';
import { withoutUnfinished } from '../wholeIntervals';
import { nameOf, unitOf } from './alertState';
import { labelOf, serviceOf, titleOf, tracedKind } from './seriesNames';

export const MAX_FORECASTS = 6;
/** Values that the alert's series needs: with fewer a forecast only repeats the last one. */
const LEAST_VALUES = 3;
/** Values that other series need: not much less than what is predicted. */
const LEAST_VALUES_OF_OTHERS = 48;
/** A series that ended earlier than so many of its intervals ago says nothing about what comes. */
const STALE_INTERVALS = 10;

/** A request, and the tags that tell its series from others of the same query. */
type Planned = ForecastRequest & { readonly tags: readonly string[] };

/**
 * Forecasts the alert's metric with its threshold, then the metrics that changed most for the worse among those that were read
 * already; at most {@link MAX_FORECASTS}. Tells how far it is.
 */
export async function readForecasts(gathered: Gathered, run: Run): Promise<readonly Forecast[]> {
  const planned = planForecasts(gathered, run.deps.clock.nowMs());
  if (planned.length === 0) return [];
  const tell = (done: number) => run.progress(`Forecast ${done} of ${formatPlural(planned.length, 'series', 'series')}`);
  const forecasts = await run.ask<readonly Forecast[]>({
    agent: 'signals.forecast',
    otherwise: [],
    ask: (signal) => run.deps.forecaster.forecastAll(planned, signal, planned.length > 1 ? tell : undefined),
    note: (found) => `${formatPlural(found.length, 'series', 'series')} by ${[...new Set(found.map(({ model }) => model))].join(', ')}`,
  });
  return forecasts.map((forecast, index) => ({ ...forecast, tags: planned[index]?.tags ?? [] }));
}

function planForecasts(gathered: Gathered, nowMs: number): readonly Planned[] {
  const alert = alertRequest(gathered, nowMs);
  const others = otherRequests(gathered, nowMs).slice(0, MAX_FORECASTS - (alert ? 1 : 0));
  return [...(alert ? [alert] : []), ...others].map((request, index) => ({ ...request, id: `F${index + 1}` }));
}

function alertRequest(gathered: Gathered, nowMs: number): Planned | null {
  const { alertSeries, alertQuery, opening } = gathered;
  if (!alertSeries || alertQuery === null) return null;
  const series = withoutUnfinished(alertQuery, alertSeries, nowMs);
  if (valuesOf(series) < LEAST_VALUES) return null;
  return {
    id: '',
    title: titleOf(opening.service, nameOf(gathered)),
    query: alertQuery,
    series: { ...series, unit: unitOf(gathered, series) },
    tags: series.tags,
    threshold: opening.alert.threshold,
    isBelow: opening.query ? !opening.query.isAboveBad : false,
    season: null,
  };
}

/** One for each metric of each service, the greatest change first; requests answered and sent on count as one. */
function otherRequests({ metrics, alertQuery, windows, opening }: Gathered, nowMs: number): readonly Planned[] {
  const queryOf = new Map<TimeSeries, string>();
  for (const { query, series } of metrics) if (query !== alertQuery) for (const one of series) queryOf.set(one, query);
  const alertMetric = opening.query?.metrics[0] ?? opening.alert.metric;
  const isAlert = (series: TimeSeries) => series.metric === alertMetric && serviceOf(series) === opening.service;
  const taken = new Set<string>();
  return rankChanges([...queryOf.keys()], windows.baseline, windows.incident).flatMap((change) => {
    const { series } = change;
    const query = queryOf.get(series) ?? '';
    const title = titleOf(serviceOf(series), labelOf(series.metric, query), tagValue(series.tags, 'host'));
    const name = tracedKind(series) ?? titleOf(serviceOf(series), labelOf(series.metric, query));
    if (!isWorse(change) || isAlert(series) || taken.has(name) || !isFit(series, nowMs)) return [];
    taken.add(name);
    return [{ id: '', title, query, series, tags: series.tags, threshold: null, season: null }];
  });
}

function isFit(series: TimeSeries, nowMs: number): boolean {
  const lastSec = series.points.findLast(([, value]) => value !== null)?.[0] ?? 0;
  return valuesOf(series) >= LEAST_VALUES_OF_OTHERS && nowMs / 1000 - lastSec <= STALE_INTERVALS * series.intervalSec;
}

const valuesOf = ({ points }: TimeSeries): number =>
  points.reduce((count, [, value]) => count + (Number.isFinite(value ?? Number.NaN) ? 1 : 0), 0);
