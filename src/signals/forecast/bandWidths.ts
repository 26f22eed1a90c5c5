/** How far the band reaches above and below the median, by step ahead (0 is the first). */
export interface BandWidths {
  up(step: number): number;
  down(step: number): number;
}

export interface WidthOptions {
  /** Steps that are to be predicted. */
  readonly steps: number;
  /** What errors are multiplied by: those of the chosen way at the origins that it was chosen by are too small. */
  readonly inflation: number;
  /** Share of the present movement that the band covers at least; 0 to go by the errors alone. */
  readonly movementShare: number;
}

/** Steps are judged in so many parts, since the origins are too few for a quantile of each step. */
const PARTS = 4;
/** Changes from value to value that tell how much a series moves now. */
const RECENT_CHANGES = 12;
/** The 90 % quantile of the normal distribution. */
const Z90 = 1.2816;

/**
 * Widths from backtest errors, one row an origin and one column a step: the 10 % and 90 % quantiles over each quarter of the
 * steps, joined by straight lines. They are at least a share of what the series moves now, which the origins may be too old to
 * have seen: Z90 · σ · √(1 + 3·step/steps) with σ = RMS of the last twelve changes / √2, the deviation of independent values that
 * change so; it doubles over the horizon.
 */
export function bandWidths(errors: readonly Float64Array[], known: readonly number[], options: WidthOptions): BandWidths {
  const { steps, inflation, movementShare } = options;
  const columns = errors[0]?.length ?? 0;
  const parts = Array.from({ length: PARTS }, (_, part) => {
    const [from, to] = [Math.floor((part * columns) / PARTS), Math.ceil(((part + 1) * columns) / PARTS)];
    const all = new Float64Array(errors.length * (to - from));
    errors.forEach((row, index) => {
      all.set(row.subarray(from, to), index * (to - from));
    });
    all.sort();
    return { up: inflation * Math.max(0, quantileOf(all, 0.9)), down: inflation * Math.max(0, -quantileOf(all, 0.1)) };
  });
  const moving = movementShare === 0 ? 0 : movementShare * Z90 * recentDeviation(known);
  const width = (side: 'up' | 'down') => (step: number) => {
    const place = Math.min(PARTS - 1, Math.max(0, ((step + 0.5) / steps) * PARTS - 0.5));
    const [near, far] = [parts[Math.floor(place)]?.[side] ?? 0, parts[Math.ceil(place)]?.[side] ?? 0];
    return Math.max(near + (far - near) * (place % 1), moving * Math.sqrt(1 + (3 * step) / steps));
  };
  return { up: width('up'), down: width('down') };
}

/** Of sorted values, interpolated; 0 of none. */
function quantileOf(sorted: Float64Array, level: number): number {
  const place = level * Math.max(0, sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return below + (above - below) * (place % 1);
}

function recentDeviation(known: readonly number[]): number {
  const recent = known.slice(-RECENT_CHANGES - 1);
  const squares = recent.slice(1).reduce((sum, value, index) => sum + (value - (recent[index] ?? value)) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, recent.length - 1) / 2);
}
