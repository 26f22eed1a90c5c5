/** Characters around a word that are no part of it. */
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const QUOTED = /`[^`\n]{1,200}`|"[^"\n]{1,200}"|“[^”\n]{1,200}”|'[^'\n]{2,200}'(?![\p{L}])/gu;

/** A text without what it quotes: names of code and messages are no prose. */
export const withoutQuotes = (text: string): string => text.replace(QUOTED, ' ');

/** What stands between white space, without the punctuation around it. */
export const tokens = (text: string): readonly string[] =>
  text
    .split(/\s+/)
    .map((token) => token.replace(AROUND, ''))
    .filter((token) => token !== '');

/** Words of prose: letters only, at most the first one a capital. Identifiers, numbers, paths and acronyms are none. */
export const proseWords = (text: string): readonly string[] =>
  tokens(withoutQuotes(text)).filter((token) => /^\p{L}[\p{Ll}\p{M}'’-]*$/u.test(token));

/** The sentences of a text; a dot in `shop.js` or `e.g.` ends none. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?…][)"”'\]]{0,2})\s+(?=[\p{Lu}\p{N}[("“`])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

export const isKnownWord = (word: string, known: string): boolean => known.includes(word) || known.includes(word.toLowerCase());
