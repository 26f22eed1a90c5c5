import type { WeightedTokens } from './bm25';
import { stemOf, tokensOf, wordsOf } from './tokens';

/** What is known of an incident, to find runbooks for it. */
export interface RunbookQuestion {
  /** Texts and how much their words count, such as 3 for the title of the alert and 1 for a log line. */
  readonly parts: readonly { readonly text: string; readonly weight: number }[];
  /** What the alert is called. */
  readonly title?: string | null;
  /** What is seen of the trouble, in a sentence. */
  readonly symptom?: string | null;
  /** Services in trouble. A runbook of other services fits less. */
  readonly services: readonly string[];
  /** Kinds of incident, as in the front matter's `types`. */
  readonly types: readonly string[];
}

/** Words of one question; the rest of it is not looked at. */
const MAX_TOKENS = 400;
/** As much as a word of an alert's title. */
const TYPE_WEIGHT = 3;
const SHORTEST_PART = 3;
/** A word that no runbook has is often the name of something. */
const UNKNOWN_FACTOR = 0.5;

export const typeToken = (type: string) => `type:${type.trim().toLowerCase()}`;

export function asQuestion(question: string | RunbookQuestion): RunbookQuestion {
  return typeof question === 'string' ? { parts: [{ text: question, weight: 1 }], title: question, services: [], types: [] } : question;
}

/**
 * The words of a question with their weights; a word that is said twice counts once, with its greater weight. A word that no
 * runbook has is taken apart into two that some have (`diskspace`), or put together with the next (`time out`).
 */
export function weightedTokens({ parts, types }: RunbookQuestion, isKnown: (token: string) => boolean): WeightedTokens {
  const weights = new Map<string, number>();
  const add = (token: string, weight: number) => weights.set(token, Math.max(weight, weights.get(token) ?? 0));
  for (const { text, weight } of parts) {
    const words = wordsOf(text.slice(0, 20 * MAX_TOKENS));
    for (let index = 0; index < words.length; index++) {
      if (weights.size >= MAX_TOKENS) return weights;
      const [word = '', next = ''] = words.slice(index, index + 2);
      const [token, joined] = [stemOf(word), next === '' ? '' : stemOf(word + next)];
      if (isKnown(token)) add(token, weight);
      else if (isKnown(joined)) index++;
      // Values, versions and numbers of hosts are no words.
      else if (!/\d/.test(word)) for (const part of knownParts(word, isKnown)) add(part, isKnown(part) ? weight : UNKNOWN_FACTOR * weight);
      if (isKnown(joined)) add(joined, weight);
    }
  }
  for (const type of types) if (isKnown(typeToken(type))) add(typeToken(type), TYPE_WEIGHT);
  return weights;
}

function knownParts(word: string, isKnown: (token: string) => boolean): readonly string[] {
  for (let at = SHORTEST_PART; at <= Math.min(40, word.length - SHORTEST_PART); at++) {
    const [left, right] = [stemOf(word.slice(0, at)), stemOf(word.slice(at))];
    if (isKnown(left) && isKnown(right)) return [left, right];
  }
  return [stemOf(word)];
}

/** A number says nothing to a person about why a runbook fits. */
const NAMES = /\p{L}{2}/u;

/** The words of the question, as they were written, of which any part was found; numbers alone are left out. */
export function foundWords({ parts }: RunbookQuestion, matched: ReadonlySet<string>, limit: number): readonly string[] {
  const words = new Set<string>();
  for (const { text } of parts)
    for (const word of text.slice(0, 20 * MAX_TOKENS).split(/[\s,;()[\]{}"'`]+/)) {
      if (words.size >= limit) return [...words];
      if (word.length <= 80 && NAMES.test(word) && tokensOf(word).some((token) => matched.has(token)))
        words.add(word.replace(/[.:!?]+$/, ''));
    }
  return [...words];
}
