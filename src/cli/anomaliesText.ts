import type { Anomaly } from '../domain/anomaly';
import { formatCount, formatDateTime, formatNumber, formatPlural, formatScore, formatTimeRange } from '../domain/format';
import type { SeriesSketch, SketchPart } from '../signals/anomaly/seriesSketch';
import type { World } from './world';

export interface ScoredSeries {
  readonly rows: number;
  readonly anomalies: readonly Anomaly[];
  readonly sketch: SeriesSketch;
  readonly isTimed: boolean;
}

const MAX_LISTED = 50;
const ROWS = 6;
const DOTS_A_ROW = 4;
/** Bits of a Braille cell, from the bottom dot up, of its left and of its right column. */
const LEFT_DOTS = [0x40, 0x04, 0x02, 0x01] as const;
const RIGHT_DOTS = [0x80, 0x20, 0x10, 0x08] as const;
const BRAILLE = 0x2800;
const LABEL_WIDTH = 9;
const UTC = { timeZone: 'UTC' };

/** The series as a plot with the anomalies marked, and below it a list of them. Times in UTC, as they are read. */
export function anomaliesText(series: ScoredSeries, { stdout, env }: Pick<World, 'stdout' | 'env'>): string {
  const hasColour = Boolean(stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
  const columns = Math.max(10, Math.min(100, (Number(stdout.columns ?? env.COLUMNS) || 80) - LABEL_WIDTH - 2));
  const { rows, anomalies, sketch, isTimed } = series;
  const when = isTimed ? `, ${formatTimeRange(sketch.fromSec * 1000, sketch.toSec * 1000, UTC)} UTC` : '';
  const listed = [...anomalies].sort((a, b) => b.score - a.score).slice(0, MAX_LISTED);
  const shown = anomalies.filter((anomaly) => listed.includes(anomaly));
  const left = anomalies.length - shown.length;
  return [
    `${formatPlural(rows, 'row')}${when}`,
    ...plot(sketch.parts(2 * columns), hasColour),
    anomalies.length === 0 ? 'No anomalies.' : `${formatPlural(anomalies.length, 'anomaly', 'anomalies')}:`,
    ...shown.map((anomaly) => entry(anomaly, isTimed)),
    ...(left > 0 ? [`  … and ${formatCount(left)} with lower scores.`] : []),
    '',
  ].join('\n');
}

function entry({ fromSec, toSec, score, value, expected, reason }: Anomaly, isTimed: boolean): string {
  const same = fromSec === toSec;
  const timed = same ? formatDateTime(fromSec * 1000, UTC) : formatTimeRange(fromSec * 1000, toSec * 1000, UTC);
  const untimed = same ? `row ${formatCount(fromSec + 1)}` : `rows ${formatCount(fromSec + 1)} – ${formatCount(toSec + 1)}`;
  const usual = expected === null ? '' : ` (expected ${formatNumber(expected)})`;
  return `  ${formatScore(score)}  ${isTimed ? timed : untimed}  ${formatNumber(value)}${usual}: ${reason}.`;
}

function plot(parts: readonly SketchPart[], hasColour: boolean): string[] {
  const known = parts.filter(({ low, high }) => low <= high);
  if (known.length === 0) return [];
  const low = known.reduce((least, part) => Math.min(least, part.low), Number.POSITIVE_INFINITY);
  const high = known.reduce((most, part) => Math.max(most, part.high), Number.NEGATIVE_INFINITY);
  const height = (value: number) => (high > low ? Math.round(((value / 2 - low / 2) / (high / 2 - low / 2)) * (ROWS * DOTS_A_ROW - 1)) : 0);
  const bars = parts.map((part) => (part.low <= part.high ? { ...part, from: height(part.low), to: height(part.high) } : null));
  const cells = Math.ceil(parts.length / 2);
  const red = (text: string, isMarked: boolean) => (hasColour && isMarked ? `\u001b[31m${text}\u001b[0m` : text);
  const isMarked = (cell: number) => Boolean(parts[2 * cell]?.isMarked || parts[2 * cell + 1]?.isMarked);
  const lines = Array.from({ length: ROWS }, (_, index) => {
    const base = (ROWS - 1 - index) * DOTS_A_ROW;
    const label = index === 0 ? formatNumber(high) : index === ROWS - 1 ? formatNumber(low) : '';
    const drawn = Array.from({ length: cells }, (__, cell) =>
      red(
        String.fromCodePoint(BRAILLE + dots(bars[2 * cell], base, LEFT_DOTS) + dots(bars[2 * cell + 1], base, RIGHT_DOTS)),
        isMarked(cell),
      ),
    );
    return `${label.padStart(LABEL_WIDTH)} ${drawn.join('')}`;
  });
  const marks = Array.from({ length: cells }, (_, cell) => (isMarked(cell) ? red('▲', true) : ' ')).join('');
  return [...lines, `${' '.repeat(LABEL_WIDTH)} ${marks}`.trimEnd()];
}

function dots(bar: { readonly from: number; readonly to: number } | null | undefined, base: number, bits: readonly number[]): number {
  return bar ? bits.reduce((cell, bit, dot) => (base + dot >= bar.from && base + dot <= bar.to ? cell | bit : cell), 0) : 0;
}
