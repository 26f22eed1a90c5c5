import type { TextRule } from '../textQuality';
import { tokens } from './words';

/** Words after which an English sentence goes on. `in`, `on`, `up`, `out`, `for` may end one. */
const GOES_ON = new Set(
  'the a an and or but of to from with by at into because that which than whether if when while its their this these those is are was were be been has have had as'.split(
    ' ',
  ),
);
/** Of those, words that may end a short title or a finished sentence: `more than it was.` */
const MAY_END = new Set([
  'is',
  'are',
  'was',
  'were',
  'that',
  'this',
  'these',
  'those',
  'been',
  'has',
  'have',
  'had',
  'be',
  'to',
  'with',
  'by',
  'from',
  'at',
  'when',
]);
const FINISHED = /[.!?][)\]"”’'`*]*$/u;
const OPEN_END = /(?:[,;:([{/–—-]|\.\.\.|…)$/u;
const WORD_IN_PIECES = /\p{Ll}-$/u;

/** A text that breaks off: in a word, in a bracket, behind a word after which something has to come. */
export const unfinished: TextRule = (text, { kind, known }) => {
  const said = text.trim();
  if (OPEN_END.test(said) || WORD_IN_PIECES.test(said) || isOpen(said)) return 'it breaks off';
  const last = tokens(said).at(-1) ?? '';
  const isFinished = FINISHED.test(said);
  if (GOES_ON.has(last) && !(isFinished && MAY_END.has(last))) return 'it breaks off';
  return kind === 'sentences' && !isFinished && isCutWord(last, said, known) ? 'it breaks off' : null;
};

/** More brackets opened than closed, or a quote of code that never ends. */
function isOpen(text: string): boolean {
  const count = (character: string) => text.split(character).length - 1;
  return count('(') > count(')') || count('[') > count(']') || count('`') % 2 === 1;
}

/** The last word is the beginning of a longer word that was told or said before, and no such word itself. */
function isCutWord(last: string, text: string, known: string): boolean {
  if (last.length < 3 || !/^\p{Ll}+$/u.test(last)) return false;
  const before = `${known}\n${text.slice(0, -last.length)}`;
  const isWord = new RegExp(`(?<![\\p{L}])${last}(?![\\p{L}])`, 'u').test(before);
  return !isWord && new RegExp(`(?<![\\p{L}])${last}\\p{Ll}{2,}`, 'u').test(before);
}
