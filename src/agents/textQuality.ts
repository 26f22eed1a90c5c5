import { doubledLetters, doubledWords, repeatedSentences, shatteredWords } from './quality/garbling';
import { hiddenCharacters } from './quality/hidden';
import { foreignLanguage, foreignScript, lookAlikes } from './quality/letters';
import { commands, leaked, markup, webAddresses } from './quality/markup';
import { unfinished } from './quality/unfinished';

/** Where a text stands: a title need not be a sentence. */
export interface TextPlace {
  readonly kind: 'title' | 'sentences';
  /** What the model was told: words of it are no garbling, whatever they look like. */
  readonly known: string;
  /** Addresses that may stand in the text. */
  readonly links: readonly string[];
}

/** A rule: what is wrong with a text, in a few fixed words that quote none of it; null for nothing. */
export type TextRule = (text: string, place: TextPlace) => string | null;

/** Longer texts are no answer to anything that is asked here; every rule is linear. */
const MAX_CHARACTERS = 4000;

const RULES: readonly TextRule[] = [
  hiddenCharacters,
  markup,
  webAddresses,
  commands,
  leaked,
  lookAlikes,
  foreignScript,
  foreignLanguage,
  doubledLetters,
  doubledWords,
  shatteredWords,
  repeatedSentences,
  unfinished,
];

/** Why a text of a model is not fit to be shown; empty when it is. Ordinary technical English passes. */
export function textFaults(text: string, place: TextPlace): readonly string[] {
  if (text.trim() === '') return ['nothing is said'];
  if (text.length > MAX_CHARACTERS) return ['it is too long'];
  return RULES.map((rule) => rule(text, place)).filter((fault) => fault !== null);
}
