import type { Point } from '../../src/domain/timeSeries';
import type { Tone } from '../words';

export interface SparklineProps {
  readonly points: readonly Point[];
  /** The stretch to mark, in epoch seconds. */
  readonly fromSec: number;
  readonly toSec: number;
  /** Drawn as a dashed line. */
  readonly expected: number;
  readonly tone: Tone;
  /** The curve in a sentence. */
  readonly summary: string;
}

const widthPx = 300;
const heightPx = 48;
const marginPx = 3;

/** A small curve without axes: what it was, what is usual, and the marked stretch. Grows with its place. */
export function Sparkline({ points, fromSec, toSec, expected, tone, summary }: SparklineProps) {
  const known = points.flatMap(([sec, value]) => (value === null ? [] : [{ sec, value }]));
  const first = points[0]?.[0] ?? 0;
  const last = Math.max(points.at(-1)?.[0] ?? first, first + 1);
  const top = Math.max(expected, ...known.map(({ value }) => value), Number.MIN_VALUE);
  const x = (sec: number) => (Math.min(Math.max((sec - first) / (last - first), 0), 1) * widthPx).toFixed(1);
  const y = (value: number) => (heightPx - marginPx - (value / top) * (heightPx - 2 * marginPx)).toFixed(1);
  const path = (part: readonly Point[]) => pathOf(part.map(([sec, value]) => (value === null ? null : `${x(sec)} ${y(value)}`)));
  const marked = points.filter(([sec]) => sec >= fromSec && sec <= toSec);
  const [left, right] = [Number(x(fromSec)), Number(x(toSec))];
  return (
    <svg
      className={`sparkline tone-${tone}`}
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={summary}
    >
      <rect className="sparkline-mark" x={left} width={Math.max(2, right - left)} y={0} height={heightPx} />
      <line className="sparkline-usual" x1={0} x2={widthPx} y1={y(expected)} y2={y(expected)} />
      <path className="sparkline-line" d={path(points)} />
      <path className="sparkline-line sparkline-unusual" d={path(marked)} />
    </svg>
  );
}

/** A gap ends a line; the next point begins another. */
function pathOf(points: readonly (string | null)[]): string {
  let isDrawing = false;
  return points
    .map((point) => {
      const step = point === null ? '' : `${isDrawing ? 'L' : 'M'}${point}`;
      isDrawing = point !== null;
      return step;
    })
    .join('');
}
