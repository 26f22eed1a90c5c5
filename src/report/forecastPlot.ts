import type { Forecast } from '../domain/forecast';
import { formatDuration, formatNumber, formatQuantity } from '../domain/format';
import { oneLine } from '../domain/plainText';

export interface ForecastPlotOptions {
  readonly hasColour: boolean;
}

const ROWS = 12;
const PAST_COLUMNS = 48;
const FUTURE_COLUMNS = 24;
/** Characters of a label, at least. */
const LABEL = 10;
const BAND = '░';
const LIMIT = '┄';
const MEDIAN = '•';
/** Eighths of a cell, from the bottom. */
const MARKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A forecast as a plot for a terminal, with the same in words below it. */
export function forecastPlot(forecast: Forecast, { hasColour }: ForecastPlotOptions): string {
  const dim = (text: string) => (hasColour ? `\u001b[2m${text}\u001b[0m` : text);
  const { title, summary, model, anomalyScore, isDrop } = forecast;
  const past = resampled(latestOf(forecast), PAST_COLUMNS);
  const future = {
    p10: resampled(forecast.p10, FUTURE_COLUMNS),
    median: resampled(forecast.median, FUTURE_COLUMNS),
    p90: resampled(forecast.p90, FUTURE_COLUMNS),
  };
  const scale = scaleOf([...past, ...future.p10, ...future.p90], forecast.threshold);
  const labels = axisLabels(scale, forecast.unit);
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const cell = { row: ROWS - 1 - row, scale, threshold: forecast.threshold };
    const left = past.map((value) => pastCell(value, cell)).join('');
    const right = future.median.map((value, at) => futureCell(value, future.p10[at] ?? value, future.p90[at] ?? value, cell)).join('');
    return `${dim(labels[row] ?? '')} ${left}${dim('│')}${right}`;
  });
  const words = [summary, `Anomaly score ${anomalyScore} of 100${isDrop ? ', a drop' : ''}; ${model}.`].map((line) => oneLine(line, 400));
  return `${[oneLine(title, 120), ...rows, dim(timeAxis(forecast, past.length)), ...words].join('\n')}\n\n`;
}

interface Scale {
  readonly low: number;
  readonly high: number;
}

interface Cell {
  /** From the bottom. */
  readonly row: number;
  readonly scale: Scale;
  readonly threshold: number | null;
}

/** The last values beside which the forecast is shown: twice its length. */
function latestOf({ history, median }: Forecast): number[] {
  return history.slice(-2 * median.length).map(([, value]) => value ?? Number.NaN);
}

/** Means of equal parts; NaN where a part has no value. */
function resampled(values: readonly number[], columns: number): number[] {
  const width = Math.min(columns, values.length);
  return Array.from({ length: width }, (_, column) => {
    const part = values.slice(Math.floor((column * values.length) / width), Math.floor(((column + 1) * values.length) / width));
    const known = part.filter(Number.isFinite);
    return known.reduce((sum, value) => sum + value / known.length, known.length > 0 ? 0 : Number.NaN);
  });
}

/** The threshold counts unless it lies so far away that nothing else could be seen. */
function scaleOf(values: readonly number[], threshold: number | null): Scale {
  const known = values.filter(Number.isFinite);
  const [least, most] = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 1];
  const span = most - least || Math.abs(most) || 1;
  const isNear = threshold !== null && threshold > least - 2 * span && threshold < most + 2 * span;
  const [low, high] = isNear ? [Math.min(least, threshold), Math.max(most, threshold)] : [least, most];
  return high > low ? { low, high } : { low: low - span / 2, high: high + span / 2 };
}

/** In rows from the bottom, with a fraction. */
function heightOf(value: number, { low, high }: Scale): number {
  return Math.min(ROWS - 0.001, Math.max(0, ((value - low) / (high - low)) * ROWS));
}

function pastCell(value: number, { row, scale, threshold }: Cell): string {
  if (Number.isFinite(value)) {
    const height = heightOf(value, scale);
    if (Math.floor(height) === row) return MARKS[Math.floor((height % 1) * MARKS.length)] ?? MARKS[0];
  }
  return emptyCell(row, scale, threshold);
}

function futureCell(median: number, p10: number, p90: number, { row, scale, threshold }: Cell): string {
  if (Math.floor(heightOf(median, scale)) === row) return MEDIAN;
  const isInBand = row >= Math.floor(heightOf(p10, scale)) && row <= Math.floor(heightOf(p90, scale));
  return isInBand ? BAND : emptyCell(row, scale, threshold);
}

function emptyCell(row: number, scale: Scale, threshold: number | null): string {
  const isThere = threshold !== null && threshold >= scale.low && threshold <= scale.high;
  return isThere && Math.floor(heightOf(threshold, scale)) === row ? LIMIT : ' ';
}

/** The largest and the smallest value beside the first and the last row, all of one width. */
function axisLabels({ low, high }: Scale, unit: string | null): string[] {
  const text = (value: number) => (unit === null ? formatNumber(value) : formatQuantity(value, unit));
  const [most, least] = [text(high), text(low)];
  const width = Math.max(LABEL, most.length, least.length);
  return Array.from({ length: ROWS }, (_, row) => (row === 0 ? most : row === ROWS - 1 ? least : '').padStart(width));
}

function timeAxis({ history, median, intervalSec }: Forecast, pastColumns: number): string {
  const steps = Math.min(history.length, 2 * median.length);
  const ago = `${formatDuration(steps * intervalSec * 1000)} ago`;
  const ahead = `in ${formatDuration(median.length * intervalSec * 1000)}`;
  return `${' '.repeat(11)}${ago.padEnd(Math.max(0, pastColumns - 3))}now${ahead.padStart(FUTURE_COLUMNS)}`;
}
