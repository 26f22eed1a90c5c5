import * as z from 'zod/mini';
import type { Hypothesis } from '../../domain/hypothesis';
import type { Agent } from '../agent';
import { type CaseFile, caseSections, toldEvidence, toldHypotheses } from '../caseFile';
import { citedText, fitTitle } from '../citedText';
import { measureOf } from '../measure';
import { cited, listOf, oneOf, words } from '../shapes';
import { plainExplanation } from './plainExplanation';

/** Stands between code's reasons and the model's words about them. */
export const MODEL_SAYS = 'In the words of the language model: ';

/** A thought of a model that code did not have. It never gets a confidence, nor a place among the hypotheses. */
export interface Idea {
  readonly title: string;
  readonly rationale: string;
  readonly evidence: readonly string[];
}

export interface Explained {
  /** An explanation for every hypothesis that was told of, by id: code's, and beneath it the model's words, marked as such. */
  readonly explanations: Readonly<Record<string, string>>;
  readonly ideas: readonly Idea[];
}

type Sentences = { readonly text: string; readonly evidence: string[] }[];
type Answer = {
  readonly hypotheses: { readonly id: string; readonly why: Sentences }[];
  readonly ideas: { readonly title: string; readonly why: Sentences }[];
};

const MAX_IDEAS = 2;
const MAX_SENTENCES = 3;

/** Explains each hypothesis: code says why it may be, what speaks against it and what to look at next; a model says it in its own words. */
export const hypothesisRanker: Agent<CaseFile, Answer, Explained> = {
  name: 'hypothesis_ranker',
  maxOutputTokens: 1100,
  outputSchema(file) {
    const sentences = listOf(cited(toldEvidence(file).map(({ id }) => id)), MAX_SENTENCES);
    const ids = toldHypotheses(file).map(({ id }) => id);
    return z.strictObject({
      hypotheses: listOf(z.strictObject({ id: oneOf(ids), why: sentences }), Math.max(1, ids.length)).check(z.minLength(1)),
      ideas: listOf(z.strictObject({ title: words(120), why: sentences }), MAX_IDEAS),
    });
  },
  sections: caseSections,
  accept({ hypotheses, ideas }, file) {
    const told = toldHypotheses(file);
    const judged = told.map((one) => ({ one, ...explained(one, hypotheses, file) }));
    const fit = judged.filter(({ text }) => text !== '');
    const own = ideas.map((idea) => ideaOf(idea, file));
    const faults = [...new Set([...judged, ...own].flatMap((part) => part.faults))];
    if (fit.length === 0) return { output: null, faults: [...faults, 'no hypothesis is explained'] };
    const explanations = Object.fromEntries(judged.map(({ one, text }) => [one.id, withWords(plainExplanation(one, file), text)]));
    return { output: { explanations, ideas: own.flatMap(({ idea }) => (idea === null ? [] : [idea])) }, faults };
  },
  fallback: (file) => ({
    explanations: Object.fromEntries(toldHypotheses(file).map((one) => [one.id, plainExplanation(one, file)])),
    ideas: [],
  }),
};

const withWords = (plain: string, words: string) => (words === '' ? plain : `${plain} ${MODEL_SAYS}${words}`);

function explained(hypothesis: Hypothesis, answers: Answer['hypotheses'], file: CaseFile): { text: string; faults: readonly string[] } {
  const answer = answers.find(({ id }) => id === hypothesis.id);
  if (answer === undefined) return { text: '', faults: [`${hypothesis.id} is not explained`] };
  return citedText(answer.why, measureOf(file, hypothesis), MAX_SENTENCES);
}

/** An idea blames nobody: it may name no commit and give no all-clear. */
function ideaOf({ title, why }: Answer['ideas'][number], file: CaseFile): { idea: Idea | null; faults: readonly string[] } {
  const measure = measureOf(file);
  const neutral = { ...measure, ground: { ...measure.ground, commits: [], blamed: null } };
  const named = fitTitle(title, neutral);
  const { text, evidence, faults } = citedText(why, neutral, 2);
  const idea = named.title !== null && text !== '' ? { title: named.title, rationale: text, evidence } : null;
  return { idea, faults: idea === null ? [...new Set([...named.faults, ...faults])] : [] };
}
