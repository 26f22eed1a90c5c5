import type { Forecast } from '../../src/domain/forecast';
import { formatQuantity, formatTime } from '../../src/domain/format';
import type { ChartLine, ChartMark, ChartView, LegendItem, XY } from './chartView';

/** History, then the median within its band from p10 to p90. The band begins where the history ends. */
export function forecastChart(forecast: Forecast): ChartView {
  const { history, p10, median, p90, startSec, intervalSec, threshold, unit } = forecast;
  const past = history.map(([x, y]): XY => ({ x, y }));
  const join = past.findLast(({ y }) => y !== null);
  const ahead = (values: readonly number[]): readonly XY[] => [
    ...(join ? [join] : []),
    ...values.map((y, step) => ({ x: startSec + step * intervalSec, y })),
  ];
  const lines: ChartLine[] = [
    { label: 'low (p10)', colour: 'purple', points: ahead(p10), role: 'edge' },
    { label: 'high (p90)', colour: 'purple', points: ahead(p90), role: 'band' },
    { label: 'median', colour: 'purple', points: ahead(median), role: 'dashed' },
    { label: 'history', colour: 'blue', points: past, role: 'line' },
  ];
  const legend: LegendItem[] = [
    { text: 'history', swatch: 'blue', shape: 'line' },
    { text: 'median', swatch: 'purple', shape: 'dashed' },
    { text: 'p10 to p90', swatch: 'purple', shape: 'band' },
  ];
  if (threshold !== null) legend.push({ text: `threshold ${formatQuantity(threshold, unit)}`, swatch: 'threshold', shape: 'dashed' });
  const now: ChartMark = { atSec: startSec, symbol: 'now', label: 'now', kind: 'now' };
  return { lines, legend, marks: [now], threshold, unit, summary: summaryOf(forecast) };
}

function summaryOf({ median, p10, p90, unit, startSec, intervalSec }: Forecast): string {
  const last = median.length - 1;
  if (last < 0) return 'No step is predicted.';
  const end = formatTime((startSec + last * intervalSec) * 1000);
  const value = (values: readonly number[]) => formatQuantity(values[last] ?? null, unit);
  return `At ${end} the median is ${value(median)}; in eight of ten cases the value lies between ${value(p10)} and ${value(p90)}.`;
}
