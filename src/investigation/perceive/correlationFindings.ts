import type { MetricFinding } from '../../diagnosis/findings';
import { leadWords } from '../../domain/detailWords';
import type { MovingTogether } from '../../domain/evidenceDetail';
import { formatPlural, formatScore } from '../../domain/format';
import { oneLine } from '../../domain/plainText';
import { type TimeSeries, tagValue } from '../../domain/timeSeries';
import { correlateSeries } from '../../signals/correlationLags';
import type { Gathered } from '../gathered';
import type { Run } from '../run';
import { alertTitle } from './alertState';
import { labelOf, serviceOf, titleOf, tracedKind } from './seriesNames';

const MAX_ROWS = 6;
const MAX_TITLE = 120;
const TELLING = 0.6;
/** Of more series than this, those are compared at all lags that agree best at none. */
const MAX_COMPARED = 1500;
/** Agreement that only the same measurement under another name shows. */
const SAME = 0.999;

/** Writes down which of the metrics move with the alerting one, and which of them moved first. Returns how many do. */
export function writeCorrelations(gathered: Gathered, run: Run, metrics: readonly MetricFinding[] = []): number {
  const { fineSeries, alertSeries, alertQuery, windows } = gathered;
  const reference = fineSeries ?? alertSeries;
  if (!reference || alertQuery === null) return 0;
  const rows = correlateSeries(reference, likeliest(othersOf(gathered), metrics), { window: windows.whole, leastCorrelation: TELLING })
    .filter(({ series, correlation }) => Math.abs(correlation) >= TELLING && !(correlation > SAME && series.metric === reference.metric))
    .map(({ series, correlation, leadSec }) => ({ series, row: { title: rowTitle(gathered, series), correlation, leadSec } }))
    .filter(({ series }, index, all) => all.findIndex((one) => kindOf(one.series) === kindOf(series)) === index)
    .map(({ row }) => row)
    .slice(0, MAX_ROWS);
  if (rows.length === 0) return 0;
  const title = oneLine(alertTitle(gathered), MAX_TITLE);
  const detail: MovingTogether = { kind: 'movingTogether', reference: title, rows };
  run.evidence.add({
    kind: 'metric',
    source: 'aidog',
    query: alertQuery,
    window: windows.whole,
    summary: `${formatPlural(rows.length, 'series moves', 'series move')} with ${title}${rows.length > 1 ? ', among them' : ':'} ${strongest(detail)}.`,
    value: { reference: reference.metric, series: rows.map((row) => ({ title: row.title, r: Number(row.correlation.toFixed(2)) })) },
    link: run.deps.telemetry.linkTo({ kind: 'metric', query: alertQuery, window: windows.whole }),
    detail,
  });
  return rows.length;
}

/** All but what the alert itself is computed from. */
function othersOf({ metrics, alertQuery, opening }: Gathered): readonly TimeSeries[] {
  const isOwn = (series: TimeSeries) => opening.query?.metrics.includes(series.metric) && serviceOf(series) === opening.service;
  return metrics.filter(({ query }) => query !== alertQuery).flatMap(({ series }) => series.filter((one) => !isOwn(one)));
}

/** All series while they are few; else those whose values go with the alert's at the same time, as far as is known. */
function likeliest(series: readonly TimeSeries[], metrics: readonly MetricFinding[]): readonly TimeSeries[] {
  if (series.length <= MAX_COMPARED) return series;
  const together = new Map(metrics.map(({ change, correlation }) => [change.series, Math.abs(correlation)]));
  return series.toSorted((a, b) => (together.get(b) ?? 0) - (together.get(a) ?? 0)).slice(0, MAX_COMPARED);
}

/** Series of one kind tell the same story. */
const kindOf = (series: TimeSeries): unknown => tracedKind(series) ?? series;

/** The one that moved first, since causes come before effects; the strongest where none leads. */
function strongest({ rows }: MovingTogether): string {
  const row = rows.reduce((best, next) => (next.leadSec > Math.max(0, best.leadSec) ? next : best));
  return `${row.title}, ${row.correlation < 0 ? 'the other way ' : ''}${leadWords(row.leadSec)} (correlation ${formatScore(row.correlation)})`;
}

function rowTitle({ metrics }: Gathered, series: TimeSeries): string {
  const query = metrics.find((result) => result.series.includes(series))?.query ?? '';
  return oneLine(titleOf(serviceOf(series), labelOf(series.metric, query), tagValue(series.tags, 'host')), MAX_TITLE);
}
