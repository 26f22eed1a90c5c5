import type { AlertState, Symptom } from '../../diagnosis/findings';
import { formatQuantity, formatTime } from '../../domain/format';
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
/** Values that show the range in which a metric usually moves. */
const MIN_RANGE = 15;

/** Whether the alerting metric is beyond its limit now, was, or never was. */
export function alertStateOf({ fineSeries, opening, windows }: Gathered): AlertState {
  if (!fineSeries) return 'unknown';
  const loud = valuesWithin(fineSeries, windows.incident);
  if (loud.length === 0) return 'unknown';
  const latest = loud.slice(-LATEST);
  const quiet = valuesWithin(fineSeries, windows.baseline);
  const isBad = beyondLimit(opening) ?? (quiet.length < MIN_QUIET ? null : outsideOf(quiet, fineSeries));
  if (isBad === null) return 'unknown';
  if (!loud.some(isBad) || isTooTight(quiet, loud, isBad, fineSeries)) return 'quiet';
  const isBack = !latest.some(isBad) && (latest.length === LATEST || hasLimit(opening)) && !isLull(loud.map(isBad));
  return isBack ? 'recovered' : 'active';
}

/** Whether the limit lies within the usual range: the quiet hour crossed it now and then too, and nothing left that hour's range. */
function isTooTight(quiet: readonly number[], loud: readonly number[], isBad: (value: number) => boolean, series: TimeSeries): boolean {
  if (quiet.length < MIN_RANGE) return false;
  const share = (values: readonly number[]) => values.filter(isBad).length / values.length;
  const isCrossedBefore = share(quiet) > 0 && share(quiet) < 0.5;
  const isMuchMore = loud.length > LATEST && share(loud) >= 0.5 + share(quiet);
  return isCrossedBefore && !isMuchMore && !loud.some(outsideOf(quiet, series));
}

/** Whether what is good at the end was as long good before and went bad again: trouble that comes and goes. */
function isLull(isBad: readonly boolean[]): boolean {
  const end = isBad.length - 1 - isBad.lastIndexOf(true);
  let run = 0;
  return isBad.slice(isBad.indexOf(true), isBad.lastIndexOf(true)).some((bad) => {
    run = bad ? 0 : run + 1;
    return run >= end;
  });
}

/** Since when a metric that came back is back: the first value after the last bad one; null where it did not. */
export function recoveredAt(gathered: Gathered): number | null {
  const { fineSeries, opening, windows } = gathered;
  if (!fineSeries || alertStateOf(gathered) !== 'recovered') return null;
  const isBad = beyondLimit(opening) ?? outsideOf(valuesWithin(fineSeries, windows.baseline), fineSeries);
  const { points } = fineSeries;
  const isLate = (epochSec: number) => epochSec * 1000 >= windows.incident.fromMs && epochSec * 1000 < windows.incident.toMs;
  const last = points.findLastIndex(([epochSec, value]) => value !== null && isLate(epochSec) && isBad(value));
  const back = points.find(([, value], index) => index > last && value !== null);
  return back === undefined ? null : back[0] * 1000;
}

const hasLimit = ({ query }: Gathered['opening']) => query?.threshold !== null && query?.threshold !== undefined;

/** Whether a value is on the bad side of the monitor's threshold; null where it has none. */
function beyondLimit({ query }: Gathered['opening']): ((value: number) => boolean) | null {
  if (query?.threshold === null || query?.threshold === undefined) return null;
  const { threshold, isAboveBad } = query;
  return (value) => (isAboveBad ? value > threshold : value < threshold);
}

