/** A labelled series of the Numenta Anomaly Benchmark: rows of its windows, inclusive, and the rows that are not judged. */
export interface LabelledSeries {
  readonly name: string;
  readonly group: string;
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly windows: readonly (readonly [from: number, to: number])[];
}

export interface NabScore {
  /** 0 for a detector that never alarms, 100 for one that alarms at the start of each window and nowhere else. */
  readonly score: number;
  readonly hits: number;
  readonly windows: number;
  readonly falseAlarms: number;
}

const FALSE_ALARM = 0.11;
const PROBATION_SHARE = 0.15;
const MAX_PROBATION = 750;

/**
 * NAB's standard profile (Lavin and Ahmad, "Evaluating real-time anomaly detection algorithms", 2015): the first alarm in a window
 * counts by how early it is, alarms outside cost 0.11, less just after a window; a missed window costs 1.
 */
export function nabScore(series: readonly LabelledSeries[], scores: readonly Float64Array[], threshold: number): NabScore {
  const total = { points: 0, hits: 0, windows: 0, falseAlarms: 0 };
  series.forEach((one, index) => {
    const own = scoreOne(one, scores[index] ?? new Float64Array(), threshold);
    for (const key of ['points', 'hits', 'windows', 'falseAlarms'] as const) total[key] += own[key];
  });
  const { points, hits, windows, falseAlarms } = total;
  return { score: windows === 0 ? 0 : (100 * (points + windows)) / (2 * windows), hits, windows, falseAlarms };
}

/** The threshold with the best score, of those that lie between the scores of the alarms. */
export function bestThreshold(series: readonly LabelledSeries[], scores: readonly Float64Array[]): number {
  let best = { threshold: 1.01, score: 0 };
  for (let threshold = 0.3; threshold < 1; threshold += 0.005) {
    const { score } = nabScore(series, scores, threshold);
    if (score > best.score) best = { threshold, score };
  }
  return best.threshold;
}

function scoreOne({ windows, values }: LabelledSeries, scores: Float64Array, threshold: number) {
  const probation = Math.min(Math.floor(PROBATION_SHARE * values.length), MAX_PROBATION);
  const judged = windows.filter(([, to]) => to >= probation);
  const hit = new Set<number>();
  let points = 0;
  let falseAlarms = 0;
  for (let row = probation; row < scores.length; row++) {
    if ((scores[row] ?? 0) < threshold) continue;
    const inside = windows.findIndex(([from, to]) => row >= from && row <= to);
    if (inside < 0) {
      points += FALSE_ALARM * afterWindow(row, windows);
      falseAlarms++;
    } else if (!hit.has(inside)) {
      hit.add(inside);
      points += sigmoid(placeIn(row, windows[inside])) / sigmoid(-1);
    }
  }
  return { points: points - (judged.length - hit.size), hits: hit.size, windows: judged.length, falseAlarms };
}

/** -1 at the start of a window, 0 at its end, more after it. */
const placeIn = (row: number, [from, to]: readonly [number, number] = [0, 0]) => (row - to) / Math.max(1, to - from);

/** What an alarm outside is worth: 0 just after a window, down to -1. */
function afterWindow(row: number, windows: LabelledSeries['windows']): number {
  const before = windows.filter(([, to]) => to < row).at(-1);
  const place = before === undefined ? Number.POSITIVE_INFINITY : placeIn(row, before);
  return place > 3 ? -1 : sigmoid(place);
}

const sigmoid = (place: number) => 2 / (1 + Math.exp(5 * place)) - 1;
