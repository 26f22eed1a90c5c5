import type { Forecast } from '../../src/domain/forecast';
import { breachWords } from '../../src/domain/forecastWords';
import { formatQuantity, formatTime } from '../../src/domain/format';
import type { Point } from '../../src/domain/timeSeries';
import type { ChartLine, ChartMark, ChartSpan, ChartView, LegendItem, XY } from './chartView';

/** Steps of history that are drawn for each predicted one: with more, what is predicted would be a sliver. */
const pastSteps = 2;

/**
 * History, then the median within its band from p10 to p90, with what really came over it. The band begins where the history
 * ends; the stretch in which the threshold may be crossed is shaded.
 */
export function forecastChart(forecast: Forecast, actuals: readonly Point[] = []): ChartView {
  const { history, median, startSec, threshold, unit } = forecast;
  const past = history.slice(-Math.max(pastSteps * median.length, 1)).map(toXY);
  const join = past.findLast(({ y }) => y !== null);
  const now: ChartMark = actuals.length === 0 ? mark(startSec, 'now', 'now') : mark(startSec, 'forecast', 'the forecast was made');
  const breach = breachSpan(forecast);
  return {
    lines: linesOf(forecast, past, join ? [join] : [], actuals),
    legend: legendOf(forecast, actuals.length > 0),
    marks: [now, ...breachMark(forecast)],
    ...(breach ? { breach } : {}),
    threshold,
    unit,
    summary: summaryOf(forecast),
  };
}

const toXY = ([x, y]: Point): XY => ({ x, y });
const mark = (atSec: number, symbol: string, label: string): ChartMark => ({ atSec, symbol, label, kind: 'now' });

function linesOf(forecast: Forecast, past: readonly XY[], join: readonly XY[], actuals: readonly Point[]): readonly ChartLine[] {
  const { p10, median, p90, startSec, intervalSec } = forecast;
  const ahead = (values: readonly number[]): readonly XY[] => [
    ...join,
    ...values.map((y, step) => ({ x: startSec + step * intervalSec, y })),
  ];
  const lines: ChartLine[] = [
    { label: 'low (p10)', colour: 'purple', points: ahead(p10), role: 'edge' },
    { label: 'high (p90)', colour: 'purple', points: ahead(p90), role: 'band' },
    { label: 'median', colour: 'purple', points: ahead(median), role: 'dashed' },
    { label: 'history', colour: 'blue', points: past, role: 'line' },
  ];
  if (actuals.length > 0) lines.push({ label: 'since then', colour: 'green', points: [...join, ...actuals.map(toXY)], role: 'points' });
  return lines;
}

function legendOf({ threshold, unit, breachInSec, breachEarliestInSec }: Forecast, hasActuals: boolean): readonly LegendItem[] {
  const legend: LegendItem[] = [
    { text: 'history', swatch: 'blue', shape: 'line' },
    { text: 'median', swatch: 'purple', shape: 'dashed' },
    { text: 'p10 to p90', swatch: 'purple', shape: 'band' },
  ];
  if (hasActuals) legend.push({ text: 'since then', swatch: 'green', shape: 'line' });
  if (threshold !== null) legend.push({ text: `threshold ${formatQuantity(threshold, unit)}`, swatch: 'threshold', shape: 'dashed' });
  if (threshold !== null && breachEarliestInSec !== null && (breachInSec ?? 1) > 0)
    legend.push({ text: 'may cross it', swatch: 'threshold', shape: 'band' });
  return legend;
}

/** Breach times count from the last value, one step before the first predicted one. */
const momentOf = ({ startSec, intervalSec }: Forecast, inSec: number): number => startSec - intervalSec + inSec;

/** To the end of the forecast where nobody knows the latest time. */
function breachSpan(forecast: Forecast): ChartSpan | null {
  const { threshold, breachInSec, breachEarliestInSec, breachLatestInSec, median, intervalSec } = forecast;
  if (threshold === null || breachEarliestInSec === null || (breachInSec !== null && breachInSec <= 0)) return null;
  return {
    fromSec: momentOf(forecast, breachEarliestInSec),
    toSec: momentOf(forecast, breachLatestInSec ?? median.length * intervalSec),
  };
}

function breachMark(forecast: Forecast): readonly ChartMark[] {
  const { breachInSec } = forecast;
  if (forecast.threshold === null || breachInSec === null || breachInSec <= 0) return [];
  return [{ atSec: momentOf(forecast, breachInSec), symbol: '✕', label: breachWords(forecast) ?? '', kind: 'breach' }];
}

function summaryOf(forecast: Forecast): string {
  const { median, p10, p90, unit, startSec, intervalSec } = forecast;
  const last = median.length - 1;
  if (last < 0) return 'No step is predicted.';
  const end = formatTime((startSec + last * intervalSec) * 1000);
  const value = (values: readonly number[]) => formatQuantity(values[last] ?? null, unit);
  return `At ${end} the median is ${value(median)}; in eight of ten cases the value lies between ${value(p10)} and ${value(p90)}.`;
}
