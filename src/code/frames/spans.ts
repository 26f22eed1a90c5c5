import type { StackLanguage } from '../../domain/frame';
import type { LanguageParser, TraceLine } from './languageParser';
import { indentOf } from './text';

/** A run of lines that look like one language's stacks: the first and the last such line, by index. */
export interface LanguageSpan {
  readonly parser: LanguageParser;
  readonly first: number;
  readonly last: number;
}

interface OpenSpan {
  readonly first: number;
  last: number;
  /** Sum of weights, by parser, and the index of the parser with the highest. */
  readonly scores: number[];
  leader: number;
  /** Whether it has a line that no other language prints. */
  isCertain: boolean;
}

/**
 * Divides lines by language: a line that only another language prints ends a run, as does a gap of more than `maxGap` lines.
 * Once a language is certain, lines right below that begin alike are its. A line is shown first to the language that leads so far; a single line above a frame of the first parser is its header.
 */
export function languageSpans(
  lines: readonly TraceLine[],
  parsers: readonly LanguageParser[],
  hint: StackLanguage | null,
  maxGap: number,
): readonly LanguageSpan[] {
  const spans: OpenSpan[] = [];
  let weights: number[] | null = null;
  let open: OpenSpan | null = null;
  let previous = '';
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    const before = previous;
    previous = text;
    if (text === '') continue;
    if (open !== null && index - open.last > maxGap) open = null;
    if (open?.isCertain && open.last === index - 1 && beginsAlike(text, before)) {
      open.last = index;
      continue;
    }
    const own: number = open === null ? 0 : (parsers[open.leader]?.weigh(text, before) ?? 0);
    if (open !== null && (own === 2 || (own === 1 && open.isCertain))) {
      open.last = index;
      open.scores[open.leader] = (open.scores[open.leader] ?? 0) + own;
      if (own === 2) open.isCertain = true;
      continue;
    }
    if (index === 0 && isHeaderOf(parsers[0], text, lines[1])) {
      open = begin(spans, 1, parsers.length);
      open.scores[0] = 2;
      previous = lines[1]?.text ?? '';
      index = 1;
      continue;
    }
    weights ??= new Array<number>(parsers.length).fill(0);
    const most = weigh(text, before, parsers, weights, own === 0);
    if (most === 0) continue;
    if (open === null || !continues(open, weights)) {
      if (open !== null && most < 2) continue;
      open = begin(spans, index, parsers.length);
      open.isCertain = most === 2;
    }
    add(open, index, weights);
  }
  return spans.map((span) => ({ parser: best(span, parsers, hint), first: span.first, last: span.last }));
}

/** Whether a line is nothing to a parser that is sure of the next one. */
function isHeaderOf(parser: LanguageParser | undefined, text: string, next: TraceLine | undefined): boolean {
  return parser !== undefined && next !== undefined && parser.weigh(text, '') === 0 && parser.weigh(next.text, text) === 2;
}

/** Whether two lines have the same indentation and first three characters, as the frames of a stack have. */
function beginsAlike(text: string, before: string): boolean {
  const length = indentOf(text) + 3;
  for (let at = 0; at < length; at += 1) if (text.charCodeAt(at) !== before.charCodeAt(at)) return false;
  return length <= text.length;
}

function begin(spans: OpenSpan[], index: number, parserCount: number): OpenSpan {
  const open = { first: index, last: index, scores: new Array<number>(parserCount).fill(0), leader: 0, isCertain: true };
  spans.push(open);
  return open;
}

function add(open: OpenSpan, index: number, weights: readonly number[]): void {
  const { scores } = open;
  open.last = index;
  for (let at = 0; at < weights.length; at += 1) {
    scores[at] = (scores[at] ?? 0) + (weights[at] ?? 0);
    if ((scores[at] ?? 0) > (scores[open.leader] ?? 0)) open.leader = at;
  }
}

/** Fills in what each parser makes of a line, and gives the most of it. Where one may settle it, the others are not asked. */
function weigh(text: string, previous: string, parsers: readonly LanguageParser[], weights: number[], maySettle: boolean): number {
  let most = 0;
  for (let at = 0; at < parsers.length; at += 1) {
    const weight = parsers[at]?.weigh(text, previous) ?? 0;
    weights[at] = weight;
    if (weight === 2 && maySettle) {
      weights.fill(0, at + 1);
      return 2;
    }
    if (weight > most) most = weight;
  }
  return most;
}

/** Whether a line fits to a language that the run so far may well be in. */
function continues({ scores, leader }: OpenSpan, weights: readonly number[]): boolean {
  const likely = (scores[leader] ?? 0) / 2;
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at] ?? 0;
    if (score > 0 && score >= likely && (weights[at] ?? 0) > 0) return true;
  }
  return false;
}

/** The parser with the highest score; the hinted language's when it is not far behind. */
function best({ scores, leader }: OpenSpan, parsers: readonly LanguageParser[], hint: StackLanguage | null): LanguageParser {
  const top = scores[leader] ?? 0;
  const hinted =
    hint === null ? undefined : parsers.find((parser, at) => parser.language === hint && 2 * (scores[at] ?? 0) >= Math.max(1, top));
  return hinted ?? (parsers[leader] as LanguageParser);
}
