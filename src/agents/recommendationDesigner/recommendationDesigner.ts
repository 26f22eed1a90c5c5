import * as z from 'zod/mini';
import type { Recommendation } from '../../domain/investigation';
import type { Agent } from '../agent';
import { basedAnswer, type Entries } from '../basedAnswer';
import { ADDED, onBasis } from '../basis';
import type { BehaviorProfile } from '../behaviorMiner/mineBehavior';
import { type CaseFile, caseSections, concluded } from '../caseFile';
import { type FitWords, wordsJudge } from '../citedText';
import type { Idea } from '../hypothesisRanker/hypothesisRanker';
import { measureOf, withOwnWords } from '../measure';
import { words } from '../shapes';

export interface DesignInput {
  readonly file: CaseFile;
  /** What code recommends. */
  readonly drafts: readonly Recommendation[];
  /** What a model thought of and code did not. */
  readonly ideas: readonly Idea[];
  readonly profile: BehaviorProfile;
}

const KINDS = ['monitor_tuning', 'dashboard', 'slo', 'shortcut', 'instrumentation'] as const;
const MAX = 5;
/** Of what code recommends, so much stays whatever else is there. */
const KEPT = 3;

interface DesignAnswer {
  readonly basis: string;
  readonly kind: (typeof KINDS)[number];
  readonly title: string;
  readonly rationale: string;
  readonly evidence: string[];
}
type Answer = { readonly recommendations: Entries<DesignAnswer> };

/** At most five things to improve once the fire is out: monitors, dashboards, objectives, shortcuts, hypotheses to look into. */
export const recommendationDesigner: Agent<DesignInput, Answer, readonly Recommendation[]> = {
  name: 'recommendation_designer',
  maxOutputTokens: 900,
  outputSchema: ({ file, drafts }) =>
    basedAnswer<'recommendations', DesignAnswer>('recommendations', MAX, file, drafts, {
      kind: z.enum(KINDS),
      title: words(120),
      rationale: words(320),
    }),
  sections: ({ file, drafts }) => [
    {
      title: 'Planned recommendations',
      isData: true,
      maxCharacters: 1800,
      ...concluded(
        drafts.map(({ id, kind, title, rationale }) => ({ line: `${id} (${kind}) ${title}: ${rationale}`, bare: `${id} (${kind})` })),
      ),
    },
    ...caseSections(file),
  ],
  accept({ recommendations }, input) {
    const measure = measureOf(input.file);
    const faults = new Set<string>();
    const wordsOf = wordsJudge();
    let fit = 0;
    const judge = (answer: DesignAnswer, own: readonly string[]): FitWords => {
      const judged = wordsOf(answer, withOwnWords(measure, own));
      for (const fault of judged.faults) faults.add(fault);
      if (judged.rationale !== '') fit++;
      return judged;
    };
    const designed = onBasis<Recommendation, DesignAnswer, Recommendation>(input.drafts, recommendations, {
      reworded: (draft, answer) => (answer === null ? draft : reworded(draft, judge(answer, [draft.title, draft.rationale]))),
      added: (answer) => added(answer, judge(answer, [])),
    });
    if (fit === 0) return { output: null, faults: [...faults, 'no recommendation is fit'] };
    const isAdded = ({ id }: Recommendation) => id === ADDED;
    return {
      output: chosen(
        designed.filter((one) => !isAdded(one)),
        designed.filter(isAdded),
        input,
      ),
      faults: [...faults],
    };
  },
  fallback: (input) => chosen(input.drafts, [], input),
};

/** The most important drafts first, then what is new, then the other drafts. */
function chosen(
  drafts: readonly Recommendation[],
  news: readonly Recommendation[],
  { ideas, profile }: DesignInput,
): readonly Recommendation[] {
  return [...drafts.slice(0, KEPT), ...ideas.map(ofIdea), ...shortcuts(profile), ...news, ...drafts.slice(KEPT)]
    .slice(0, MAX)
    .map((one, index) => ({ ...one, id: `R${index + 1}` }));
}

/** An idea is worth a look, not a belief. */
const ofIdea = ({ title, rationale, evidence }: Idea): Recommendation => ({
  id: ADDED,
  kind: 'hypothesis',
  title: `Idea of the language model, not checked: ${title}`,
  rationale,
  evidence,
});

/** What someone does again and again deserves one key. */
function shortcuts({ patterns }: BehaviorProfile): readonly Recommendation[] {
  return patterns
    .filter(({ kind }) => kind === 'repeated_title')
    .slice(0, 1)
    .map(({ what, text }) => ({
      id: ADDED,
      kind: 'shortcut' as const,
      title: `Make a shortcut of "${what}"`,
      rationale: text,
      evidence: [],
    }));
}

/** What is recommended stays; why is the model's. */
function reworded(draft: Recommendation, { rationale, evidence }: FitWords): Recommendation {
  return rationale === '' ? draft : { ...draft, rationale, evidence: [...new Set([...draft.evidence, ...evidence])] };
}

function added({ kind }: DesignAnswer, { title, rationale, evidence }: FitWords): Recommendation | null {
  return title === null || rationale === '' ? null : { id: ADDED, kind, title, rationale, evidence };
}
