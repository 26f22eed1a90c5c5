import type { Hypothesis } from '../domain/hypothesis';
import { type ClaimGroup, claimGroups } from '../domain/memory';
import type { CalibrationFigures } from './calibrationError';
import { type Block, isotonic, type Observed, shareAt } from './isotonic';

/**
 * What a hypothesis claims, since different claims are right to a different degree at the same raw confidence: that a commit did
 * it, what kind of cause it was, only where it began, or that nothing is wrong.
 */
export const calibrationGroups = claimGroups;
export type CalibrationGroup = ClaimGroup;

/** What became of a hypothesis that was shown first. */
export interface Outcome {
  readonly group: CalibrationGroup;
  /** What the formula of `confidence.ts` gave, 0..1. */
  readonly raw: number;
  /** How much of what such a claim draws on was read, 0..1; see `coverage.ts`. */
  readonly coverage: number;
  readonly isRight: boolean;
}

/** Outcomes that are known from the start, and how well they were fitted. */
export interface CalibrationPriors {
  /** ISO 8601 date. */
  readonly fittedOn: string;
  /** What was investigated, for a person. */
  readonly source: string;
  readonly before: CalibrationFigures;
  readonly after: CalibrationFigures;
  /** Of outcomes that the fit had not seen. */
  readonly crossValidated: CalibrationFigures;
  readonly outcomes: Readonly<Record<CalibrationGroup, readonly Observed[]>>;
}

export interface Calibrated {
  /** 0..1. */
  readonly confidence: number;
  /** Outcomes that it rests on. */
  readonly outcomes: number;
  /** Share of the outcomes said alike that were right. */
  readonly right: number;
}

/** Never falls with the raw confidence within a group. */
export type Calibrate = (group: CalibrationGroup, raw: number) => Calibrated;

/** How many outcomes of its own weigh as much for a group as those of all groups together. */
const GROUP_STRENGTH = 12;
/** How many outcomes of a curve weigh as much as its mean, since few outcomes tell a level better than a slope. */
const CURVE_STRENGTH = 12;
/** How many outcomes of one's own, said alike, weigh as much as what is known of such claims. */
const OWN_STRENGTH = 3;
/** Raw confidences this close are said alike. */
const STEP = 0.05;

/**
 * Isotonic regression (Zadrozny and Elkan 2002) of outcomes on raw confidence for each group, shrunk twice: each curve to its own
 * mean, and each group to all groups, by how few outcomes there are. A mixture of curves that never fall never falls, so order
 * within a group is kept. `recorded` are outcomes of one's own, which count like those known from the start once there are some of
 * a kind. What comes out is how often a claim came true of which all was read: an outcome of which less was read counts as that
 * part of a trial, so that a curve times its coverage is how often it came true.
 */
export function createCalibration(priors: Pick<CalibrationPriors, 'outcomes'>, recorded: readonly Outcome[] = []): Calibrate {
  const known = calibrateFrom((group) => priors.outcomes[group]);
  if (recorded.length === 0) return known;
  const own = new Map(calibrationGroups.map((group) => [group, ownOutcomes(group, recorded, known)]));
  return calibrateFrom((group) => [...priors.outcomes[group], ...(own.get(group) ?? [])]);
}

function calibrateFrom(observed: (group: CalibrationGroup) => readonly Observed[]): Calibrate {
  const whole = curveOf(calibrationGroups.flatMap(observed));
  const curves = new Map(calibrationGroups.map((group) => [group, curveOf(observed(group))]));
  return (group, raw) => {
    const own = curves.get(group) ?? whole;
    if (whole.of === 0) return { confidence: raw, outcomes: 0, right: raw };
    const trust = own.of / (own.of + GROUP_STRENGTH);
    const confidence = Math.min(1, trust * levelAt(own, raw) + (1 - trust) * levelAt(whole, raw));
    const { of, blocks } = own.of > 0 ? own : whole;
    return { confidence, outcomes: of, right: Math.min(1, shareAt(blocks, raw)) };
  };
}

/** Outcomes of one's own by steps of raw confidence, drawn to what is known by how few there are: one "no" is no curve. */
function ownOutcomes(group: CalibrationGroup, recorded: readonly Outcome[], known: Calibrate): readonly Observed[] {
  const steps = new Map<number, { right: number; of: number }>();
  for (const { raw, isRight, coverage } of recorded.filter((outcome) => outcome.group === group)) {
    const step = Math.round(raw / STEP) * STEP;
    const { right, of } = steps.get(step) ?? { right: 0, of: 0 };
    steps.set(step, { right: right + Number(isRight), of: of + coverage });
  }
  return [...steps].map(([raw, { right, of }]) => {
    const share = (right + OWN_STRENGTH * known(group, raw).confidence) / (of + OWN_STRENGTH);
    return { raw, right: share * of, of };
  });
}

interface Curve {
  readonly blocks: readonly Block[];
  readonly mean: number;
  readonly of: number;
}

function curveOf(observed: readonly Observed[]): Curve {
  const of = observed.reduce((sum, one) => sum + one.of, 0);
  const right = observed.reduce((sum, one) => sum + one.right, 0);
  const mean = of === 0 ? 0 : right / of;
  return { blocks: isotonic(observed), mean, of };
}

/** Below the lowest outcome nothing is known: from there it falls to nothing at a raw confidence of 0. */
function levelAt({ blocks, mean, of }: Curve, raw: number): number {
  const lowest = blocks[0]?.from ?? 0;
  if (of === 0) return 0;
  const trust = of / (of + CURVE_STRENGTH);
  const level = trust * shareAt(blocks, raw) + (1 - trust) * mean;
  return raw < lowest ? (level * raw) / lowest : level;
}

/** The question by whose outcomes a hypothesis is measured. */
export function calibrationGroup({ kind, commit }: Pick<Hypothesis, 'kind' | 'commit'>): CalibrationGroup {
  if (commit !== null) return 'commit';
  if (kind === 'healthy') return 'healthy';
  return kind === 'localised_fault' || kind === 'unknown' ? 'place' : 'cause';
}
