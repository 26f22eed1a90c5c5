import { stemmer } from 'stemmer';
import { plainWords } from './opsWords';
import { STOP_WORDS } from './stopWords';

const RUN = /[\p{L}\p{N}\p{M}_]+/gu;
const MAX_RUN = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: line ends and tabs are ordinary text
const ASCII = /^[\x00-\x7f]*$/;
const ASCII_RUN = /[A-Za-z0-9_]+/g;
/** Scripts without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** `HTTPServer` is two words, `payLater` is two, `p95` and `5xx` are one. */
const CAMEL = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const MAX_STEMS_KEPT = 20_000;

const stems = new Map<string, string>();

/**
 * The words of a text as a search compares them, in order: identifiers are split at capitals, `_`, `-`, `.` and `/`, abbreviations
 * of operations are written out, stop words left out, the rest stemmed (Porter 1980). Linear in the length of the text.
 */
export const tokensOf = (text: string): string[] => wordsOf(text).map(stemOf);

/** The same before stemming. */
export function wordsOf(text: string): string[] {
  const tokens: string[] = [];
  const normal = ASCII.test(text) ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '');
  for (const [run] of normal.matchAll(ASCII.test(normal) ? ASCII_RUN : RUN)) addRun(run.slice(0, MAX_RUN), tokens);
  return tokens;
}

function addRun(run: string, tokens: string[]): void {
  if (!ASCII.test(run) && UNSPACED.test(run)) addPairs(run, tokens);
  // An error code such as `EAI_AGAIN` or `CERT_HAS_EXPIRED`, or `OOMKilled`: known as a whole.
  else if (plainWords(run.toLowerCase())[0] !== run.toLowerCase()) addWord(run.toLowerCase(), tokens);
  else
    for (const part of run.split('_')) {
      if (part === '') continue;
      for (const word of /\p{Lu}/u.test(part) ? part.split(CAMEL) : [part]) addWord(word.toLowerCase(), tokens);
    }
}

function addWord(word: string, tokens: string[]): void {
  if (STOP_WORDS.has(word)) return;
  for (const plain of plainWords(word)) if (!STOP_WORDS.has(plain) && (plain.length > 1 || /\d/.test(plain))) tokens.push(plain);
}

/** Two characters at a time, as is usual for scripts without spaces. */
function addPairs(run: string, tokens: string[]): void {
  const characters = [...run.toLowerCase()];
  for (let index = 0; index + 1 < characters.length; index++) tokens.push(`${characters[index]}${characters[index + 1]}`);
  if (characters.length === 1) tokens.push(run);
}

/** Of a word in lower case. */
export function stemOf(word: string): string {
  if (!/^[a-z]{3,40}$/.test(word)) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MAX_STEMS_KEPT) stems.clear();
  const stem = stemmer(word);
  stems.set(word, stem);
  return stem;
}
