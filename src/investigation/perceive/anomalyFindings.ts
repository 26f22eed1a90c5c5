import type { MetricFinding } from '../../diagnosis/findings';
import { isWorse } from '../../diagnosis/levels';
import type { Anomaly } from '../../domain/anomaly';
import { formatPlural, formatQuantity, formatScore, formatTime } from '../../domain/format';
import type { TimeSeries, TimeWindow } from '../../domain/timeSeries';
import { detectAnomalies } from '../../signals/anomaly/detector';
import type { Fact } from '../evidenceBook';
import type { Gathered } from '../gathered';
import type { Run } from '../run';
import { alertTitle, unitOf } from './alertState';
import { seriesWords, serviceOf } from './seriesNames';

/** Well above the threshold of an alarm: many series are looked at, and a fact should tell something. */
const TELLING = 0.9;
const UTC = { timeZone: 'UTC' };
const MAX_WRITTEN = 3;
/** Of more series than this, those that changed most are looked at: the detector takes its time over each value. */
const MAX_LOOKED = 1000;
/** A series has to show so many values before the incident for its oddity to mean anything. */
const MIN_BEFORE = 40;
/** What moved a little before the onset belongs to the incident. */
const BEFORE_MS = 10 * 60_000;

/**
 * Writes down what a detector finds unusual around the onset: in the alerting metric over all its history, and in metrics whose
 * medians did not change enough to be written, such as a single spike or a series that froze. Returns how many facts.
 */
export function writeAnomalies(gathered: Gathered, metrics: readonly MetricFinding[], run: Run): number {
  const { windows, alertQuery, alertSeries } = gathered;
  const around = { fromMs: windows.incident.fromMs - BEFORE_MS, toMs: windows.incident.toMs };
  const alert = alertSeries === null || alertQuery === null ? null : earlierFact(gathered, alertSeries, alertQuery, around, run);
  const others = metrics
    .filter(({ evidence, change }) => evidence === null && !isWorse(change))
    .slice(0, MAX_LOOKED)
    .flatMap(({ change, query }) => {
      const worst = strongest(within(anomaliesOf(change.series, around), around));
      return worst === null ? [] : [{ series: change.series, query, worst }];
    })
    .sort((a, b) => b.worst.score - a.worst.score)
    .slice(0, MAX_WRITTEN)
    .map(({ series, query, worst }) => factOf(series, query, worst, around, run));
  const facts = [...(alert === null ? [] : [alert]), ...others];
  for (const fact of facts) run.evidence.add(fact);
  return facts.length;
}

function anomaliesOf(series: TimeSeries, around: TimeWindow): readonly Anomaly[] {
  const before = series.points.filter(([sec, value]) => value !== null && sec * 1000 < around.fromMs).length;
  return before < MIN_BEFORE ? [] : detectAnomalies(series, { threshold: TELLING });
}

const within = (anomalies: readonly Anomaly[], { fromMs, toMs }: TimeWindow) =>
  anomalies.filter(({ peakSec }) => peakSec * 1000 >= fromMs && peakSec * 1000 < toMs);

const strongest = (anomalies: readonly Anomaly[]) =>
  anomalies.reduce<Anomaly | null>((best, next) => (best === null || next.score > best.score ? next : best), null);

/** That the alerting metric was unusual earlier as well; its way during the incident is a fact already. */
function earlierFact(gathered: Gathered, series: TimeSeries, query: string, around: TimeWindow, run: Run): Fact | null {
  const earlier = anomaliesOf(series, around).filter(({ peakSec }) => peakSec * 1000 < around.fromMs);
  const last = earlier.at(-1);
  if (!last) return null;
  const window = { fromMs: (series.points[0]?.[0] ?? 0) * 1000, toMs: around.toMs };
  const times = `${formatPlural(earlier.length, 'time')} before this incident, last at ${formatTime(last.peakSec * 1000, UTC)} UTC`;
  return {
    ...describing(series, query, last, window, run),
    summary: `${sentenceStart(alertTitle(gathered))} was unusual ${times}: ${formatQuantity(last.value, unitOf(gathered, series))}, ${last.reason}.`,
  };
}

function factOf(series: TimeSeries, query: string, worst: Anomaly, window: TimeWindow, run: Run): Fact {
  const what = `${formatQuantity(worst.value, series.unit)} at ${formatTime(worst.peakSec * 1000, UTC)} UTC`;
  return {
    ...describing(series, query, worst, window, run),
    summary: `Unusual: ${seriesWords(series, query)}, ${what}, ${worst.reason} (score ${formatScore(worst.score)}).`,
  };
}

const sentenceStart = (words: string) => (words.startsWith('the ') ? `The ${words.slice(4)}` : words);

function describing(series: TimeSeries, query: string, anomaly: Anomaly, window: TimeWindow, run: Run): Omit<Fact, 'summary'> {
  const { score, direction, value, expected, peakSec } = anomaly;
  const at = new Date(peakSec * 1000).toISOString();
  return {
    kind: 'metric',
    source: 'datadog',
    query,
    window,
    value: { service: serviceOf(series), metric: series.metric, at, score: Number(score.toFixed(2)), direction, value, expected },
    link: run.deps.telemetry.linkTo({ kind: 'metric', query, window }),
  };
}
