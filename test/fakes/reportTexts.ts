import type { Investigation } from '../../src/domain/investigation';

/** A text that a person reads, and where it stands. */
export interface ReportText {
  readonly where: string;
  readonly text: string;
  /** A heading ends without a full stop; a sentence with one. */
  readonly kind: 'heading' | 'sentences';
}

/** All that code words itself in a report; facts are told in the words of telemetry and are left out. */
export function reportTexts({
  incident,
  summary,
  hypotheses,
  steps,
  recommendations,
  testPlan,
  checks,
  ruledOut,
}: Investigation): ReportText[] {
  const heading = (where: string, text: string): ReportText => ({ where, text, kind: 'heading' });
  const sentences = (where: string, text: string | undefined): ReportText[] =>
    text === undefined || text === '' ? [] : [{ where, text, kind: 'sentences' }];
  return [
    heading('title of the incident', incident.title),
    ...sentences('summary', summary),
    ...hypotheses.flatMap(({ id, title, explanation, nextQuery }) => [
      heading(`title of ${id}`, title),
      ...sentences(`explanation of ${id}`, explanation),
      ...(nextQuery ? [heading(`next query of ${id}`, nextQuery.title)] : []),
    ]),
    ...[...steps, ...recommendations].flatMap(({ id, title, rationale }) => [
      heading(`title of ${id}`, title),
      ...sentences(`rationale of ${id}`, rationale),
    ]),
    ...(testPlan?.cases ?? []).flatMap(({ id, title, description, steps: lines }) => [
      heading(`title of ${id}`, title),
      ...sentences(`description of ${id}`, description),
      ...lines.flatMap((line, at) => sentences(`step ${at + 1} of ${id}`, line)),
    ]),
    ...(checks ?? []).flatMap(({ type, summary: said }) => sentences(`check ${type}`, said)),
    ...(ruledOut ?? []).flatMap(({ type, reason }) => sentences(`ruled out ${type}`, reason)),
  ];
}

const MAX_WORDS = 40;
/** Code has no empty values in its words; a message that is quoted may have. */
const EMPTY = /\b(?:undefined|NaN|null|\[object Object\])\b/;
const FROM_TO = /\bfrom (\S+(?: [^\d\s]\S*)?) to \1(?=[\s,.;:)]|$)/;

/**
 * What is wrong with how a text reads; nothing where nothing is. Names are those of services, metrics and functions, which keep small
 * letters; `quoted` is telemetry, which may be quoted.
 */
export function readingFaults({ text, kind }: ReportText, names: readonly string[], quoted: string): string[] {
  const own = withoutQuotes(text);
  const sentences = sentencesOf(text).map(withoutQuotes);
  const small = (kind === 'heading' ? [own] : sentences).filter((one) => /^\p{Ll}/u.test(one) && !isName(one, names));
  const [long] = sentences.filter((one) => one.split(/\s+/).length > MAX_WORDS);
  return [
    ...small.map((one) => `begins small: ${one.slice(0, 60)}`),
    ...(kind === 'sentences' && !/[.!?…]["”')\]]?$/.test(text) && !/Query: \S.*$/.test(text) ? ['has no end'] : []),
    ...(kind === 'heading' && /(?<!\.\.)\.$/.test(text) ? ['ends like a sentence'] : []),
    ...(/ {2}|\s$|^\s| [,.;:](?=\s|$)|\.\.(?!\.)(?<!\.\.\.)|,,|;;/.test(own) ? ['spaces or marks are doubled or lost'] : []),
    ...(/(?<![\w-])([\p{L}]{2,}) \1(?![\w-])/u.test(own) ? ['a word is doubled'] : []),
    ...(EMPTY.test(own) && !EMPTY.test(quoted) ? ['names an empty value'] : []),
    ...(/more characters\)/.test(text) ? ['is cut with a count'] : []),
    ...(FROM_TO.test(own) ? [`goes nowhere: ${FROM_TO.exec(own)?.[0]}`] : []),
    ...(/\b1 [a-z]+s (?!before\b)|: none were found\.?$/.test(kind === 'heading' ? own : '') ? ['is no title'] : []),
    ...(long === undefined ? [] : [`has a sentence of ${long.split(/\s+/).length} words: ${long.slice(0, 80)}`]),
  ];
}

/** A citation ends a sentence too, whatever name the next one begins with. */
const sentencesOf = (text: string) => text.split(/(?<=[.!?])\s+(?=[\p{Lu}“"])|(?<=\]\.) /u);

/** Quotes are of telemetry, and citations no words. */
const withoutQuotes = (text: string) => text.replace(/ \[E\d+(?:, E\d+)*\]/g, '').replace(/"[^"]*"+|“[^”]*”/g, '"…"');

const isName = (text: string, names: readonly string[]) =>
  names.some((name) => text.startsWith(name)) || /^\p{Ll}+(?:[._:/@\d-]|\p{Lu})/u.test(text);
