import { ownWords } from '../domain/ownWords';
import type { FileDiff } from './unifiedDiff';

const STOP = new Set(
  'error errors exception failed failure cannot could properties property undefined null reading value type with from that this have when then does exist exists select where order group limit insert update delete into values count http https post null false true service request response status code message get the and for not was were are but line file function object string number while after before call calls called return returned invalid unexpected expected found index async await const node_modules internal server client localhost timeout'.split(
    ' ',
  ),
);

/** Words of at least four letters in text or code, lower case; names in camel or snake case count whole and in parts. */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [name] of text.slice(0, 100_000).matchAll(/[A-Za-z_][A-Za-z0-9_]{3,60}/g)) {
    add(words, name);
    for (const part of name.split(/_+|(?<=[a-z0-9])(?=[A-Z])/)) add(words, part);
  }
  return words;
}

function add(words: Set<string>, name: string): void {
  const word = name.toLowerCase();
  if (word.length >= 4 && !STOP.has(word) && !/^[a-f0-9]{8,}$/.test(word)) words.add(word);
}

/** Names that an error message puts between quotes: a column, a property, a table. */
export function quotedNames(text: string): string[] {
  const found = [...text.slice(0, 10_000).matchAll(/['"`]([A-Za-z_][\w.-]{3,60})['"`]/g)].map((match) => match[1] ?? '');
  return [...new Set(found)].filter((name) => !STOP.has(name.toLowerCase()));
}

/** Names in capitals of several words, as variables of the environment have. */
export const variableNames = (text: string): string[] => [
  ...new Set(text.slice(0, 10_000).match(/(?<!\w)[A-Z][A-Z0-9]{0,30}(?:_[A-Z0-9]{1,30}){1,6}(?!\w)/g) ?? []),
];

/** Whether a name stands in a text by itself, not as part of another. */
export function isMentioned(text: string, name: string): boolean {
  if (name === '') return false;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!/\w/.test(text[at - 1] ?? ' ') && !/\w/.test(text[at + name.length] ?? ' ')) return true;
  }
  return false;
}

/** Whether a word is part of the failing service's name, which nearly all that is said there holds. */
export const isServiceName = (word: string, { service }: { readonly service: string | null }): boolean =>
  service?.toLowerCase().includes(word) === true;

/** The changed lines of a diff, added and removed. */
export function changedText(files: readonly FileDiff[], kinds: readonly ('added' | 'removed')[] = ['added', 'removed']): string {
  return files
    .flatMap((file) => file.hunks.flatMap((hunk) => hunk.lines))
    .filter((line) => line.kind !== 'context' && kinds.includes(line.kind))
    .map((line) => line.text)
    .join('\n');
}

/** How rare each word is among some texts: 1 for a word of a single text, towards 0 for one of every text. */
export function rarity(texts: readonly ReadonlySet<string>[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const total = Math.log(1 + texts.length);
  return (word) => Math.log(1 + texts.length / (counts.get(word) ?? 1)) / Math.max(total, 1e-9);
}

const EXTERNAL =
  /econnre(?:fused|set)|\benotfound|eai_again|etimedout|ehostunreach|socket hang up|connection re(?:fused|set)|no such host|did not answer|bad gateway|gateway timeout|unavailable|upstream|database system is (?:in recovery|starting up|shutting down)|not accepting connections|answered 5|status code 5|status 5|\b50[234]\b/i;

/** Whether an error says that something else did not answer: then the frames show who asked, not who is at fault. */
export const isExternalFailure = (errorText: string): boolean => EXTERNAL.test(ownWords(errorText));
