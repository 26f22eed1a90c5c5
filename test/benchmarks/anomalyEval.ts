import { ANOMALY_THRESHOLD } from '../../src/domain/anomaly';
import { detectorScores, isInFirstHalf, readNab } from './nabData';
import { bestThreshold, type LabelledSeries, type NabScore, nabScore } from './nabScore';
import { plantedSeries } from './plantedSeries';

export interface GroupScore extends NabScore {
  readonly group: string;
}

export interface PlantedScore {
  readonly fault: string;
  readonly series: number;
  /** Series whose fault was found, at the threshold and at 0.9. */
  readonly found: number;
  readonly foundAt90: number;
  /** Alarms outside the fault per 1,000 rows, after two days. */
  readonly alarmsPerThousand: number;
  readonly alarmsPerThousandAt90: number;
}

export interface AnomalyEvaluation {
  /** null where the benchmark is not at hand. */
  readonly nab: null | {
    readonly best: NabScore & { readonly threshold: number };
    readonly atDefault: NabScore;
    readonly groups: readonly GroupScore[];
    /** The best threshold of one half of the series, and what it gives on the other. */
    readonly halves: readonly { readonly threshold: number; readonly own: number; readonly other: number }[];
  };
  readonly planted: readonly PlantedScore[];
}

const STRICT = 0.9;
const SETTLED_ROWS = 576;

/** Scores the detector on the Numenta Anomaly Benchmark, where its folder is given, and on series with faults put in. */
export function evaluateAnomalies(dataDir: string | undefined): AnomalyEvaluation {
  const series = dataDir === undefined ? null : readNab(dataDir);
  return {
    nab: series === null ? null : nabFigures(series),
    planted: [...plantedSeries()].map(([fault, all]) => plantedFigures(fault, all)),
  };
}

function nabFigures(series: readonly LabelledSeries[]) {
  const scored = series.map((one) => ({ one, scores: detectorScores(one) }));
  const of = (chosen: typeof scored, threshold: number) =>
    nabScore(
      chosen.map(({ one }) => one),
      chosen.map(({ scores }) => scores),
      threshold,
    );
  const bestOf = (chosen: typeof scored) =>
    bestThreshold(
      chosen.map(({ one }) => one),
      chosen.map(({ scores }) => scores),
    );
  const threshold = bestOf(scored);
  const groups = [...new Set(series.map(({ group }) => group))].map((group) => ({
    group,
    ...of(
      scored.filter(({ one }) => one.group === group),
      ANOMALY_THRESHOLD,
    ),
  }));
  const first = scored.filter(({ one }) => isInFirstHalf(one));
  const second = scored.filter(({ one }) => !isInFirstHalf(one));
  const halves = [[first, second] as const, [second, first] as const].map(([own, other]) => {
    const chosen = bestOf(own);
    return { threshold: chosen, own: of(own, chosen).score, other: of(other, chosen).score };
  });
  return { best: { ...of(scored, threshold), threshold }, atDefault: of(scored, ANOMALY_THRESHOLD), groups, halves };
}

function plantedFigures(fault: string, all: readonly LabelledSeries[]): PlantedScore {
  const scored = all.map((one) => ({ windows: fault === 'none' ? [] : one.windows, scores: detectorScores(one) }));
  const isInside = (row: number, windows: LabelledSeries['windows']) => windows.some(([from, to]) => row >= from && row <= to);
  const foundAt = (threshold: number) =>
    scored.filter(({ windows, scores }) => scores.some((score, row) => score >= threshold && isInside(row, windows))).length;
  const rows = scored.reduce((sum, { scores }) => sum + scores.length - SETTLED_ROWS, 0);
  const alarmsAt = (threshold: number) =>
    scored.reduce(
      (sum, { windows, scores }) =>
        sum + scores.filter((score, row) => score >= threshold && row >= SETTLED_ROWS && !isInside(row, windows)).length,
      0,
    );
  return {
    fault,
    series: all.length,
    found: foundAt(ANOMALY_THRESHOLD),
    foundAt90: foundAt(STRICT),
    alarmsPerThousand: (1000 * alarmsAt(ANOMALY_THRESHOLD)) / rows,
    alarmsPerThousandAt90: (1000 * alarmsAt(STRICT)) / rows,
  };
}
