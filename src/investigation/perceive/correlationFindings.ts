import { leadWords } from '../../domain/detailWords';
import type { MovingTogether } from '../../domain/evidenceDetail';
import { formatPlural, formatScore } from '../../domain/format';
import { oneLine } from '../../domain/plainText';
import { type TimeSeries, tagValue } from '../../domain/timeSeries';
import { correlateSeries } from '../../signals/correlationLags';
import type { Gathered } from '../gathered';
import type { Run } from '../run';
import { serviceOf } from './metricFindings';

const MAX_ROWS = 6;
const MAX_TITLE = 120;
const TELLING = 0.6;
/** Agreement that only the same measurement under another name shows. */
const SAME = 0.999;

/** Writes down which of the metrics move with the alerting one, and which of them moved first. Returns how many do. */
export function writeCorrelations({ fineSeries, alertSeries, alertQuery, metrics, windows }: Gathered, run: Run): number {
  const reference = fineSeries ?? alertSeries;
  if (!reference || alertQuery === null) return 0;
  const others = metrics.filter(({ query }) => query !== alertQuery).flatMap(({ series }) => series);
  const found = correlateSeries(reference, others, { window: windows.whole })
    .filter(({ series, correlation }) => Math.abs(correlation) >= TELLING && !(correlation > SAME && series.metric === reference.metric))
    .slice(0, MAX_ROWS);
  if (found.length === 0) return 0;
  const rows = found.map(({ series, correlation, leadSec }) => ({ title: titleOf(series), correlation, leadSec }));
  const detail: MovingTogether = { kind: 'movingTogether', reference: oneLine(reference.metric, MAX_TITLE), rows };
  run.evidence.add({
    kind: 'metric',
    source: 'aidog',
    query: alertQuery,
    window: windows.whole,
    summary: `${formatPlural(rows.length, 'series moves', 'series move')} with ${reference.metric}; ${strongest(detail)}.`,
    value: { reference: reference.metric, series: rows.map(({ title, correlation }) => ({ title, r: Number(correlation.toFixed(2)) })) },
    link: run.deps.telemetry.linkTo({ kind: 'metric', query: alertQuery, window: windows.whole }),
    detail,
  });
  return found.length;
}

/** The one that moved first, since causes come before effects; the strongest where none leads. */
function strongest({ rows }: MovingTogether): string {
  const row = rows.reduce((best, next) => (next.leadSec > Math.max(0, best.leadSec) ? next : best));
  return `${row.title} ${row.correlation < 0 ? 'the other way ' : ''}${leadWords(row.leadSec)} (r ${formatScore(row.correlation)})`;
}

function titleOf(series: TimeSeries): string {
  const whose = serviceOf(series) ?? tagValue(series.tags, 'host');
  return oneLine(whose === null ? series.metric : `${series.metric} of ${whose}`, MAX_TITLE);
}
