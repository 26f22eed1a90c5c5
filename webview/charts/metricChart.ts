import { formatQuantity, formatTime } from '../../src/domain/format';
import type { MetricChart } from '../../src/domain/investigation';
import type { TimeSeries } from '../../src/domain/timeSeries';
import { type ChartLine, type ChartMark, type ChartView, type LegendItem, seriesColours } from './chartView';

/** The alerting metric as lines with its threshold, the alert and numbered changes. At most six series are drawn. */
export function metricChart(chart: MetricChart): ChartView {
  const drawn = chart.series.slice(0, seriesColours.length);
  const lines = drawn.map(
    (series, index): ChartLine => ({
      label: labelOf(series, chart),
      colour: seriesColours[index] ?? 'blue',
      points: series.points.map(([x, y]) => ({ x, y })),
      role: 'line',
    }),
  );
  const legend: LegendItem[] = lines.map(({ label, colour }) => ({ text: label, swatch: colour, shape: 'line' }));
  if (chart.threshold !== null)
    legend.push({ text: `threshold ${formatQuantity(chart.threshold, chart.unit)}`, swatch: 'threshold', shape: 'dashed' });
  return { lines, legend, marks: marksOf(chart), threshold: chart.threshold, unit: chart.unit, summary: summaryOf(chart, lines) };
}

/** What tells the series from the others: the values of the tags in which they differ. */
function labelOf(series: TimeSeries, chart: MetricChart): string {
  if (chart.series.length === 1) return chart.title;
  const own = series.tags.filter((tag) => !chart.series.every(({ tags }) => tags.includes(tag)));
  return own.map((tag) => tag.slice(tag.indexOf(':') + 1)).join(', ') || series.metric;
}

function marksOf({ alertAtSec, marks }: MetricChart): readonly ChartMark[] {
  const changes = [...marks]
    .sort((a, b) => a.atSec - b.atSec)
    .map(({ atSec, label }, index): ChartMark => ({ atSec, label, symbol: String(index + 1), kind: 'change' }));
  if (alertAtSec === null) return changes;
  return [...changes, { atSec: alertAtSec, label: 'the alert fired', symbol: '!', kind: 'alert' }];
}

function summaryOf(chart: MetricChart, lines: readonly ChartLine[]): string {
  const hidden = chart.series.length - lines.length;
  const parts = lines.slice(0, 2).flatMap((line) => rangeOf(line, chart.unit));
  if (parts.length === 0) return `${chart.title}: no data in this time.`;
  return `${parts.join(' ')}${hidden > 0 ? ` ${hidden} more series are not drawn.` : ''}`;
}

function rangeOf({ label, points }: ChartLine, unit: string | null): string[] {
  const known = points.flatMap(({ x, y }) => (y === null ? [] : [{ x, y }]));
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last) return [];
  const highest = known.reduce((top, point) => (point.y > top.y ? point : top), first);
  const peak = `highest ${formatQuantity(highest.y, unit)} at ${formatTime(highest.x * 1000)}`;
  return [`${label}: ${formatQuantity(first.y, unit)} at first, ${formatQuantity(last.y, unit)} at last, ${peak}.`];
}
