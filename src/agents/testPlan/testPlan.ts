import * as z from 'zod/mini';
import type { TestCase, TestPlan } from '../../domain/testPlan';
import type { Agent } from '../agent';
import { basedAnswer, type Entries } from '../basedAnswer';
import { ADDED, onBasis } from '../basis';
import { type CaseFile, caseSections, concluded } from '../caseFile';
import { fitTitle, type Measure } from '../citedText';
import { groundFaults } from '../grounding';
import { measureOf, withOwnWords } from '../measure';
import { listOf, NO_ID, words } from '../shapes';
import { textFaults } from '../textQuality';
import { plainTestPlan } from './plainTestPlan';

const CATEGORIES = ['Functional', 'Regression', 'Performance', 'Error Handling', 'Integration', 'Security'] as const;
const PRIORITIES = ['High', 'Medium', 'Low'] as const;
const MAX_CASES = 8;
const MAX_ADDED = 3;
const MIN_STEPS = 2;

interface CaseAnswer {
  readonly basis: string;
  readonly title: string;
  readonly description: string;
  readonly category: (typeof CATEGORIES)[number];
  readonly priority: (typeof PRIORITIES)[number];
  readonly steps: string[];
  readonly evidence: string[];
}
type Answer = { readonly cases: Entries<CaseAnswer> };

/** Plans tests for the fix, in the shape that TestSprite reads. A model words the steps and may add cases that cite evidence. */
export const testPlanner: Agent<CaseFile, Answer, TestPlan | null> = {
  name: 'test_plan',
  maxOutputTokens: 1300,
  outputSchema: (file) =>
    basedAnswer<'cases', CaseAnswer>('cases', MAX_CASES, file, draftsOf(file), {
      title: words(120),
      description: words(300),
      category: z.enum(CATEGORIES),
      priority: z.enum(PRIORITIES),
      steps: listOf(words(240), 8),
    }),
  sections: (file) => [
    {
      title: 'Planned cases',
      isData: true,
      maxCharacters: 2400,
      ...concluded(
        draftsOf(file).map(({ id, title, description, steps }) => ({
          line: `${id} ${title}: ${description} Steps: ${steps.join(' ')}`,
          bare: id,
        })),
      ),
    },
    ...caseSections(file),
  ],
  accept({ cases }, file) {
    const plan = plainTestPlan(file);
    if (plan === null) return { output: null, faults: ['there is no fix to plan for'] };
    const told = withOwnWords(
      measureOf(file, file.hypotheses[0] ?? null),
      plan.cases.flatMap(({ title, description, steps }) => [title, description, ...steps]),
    );
    const measure = { ...told, ground: { ...told.ground, isTest: true } };
    const faults = new Set<string>();
    let fit = 0;
    const judge = (answer: CaseAnswer): boolean => {
      const wrong = faultsOf(answer, measure);
      for (const fault of wrong) faults.add(fault);
      if (wrong.length === 0) fit++;
      return wrong.length === 0;
    };
    const all = onBasis<TestCase, CaseAnswer, TestCase>(plan.cases, cases, {
      reworded: (draft, answer) =>
        answer !== null && judge(answer) ? { ...draft, description: answer.description, steps: answer.steps } : draft,
      added: (answer) => (judge(answer) ? addedCase(answer) : null),
    });
    if (fit === 0) return { output: null, faults: [...faults, 'no case is fit'] };
    return { output: { ...plan, cases: numbered(all) }, faults: [...faults] };
  },
  fallback: plainTestPlan,
};

const draftsOf = (file: CaseFile): readonly TestCase[] => plainTestPlan(file)?.cases ?? [];

/** A case is kept whole or not at all: half a test tests nothing. */
function faultsOf({ title, description, steps, evidence, basis }: CaseAnswer, measure: Measure): readonly string[] {
  const place = { known: measure.ground.known, links: measure.links };
  const isCited = basis !== ADDED || evidence.some((id) => id !== NO_ID && measure.facts.has(id));
  const texts = [description, ...steps].flatMap((text) => [
    ...textFaults(text, { kind: 'title', ...place }),
    ...groundFaults(text, measure.ground),
  ]);
  return [
    ...new Set([
      ...fitTitle(title, measure).faults,
      ...texts,
      ...(steps.length < MIN_STEPS ? ['a test has too few steps'] : []),
      ...(isCited ? [] : ['a test cites nothing']),
    ]),
  ];
}

function addedCase({ title, description, category, priority, steps }: CaseAnswer): TestCase {
  return { id: ADDED, title, description, category, priority, steps };
}

function numbered(cases: readonly TestCase[]): readonly TestCase[] {
  const added = cases.filter(({ id }) => id === ADDED).slice(0, MAX_ADDED);
  return cases
    .filter((one) => one.id !== ADDED || added.includes(one))
    .slice(0, MAX_CASES)
    .map((one, index) => ({ ...one, id: `TC${String(index + 1).padStart(3, '0')}` }));
}
