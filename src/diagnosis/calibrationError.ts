/** What was said of a hypothesis, 0..1, and whether it was right. */
export interface Said {
  readonly confidence: number;
  readonly isRight: boolean;
}

export interface CalibrationFigures {
  /** Mean squared difference of confidence and outcome (Brier 1950); 0 is best. */
  readonly brier: number;
  /** Expected calibration error, 0..1; 0 is best. */
  readonly ece: number;
  readonly meanConfidence: number;
  /** Share of the hypotheses that were right. */
  readonly right: number;
  /** The Brier score of always saying that share. */
  readonly brierOfConstant: number;
  readonly hypotheses: number;
}

/** Equally wide bins of the expected calibration error (Naeini et al. 2015). */
const BINS = 10;

/** Which of the ten bins a confidence falls into. */
export function binOf(confidence: number): number {
  return Math.min(Math.floor(confidence * BINS), BINS - 1);
}

/** The hypotheses of one bin. */
export interface ReliabilityBin {
  /** Lowest confidence of the bin, 0..1. */
  readonly from: number;
  readonly hypotheses: number;
  readonly meanConfidence: number;
  /** Share that was right. */
  readonly right: number;
}

/** What was said against what came true, bin by bin (a reliability diagram as a table); bins without hypotheses are left out. */
export function reliability(said: readonly Said[]): readonly ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, bin) => said.filter(({ confidence }) => binOf(confidence) === bin)).flatMap((members, bin) => {
    const figures = calibrationFigures(members);
    return figures === null
      ? []
      : [{ from: bin / BINS, hypotheses: members.length, meanConfidence: figures.meanConfidence, right: figures.right }];
  });
}

/** How far confidences are from outcomes; null without any. */
export function calibrationFigures(said: readonly Said[]): CalibrationFigures | null {
  if (said.length === 0) return null;
  const gaps = new Array<number>(BINS).fill(0);
  for (const { confidence, isRight } of said) {
    const bin = binOf(confidence);
    gaps[bin] = (gaps[bin] ?? 0) + confidence - Number(isRight);
  }
  const mean = (value: (one: Said) => number) => said.reduce((sum, one) => sum + value(one), 0) / said.length;
  const right = mean(({ isRight }) => Number(isRight));
  return {
    brier: mean(({ confidence, isRight }) => (confidence - Number(isRight)) ** 2),
    ece: gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / said.length,
    meanConfidence: mean(({ confidence }) => confidence),
    right,
    brierOfConstant: right * (1 - right),
    hypotheses: said.length,
  };
}
