import { mostAlone } from '../diagnosis/calibrateHypotheses';
import { type CalibrationGroup, type CalibrationPriors, calibrationGroups, createCalibration } from '../diagnosis/calibration';
import { type CalibrationFigures, calibrationFigures, type Said as SaidOf } from '../diagnosis/calibrationError';
import type { Observed } from '../diagnosis/isotonic';
import type { SetOutcome } from './outcomes';

/** What was said of a case of a set, and whether it was right. */
export interface Said extends SaidOf {
  readonly set: string;
}

/** Raw confidences this close count as one: fewer steps follow noise less. */
const STEP = 0.05;

/**
 * How much of a right outcome counts as right: incidents that rules were written with come out better than new ones (optimism of
 * the apparent error, Efron 1986; smoothed targets, Platt 1999). Less so where many rules decide than where one formula of a few
 * weights does: incidents made up for the tests of commits and causes came out right at the first try in three of four and nine of
 * ten cases. What a recording lacks is told by coverage, not here.
 */
const APPARENT: Readonly<Record<CalibrationGroup, number>> = { commit: 0.97, cause: 0.98, healthy: 0.96, place: 1 };

/**
 * The outcomes as counts by group and raw confidence, in steps; what was read in part is that part of a trial. Incomplete copies
 * are there to measure by: coverage tells of what they lack, and learning from them as well fits whole recordings worse.
 */
export function summedOutcomes(outcomes: readonly SetOutcome[]): CalibrationPriors['outcomes'] {
  const summed = (group: CalibrationGroup): readonly Observed[] => {
    const counts = new Map<number, { right: number; of: number }>();
    for (const { raw, coverage, isRight } of outcomes.filter((outcome) => outcome.group === group && !outcome.isIncomplete)) {
      const step = Math.round(raw / STEP);
      const { right, of } = counts.get(step) ?? { right: 0, of: 0 };
      counts.set(step, { right: right + (isRight ? APPARENT[group] : 0), of: of + coverage });
    }
    return [...counts]
      .sort(([a], [b]) => a - b)
      .map(([step, { right, of }]) => ({ raw: round(step * STEP), right: round(Math.min(right, of)), of: round(of) }));
  };
  return Object.fromEntries(calibrationGroups.map((group) => [group, summed(group)])) as unknown as CalibrationPriors['outcomes'];
}

/** What would be said of the outcomes when it is learned from some of them, here from all. */
export function fitted(outcomes: readonly SetOutcome[], learned: readonly SetOutcome[] = outcomes): readonly Said[] {
  const calibrate = createCalibration({ outcomes: summedOutcomes(learned) });
  return outcomes.map(({ set, isIncomplete, group, raw, coverage, isRight, bounds }) => {
    const confidence = Math.min(mostAlone(bounds), calibrate(group, raw).confidence) * coverage;
    return { set: isIncomplete ? `${set} incomplete` : set, isRight, confidence };
  });
}

/**
 * What would be said of each outcome when it is learned from the other folds. Cases are dealt to the folds in turn, set by set
 * and right ones apart from wrong ones, so that each fold is like the whole; an incomplete copy goes with what it was made from.
 */
export function crossValidated(outcomes: readonly SetOutcome[], folds: number): readonly Said[] {
  const key = ({ set, group, isRight }: SetOutcome) => `${set} ${group} ${isRight}`;
  const byKind = (a: SetOutcome, b: SetOutcome) =>
    Number(a.isIncomplete) - Number(b.isIncomplete) || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.case < b.case ? -1 : 1);
  const dealt = [...outcomes].sort(byKind);
  const cases = [...new Set(dealt.map(caseOf))];
  const foldOf = new Map(cases.map((name, at) => [name, at % folds]));
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) =>
    fitted(
      dealt.filter((outcome) => foldOf.get(caseOf(outcome)) === fold),
      dealt.filter((outcome) => foldOf.get(caseOf(outcome)) !== fold),
    ),
  );
}

const caseOf = ({ set, case: name }: SetOutcome) => `${set}/${name}`;

/** The figures of each set, and of all together. */
export function figuresBySet(said: readonly Said[]): readonly (readonly [string, CalibrationFigures])[] {
  const sets = [...new Set(said.map(({ set }) => set))].sort();
  const named = sets.map((name) => [name, calibrationFigures(said.filter(({ set }) => set === name))] as const);
  return [...named, ['all', calibrationFigures(said)] as const].flatMap(([name, figures]) =>
    figures === null ? [] : [[name, figures] as const],
  );
}

const round = (value: number) => Number(value.toFixed(4));

function figuresText(figures: CalibrationFigures): string {
  const fields = Object.entries(figures).map(([name, value]) => `${name}: ${round(value)}`);
  return `{ ${fields.join(', ')} }`;
}

/** The TypeScript module that holds the priors. */
export function priorsText({ fittedOn, source, before, after, crossValidated: unseen, outcomes }: CalibrationPriors): string {
  const groups = calibrationGroups.map((group) => {
    const rows = outcomes[group].map(({ raw, right, of }) => `      { raw: ${raw}, right: ${right}, of: ${of} },\n`);
    return rows.length === 0 ? `    ${group}: [],\n` : `    ${group}: [\n${rows.join('')}    ],\n`;
  });
  return `import type { CalibrationPriors } from './calibration';

// Written by \`npm run calibrate\`; changes by hand are lost.
export const calibrationPriors: CalibrationPriors = {
  fittedOn: '${fittedOn}',
  source: ${JSON.stringify(source).replaceAll("'", "\\'").replace(/^"|"$/g, "'")},
  before: ${figuresText(before)},
  after: ${figuresText(after)},
  crossValidated: ${figuresText(unseen)},
  outcomes: {
${groups.join('')}  },
};
`;
}
