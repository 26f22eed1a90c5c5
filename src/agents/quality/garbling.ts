import type { TextRule } from '../textQuality';
import { isKnownWord, proseWords, sentencesOf, tokens, withoutQuotes } from './words';

/** One letter three times within a longer word: English has none, German compounds (`Schifffahrt`) begin with a capital. */
const TRIPLE = /(\p{Ll})\1\1/u;
const FOURFOLD = /(\p{L})\1\1\1/iu;
/** Letters that English all but never doubles, and a doubled letter at the beginning of a word. */
const ODD_PAIR = /([aiuhjkqvwxy])\1|^([^oel])\2/i;
const PAIR = /(\p{L})\1/giu;
const isMostlyPairs = (word: string) => (word.match(PAIR)?.length ?? 0) * 2 >= word.length * 0.75;

/** `thhee sserrvvicee`, `errrror`: a decoder that stutters. `aaa`, `www`, `hmm`, `committee` and `bookkeeper` do not. */
export const doubledLetters: TextRule = (text, { known }) => {
  const unusual = proseWords(text).filter((word) => word.length >= 4 && new Set(word.toLowerCase()).size > 2 && !isKnownWord(word, known));
  const long = unusual.filter((word) => word.length >= 5);
  const isStretched = long.some((word) => FOURFOLD.test(word)) || long.some((word) => /^\p{Ll}/u.test(word) && TRIPLE.test(word));
  const stuttered = unusual.filter((word) => ODD_PAIR.test(word) || isMostlyPairs(word));
  return isStretched || (stuttered.length >= 2 && stuttered.length > unusual.length * 0.2) ? 'letters are doubled' : null;
};

/** Words that English does put side by side. */
const MAY_DOUBLE = new Set([
  'had',
  'that',
  'is',
  'very',
  'so',
  'no',
  'many',
  'much',
  'far',
  'more',
  'again',
  'bye',
  'do',
  'in',
  'on',
  'over',
  'out',
]);

/** `the the service`, `the service the service`. Names (`Walla Walla`), numbers and quotes may repeat. */
export const doubledWords: TextRule = (text, { known }) => {
  const said = withoutQuotes(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const isDoubled = said.some((word, at) => {
    if (word !== said[at - 1]?.toLowerCase() || !/^\p{Ll}{2,}$/u.test(word)) return false;
    return (!MAY_DOUBLE.has(word) || word === said[at - 2]) && !known.includes(`${word} ${word}`);
  });
  return isDoubled || hasDoubledPhrase(said, known) ? 'words are doubled' : null;
};

/** Two to five words of prose that at once come again. */
function hasDoubledPhrase(said: readonly string[], known: string): boolean {
  return [2, 3, 4, 5].some((length) =>
    said.some((_, at) => {
      const phrase = said.slice(at, at + length);
      if (phrase.length < length || !phrase.every((word) => /^\p{L}[\p{Ll}'’-]*$/u.test(word))) return false;
      return (
        new Set(phrase).size > 1 &&
        phrase.every((word, index) => said[at + length + index] === word) &&
        !known.includes([...phrase, ...phrase].join(' '))
      );
    }),
  );
}

const SHARE_OF_FRAGMENTS = 0.4;

/** `t h e  s e r v i c e`, `con nec tion ti me out`: words in pieces. Letters as names (`a`, `I`, `x`, `E`) stand alone in between. */
export const shatteredWords: TextRule = (text) => {
  if (/(?:(?<!\p{L})\p{L}(?!\p{L})[ \t]+){6,}/u.test(withoutQuotes(text))) return 'words are in pieces';
  const said = tokens(withoutQuotes(text));
  const fragments = said.filter((word) => /^\p{Ll}{1,3}$/u.test(word) && !SHORT_WORDS.has(word));
  return said.length >= 8 && fragments.length > said.length * SHARE_OF_FRAGMENTS ? 'words are in pieces' : null;
};

const SHORT_WORDS = new Set(
  'a i an as at be by do go he if in is it me my no of on or so to up us we all and any are ask but can did end few for get got had has her him his how its kb let low max may min ms mb gb net new nor not now off old one our out own per put ran raw run s saw say see set she six sql ten the top try two use via was way web who why yes yet you cpu api app add bad big bit bug cut day due ip db io id vs etc hit job key lag led log map mix n p x far fix'.split(
    ' ',
  ),
);

/** The same sentence twice, or a run of eight words three times: a model in a loop. */
export const repeatedSentences: TextRule = (text) => {
  const sentences = sentencesOf(text).map((sentence) =>
    sentence
      .toLowerCase()
      .replace(/\[[^\]]*\]|[^\p{L}\p{N} ]/gu, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  const long = sentences.filter((sentence) => sentence.split(' ').length >= 4);
  if (new Set(long).size < long.length) return 'sentences are repeated';
  const said = tokens(text.toLowerCase());
  const seen = new Map<string, number>();
  for (let at = 0; at + 8 <= said.length; at++) {
    const run = said.slice(at, at + 8).join(' ');
    const times = (seen.get(run) ?? 0) + 1;
    if (times >= 3) return 'sentences are repeated';
    seen.set(run, times);
  }
  return null;
};
