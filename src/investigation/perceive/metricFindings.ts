import type { MetricFinding } from '../../diagnosis/findings';
import { isFull, isWorse } from '../../diagnosis/levels';
import { formatQuantity } from '../../domain/format';
import type { TimeSeries } from '../../domain/timeSeries';
import { correlateWith } from '../../signals/correlation';
import { rankChanges, type SeriesChange } from '../../signals/seriesChange';
import type { Gathered } from '../gathered';
import type { Run } from '../run';
import { seriesWords, serviceOf } from './seriesNames';

const NOTICEABLE = 1;
const MAX_WRITTEN = 10;
const MAX_WRITTEN_A_SERVICE = 3;
/** Fewer series than this are no ground for calling a service calm. */
const MIN_CALM_SERIES = 3;
const MAX_CALM_QUERIES = 5;

/** The metrics that changed, greatest first; the plainest ones become evidence. */
export function metricFindings({ metrics, windows, fineSeries, alertQuery, opening }: Gathered, run: Run): readonly MetricFinding[] {
  const queryOf = new Map<TimeSeries, string>();
  for (const result of metrics.filter(({ query }) => query !== alertQuery))
    for (const series of result.series) queryOf.set(series, result.query);
  const together = fineSeries ? correlateWith(fineSeries, windows.whole) : () => ({ r: 0, count: 0 });
  const written = new Map<string | null, number>();
  let total = 0;
  return rankChanges([...queryOf.keys()], windows.baseline, windows.incident).map((change) => {
    const service = serviceOf(change.series);
    const query = queryOf.get(change.series) ?? '';
    const mine = written.get(service) ?? 0;
    const isTelling = (change.score >= NOTICEABLE && change.isHarmful) || (isFull(change) && service === opening.service);
    const isWritten = isTelling && total < MAX_WRITTEN && mine < MAX_WRITTEN_A_SERVICE;
    if (isWritten) {
      written.set(service, mine + 1);
      total++;
    }
    const { r, count } = together(change.series);
    return {
      service,
      change,
      query,
      correlation: r,
      pairs: count,
      evidence: isWritten ? run.evidence.add(factOf(change, service, query, run, windows.whole)) : null,
    };
  });
}

function factOf(change: SeriesChange, service: string | null, query: string, run: Run, window: Gathered['windows']['whole']) {
  const { series, before, during } = change;
  const what = seriesWords(series, query);
  const show = (value: number) => formatQuantity(value, series.unit);
  const verb = { up: 'rose', down: 'fell', flat: 'stayed' }[change.direction];
  return {
    kind: 'metric' as const,
    source: 'datadog',
    query,
    window,
    summary: isFull(change)
      ? `${what} is at ${show(during)}, ${show(before)} before (medians).`
      : `${what} ${verb} from ${show(before)} to ${show(during)} (medians).`,
    value: { service, metric: series.metric, before, during, unit: series.unit, score: Number(change.score.toFixed(2)) },
    link: run.deps.telemetry.linkTo({ kind: 'metric', query, window }),
  };
}

/** Writes down that none of the alerting service's metrics got worse; null where one did, or where there are too few. */
export function writeCalm({ opening, windows }: Gathered, metrics: readonly MetricFinding[], run: Run): string | null {
  const own = metrics.filter(({ service }) => opening.service === null || service === opening.service);
  if (own.length < MIN_CALM_SERIES || own.some(({ change }) => isWorse(change))) return null;
  const query = [...new Set(own.map((metric) => metric.query))].slice(0, MAX_CALM_QUERIES).join(', ');
  return run.evidence.add({
    kind: 'metric',
    source: 'datadog',
    query,
    window: windows.whole,
    summary: `None of ${own.length} metrics of ${opening.service ?? 'the services'} got plainly worse.`,
    value: { service: opening.service, metrics: own.length },
    link: run.deps.telemetry.linkTo({ kind: 'metric', query, window: windows.whole }),
  });
}
