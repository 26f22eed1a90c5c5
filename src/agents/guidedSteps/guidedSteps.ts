import * as z from 'zod/mini';
import type { Step } from '../../domain/investigation';
import type { Agent } from '../agent';
import { basedAnswer, type Entries } from '../basedAnswer';
import { ADDED, onBasis } from '../basis';
import type { BehaviorProfile } from '../behaviorMiner/mineBehavior';
import { type CaseFile, caseSections, concluded, toldHypotheses } from '../caseFile';
import { type FitWords, wordsJudge } from '../citedText';
import { measureOf, withOwnWords } from '../measure';
import { NO_ID, oneOf, oneOfOrNone, words } from '../shapes';
import { fitSteps } from './fitSteps';
import { withRunbooks } from './runbookSteps';

export interface StepsInput {
  readonly file: CaseFile;
  /** What code would do, in order. */
  readonly drafts: readonly Step[];
  readonly profile: BehaviorProfile;
}

const MINUTES = ['2', '5', '10', '15', '30'] as const;
/** Looking is all that a model may add; only code says what is rolled back or opened. */
const LOOKS = ['run_query', 'contact', 'verify'] as const;
const MAX_STEPS = 7;

interface StepAnswer {
  readonly basis: string;
  readonly title: string;
  readonly rationale: string;
  readonly action: (typeof LOOKS)[number];
  readonly minutes: (typeof MINUTES)[number];
  readonly evidence: string[];
  readonly runbook: string;
  readonly hypothesis: string;
}
type Answer = { readonly steps: Entries<StepAnswer> };

/** Three to seven things to do next, fitted to the person. A model says why, and may add looks; what is done, and in which order, is code's. */
export const guidedSteps: Agent<StepsInput, Answer, readonly Step[]> = {
  name: 'guided_steps',
  maxOutputTokens: 1200,
  outputSchema: (input) =>
    basedAnswer<'steps', StepAnswer>('steps', MAX_STEPS, input.file, planned(input), {
      title: words(120),
      rationale: words(320),
      action: z.enum(LOOKS),
      minutes: z.enum(MINUTES),
      runbook: oneOfOrNone(input.file.runbooks.map(({ id }) => id)),
      hypothesis: oneOf(toldHypotheses(input.file).map(({ id }) => id)),
    }),
  sections: (input) => {
    const told = planned(input).map(({ id, title, action, minutes, rationale }) => {
      const bare = `${id} (${action}, ${minutes} min)`;
      return { line: `${bare} ${title}: ${rationale}`, bare };
    });
    const role =
      input.file.person.role === null
        ? []
        : [{ title: 'For whom', field: 'person' as const, isData: true, maxCharacters: 100, lines: [input.file.person.role] }];
    return [
      { title: 'Planned steps', isData: true, maxCharacters: 2000, ...concluded(told, ['runbooks']) },
      ...role,
      ...caseSections(input.file),
    ];
  },
  accept({ steps: answers }, input) {
    const drafts = planned(input);
    const measure = measureOf(input.file);
    const faults = new Set<string>();
    const wordsOf = wordsJudge();
    let fit = 0;
    const judge = (answer: StepAnswer, own: readonly string[]) => {
      const judged = wordsOf(answer, withOwnWords(measure, own));
      for (const fault of judged.faults) faults.add(fault);
      if (judged.rationale !== '') fit++;
      return judged;
    };
    const steps = onBasis<Step, StepAnswer, Step>(drafts, answers, {
      reworded: (draft, answer) => (answer === null ? draft : reworded(draft, answer, judge(answer, ownWords(draft, input.drafts)))),
      added: (answer) => added(answer, judge(answer, []), input.file),
    });
    if (fit === 0) return { output: null, faults: [...faults, 'no step is fit'] };
    return { output: numbered(withinLimit(steps)), faults: [...faults] };
  },
  fallback: (input) => planned(input),
};

/** The drafts in the order that fits the person, with the runbooks that tell how. */
function planned({ file, drafts, profile }: StepsInput): readonly Step[] {
  return numbered(fitSteps(withRunbooks(drafts, file.runbooks), file.person.role, profile));
}

/** What code itself says in a step; what a runbook says in one is no fact. */
function ownWords({ title, minutes }: Step, drafts: readonly Step[]): readonly string[] {
  const own = drafts.find((draft) => draft.title === title && draft.runbooks === undefined);
  return own === undefined ? [] : [title, own.rationale, String(minutes)];
}

const numbered = (steps: readonly Step[]): readonly Step[] => steps.map((step, index) => ({ ...step, id: `S${index + 1}` }));

/** Action, link, minutes and what the step is about stay; titles that name a place, a version or a link stay too. */
function reworded(draft: Step, { runbook }: StepAnswer, { title, rationale, evidence }: FitWords): Step {
  if (rationale === '') return draft;
  const isExact = draft.action === 'open_code' || draft.action === 'roll_back' || draft.runbooks !== undefined;
  const runbooks = runbook === NO_ID ? (draft.runbooks ?? []) : [...new Set([...(draft.runbooks ?? []), runbook])];
  return {
    ...draft,
    title: isExact || title === null ? draft.title : title,
    rationale,
    evidence: [...new Set([...draft.evidence, ...evidence])],
    ...(runbooks.length > 0 ? { runbooks } : {}),
  };
}

function added(
  { action, minutes, runbook, hypothesis }: StepAnswer,
  { title, rationale, evidence }: FitWords,
  file: CaseFile,
): Step | null {
  if (title === null || rationale === '') return null;
  const link = file.evidence.find(({ id, link: page }) => evidence.includes(id) && page !== null)?.link ?? null;
  return {
    id: ADDED,
    title,
    rationale,
    action,
    minutes: Number(minutes),
    evidence,
    hypothesis: hypothesis === NO_ID ? null : hypothesis,
    link,
    ...(runbook === NO_ID ? {} : { runbooks: [runbook] }),
  };
}

/** Drops what was added before it drops what code planned. */
function withinLimit(steps: readonly Step[]): readonly Step[] {
  const surplus = Math.max(0, steps.length - MAX_STEPS);
  const dropped = new Set(steps.filter(({ id }) => id === ADDED).slice(-surplus || steps.length));
  return steps.filter((step) => !dropped.has(step)).slice(0, MAX_STEPS);
}