/** Whether a value is further from the usual level than its noise explains: three robust deviations, 5 % or a percentage point. */
export function outsideOf(quiet: readonly number[], series: TimeSeries): (value: number) => boolean {
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

function metricFact(gathered: Gathered, state: AlertState, run: Run): Fact | null {
  const { opening, fineSeries, alertQuery, windows } = gathered;
  if (!fineSeries || alertQuery === null) return null;
  const { alert } = opening;
  const { before, worst } = levelsOf(gathered, fineSeries);
  const show = (value: number | null) => formatQuantity(value, unitOf(gathered, fineSeries));
  const backMs = recoveredAt(gathered);
  const since = backMs === null ? '' : ` at ${formatTime(backMs, { timeZone: 'UTC' })} UTC`;
  const limit = alert.threshold === null ? '' : `; the threshold is ${show(alert.threshold)}`;
  return {
    kind: 'metric',
    source: 'datadog',
    query: alertQuery,
    window: windows.whole,
    summary: `${STATE_WORDS[state]}${since}: median ${show(before)} before, at worst ${show(worst)} since the incident began${limit}.`,
    value: { before, worst, state, unit: fineSeries.unit },
    link: run.deps.telemetry.linkTo({ kind: 'metric', query: alertQuery, window: windows.whole }),
  };
}

/**
 * How the alerting metric moved, in words for a heading; null where it did not leave its range or was not read. A ratio of
 * errors to requests is told as a share.
 */
export function alertWords(gathered: Gathered, state: AlertState): string | null {
  const { fineSeries, opening } = gathered;
  if (!fineSeries || (state !== 'active' && state !== 'recovered')) return null;
  const { before, worst } = levelsOf(gathered, fineSeries);
  if (before === null || worst === null || before === worst) return null;
  const show = (value: number) => formatQuantity(value, unitOf(gathered, fineSeries));
  const whose = opening.service === null ? '' : ` of ${opening.service}`;
  return `${nameOf(gathered)}${whose} ${worst > before ? 'rose' : 'fell'} from ${show(before)} to ${show(worst)} at worst`;
}

function levelsOf({ opening, windows }: Gathered, series: TimeSeries) {
  const quiet = valuesWithin(series, windows.baseline);
  const before = quiet.length === 0 ? null : median(quiet);
  const worst = worstOf(valuesWithin(series, windows.incident), before, opening.query?.threshold == null ? null : opening.query.isAboveBad);
  return { before, worst };
}

/** Errors divided by requests. */
function isErrorShare({ query }: Gathered['opening']): boolean {
  const [above, below, ...more] = query?.metrics ?? [];
  if (above === undefined || below === undefined || more.length > 0 || !query?.expression.replace(/\{[^}]*\}/g, '').includes('/'))
    return false;
  return metricKind(above, null) === 'errors' && metricKind(below, null) === 'traffic';
}

/** The alerting metric's unit; a ratio of errors to requests is a fraction, though Datadog gives it none. */
export function unitOf({ opening }: Gathered, series: TimeSeries): string | null {
  return series.unit === null && isErrorShare(opening) ? 'fraction' : series.unit;
}

/** What the alert watches, for a person: `share of failing requests`, `p95 latency`, or the metric's name. */
export function nameOf(gathered: Gathered): string {
  const { opening, fineSeries } = gathered;
  if (isErrorShare(opening)) return 'share of failing requests';
  const metric = opening.query?.metrics[0] ?? opening.alert.metric ?? fineSeries?.metric ?? 'the alerting metric';
  const kind = metricKind(metric, fineSeries?.unit ?? null);
  const aggregator = opening.query?.aggregator ?? '';
  return kind === 'latency' ? `${/^p\d+$/.test(aggregator) ? `${aggregator} ` : ''}latency` : metric;
}

/** What the alert watches and whose it is, for the middle of a sentence: `the share of failing requests of checkout`. */
export function alertTitle(gathered: Gathered): string {
  const name = nameOf(gathered);
  const { service } = gathered.opening;
  return `${name.includes(' ') && !name.startsWith('the ') ? 'the ' : ''}${name}${service === null ? '' : ` of ${service}`}`;
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
export function chartsOf(gathered: Gathered): readonly MetricChart[] {
  const { alertSeries, alertQuery, opening, changes } = gathered;
  if (!alertSeries || alertQuery === null) return [];
  const from = alertSeries.points[0]?.[0] ?? 0;
  return [
    {
      title: opening.alert.title,
      query: alertQuery,
      unit: unitOf(gathered, alertSeries),
      series: [alertSeries],
      threshold: opening.alert.threshold,
      alertAtSec: Math.round(opening.alert.firedAtMs / 1000),
      marks: changes
        .map((change) => ({ atSec: Math.round(change.timestampMs / 1000), label: change.title }))
        .filter((mark) => mark.atSec >= from),
    },
  ];
}
