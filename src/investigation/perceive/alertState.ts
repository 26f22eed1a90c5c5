import type { AlertState, Symptom } from '../../diagnosis/findings';
import { formatQuantity } from '../../domain/format';
import type { MetricChart } from '../../domain/investigation';
import { type TimeSeries, valuesWithin } from '../../domain/timeSeries';
import { metricKind, metricScale } from '../../signals/metricKind';
import { median, robustDeviation } from '../../signals/statistics';
import type { Fact } from '../evidenceBook';
import type { Gathered } from '../gathered';
import { searchTerm } from '../queries';
import type { Run } from '../run';

const LATEST = 3;
const MIN_QUIET = 2;

/** Whether the alerting metric is beyond its limit now, was, or never was. */
export function alertStateOf({ fineSeries: alertSeries, opening, windows }: Gathered): AlertState {
  if (!alertSeries) return 'unknown';
  const quiet = valuesWithin(alertSeries, windows.baseline);
  const loud = valuesWithin(alertSeries, windows.incident);
  if (loud.length === 0) return 'unknown';
  const latest = loud.slice(-LATEST);
  const { query } = opening;
  if (query?.threshold !== null && query?.threshold !== undefined) {
    const { threshold, isAboveBad } = query;
    const beyond = (value: number) => (isAboveBad ? value > threshold : value < threshold);
    if (!loud.some(beyond)) return 'quiet';
    return latest.some(beyond) ? 'active' : 'recovered';
  }
  if (quiet.length < MIN_QUIET) return 'unknown';
  const isOdd = outsideOf(quiet, alertSeries);
  if (!loud.some(isOdd)) return 'quiet';
  return latest.length === LATEST && !latest.some(isOdd) ? 'recovered' : 'active';
}

/** Whether a value is further from the usual level than its noise explains: three robust deviations, 5 % or a percentage point. */
function outsideOf(quiet: readonly number[], series: TimeSeries): (value: number) => boolean {
  const level = median(quiet);
  const floor = metricScale(series.metric, series.unit) === 'points' ? 1 : 0.05 * Math.abs(level);
  const usual = Math.max(3 * robustDeviation(quiet), floor);
  return (value) => Math.abs(value - level) > usual;
}

/** What people notice, by what the alert watches; by its words where it watches no metric. */
export function symptomOf({ opening, alertSeries }: Gathered): Symptom {
  const { alert, query } = opening;
  const numerator = query?.metrics[0] ?? alert.metric;
  const kind = numerator ? metricKind(numerator, alertSeries?.unit ?? null) : 'other';
  if (kind !== 'other') return kind;
  const told = metricKind(`${alert.title} ${alert.summary}`.replace(/\s+/g, '_'), null);
  return told === 'other' ? 'unknown' : told;
}

/** Writes down what alerted and how the metric went; returns the ids. */
export function writeAlert(gathered: Gathered, state: AlertState, run: Run): readonly string[] {
  return [monitorFact(gathered, run), metricFact(gathered, state, run)].flatMap((fact) => (fact === null ? [] : [run.evidence.add(fact)]));
}

/** What the monitor says, or that none of the service's alerts. */
function monitorFact({ opening }: Gathered, run: Run): Fact | null {
  const { alert, monitor, service, isAlerting } = opening;
  const shared = { kind: 'monitor', source: 'datadog', window: null } as const;
  if (monitor)
    return {
      ...shared,
      query: monitor.query,
      summary: `Monitor "${monitor.name}" is in state ${monitor.state}${alert.summary ? `: ${alert.summary}` : ''}`,
      value: { id: monitor.id, state: monitor.state, threshold: alert.threshold },
      link: run.deps.telemetry.linkTo({ kind: 'monitor', id: monitor.id }),
    };
  if (isAlerting !== false) return null;
  return {
    ...shared,
    query: service === null ? '*' : searchTerm('service', service),
    summary: alert.summary,
    value: { state: 'OK' },
    link: null,
  };
}

function metricFact({ opening, fineSeries, alertQuery, windows }: Gathered, state: AlertState, run: Run): Fact | null {
  if (!fineSeries || alertQuery === null) return null;
  const { alert, query } = opening;
  const quiet = valuesWithin(fineSeries, windows.baseline);
  const loud = valuesWithin(fineSeries, windows.incident);
  const before = quiet.length === 0 ? null : median(quiet);
  const worst = worstOf(loud, before, query?.threshold == null ? null : query.isAboveBad);
  const show = (value: number | null) => formatQuantity(value, fineSeries.unit);
  const limit = alert.threshold === null ? '' : `; the threshold is ${show(alert.threshold)}`;
  return {
    kind: 'metric',
    source: 'datadog',
    query: alertQuery,
    window: windows.whole,
    summary: `${STATE_WORDS[state]}: median ${show(before)} before, at worst ${show(worst)} since the incident began${limit}.`,
    value: { before, worst, state, unit: fineSeries.unit },
    link: run.deps.telemetry.linkTo({ kind: 'metric', query: alertQuery, window: windows.whole }),
  };
}

/** The highest or lowest value by what the threshold guards against; without one the furthest from the usual level. */
function worstOf(values: readonly number[], usual: number | null, isAboveBad: boolean | null): number | null {
  if (values.length === 0) return null;
  if (isAboveBad === false) return Math.min(...values);
  if (isAboveBad === true || usual === null) return Math.max(...values);
  return values.reduce((worst, value) => (Math.abs(value - usual) > Math.abs(worst - usual) ? value : worst));
}

const STATE_WORDS: Readonly<Record<AlertState, string>> = {
  active: 'The alerting metric is beyond its usual range',
  recovered: 'The alerting metric has come back to normal',
  quiet: 'The alerting metric did not leave its usual range',
  unknown: 'The alerting metric has too few values to judge',
};

/** The alert's own chart, with deployments and flags marked. */
export function chartsOf({ alertSeries, alertQuery, opening, changes }: Gathered): readonly MetricChart[] {
  if (!alertSeries || alertQuery === null) return [];
  const from = alertSeries.points[0]?.[0] ?? 0;
  return [
    {
      title: opening.alert.title,
      query: alertQuery,
      unit: alertSeries.unit,
      series: [alertSeries],
      threshold: opening.alert.threshold,
      alertAtSec: Math.round(opening.alert.firedAtMs / 1000),
      marks: changes
        .map((change) => ({ atSec: Math.round(change.timestampMs / 1000), label: change.title }))
        .filter((mark) => mark.atSec >= from),
    },
  ];
}
