import type { StackLanguage } from '../../domain/frame';
import type { LanguageParser, TraceLine } from './languageParser';

/** A run of lines that look like one language's stacks: the first and the last such line, by index. */
export interface LanguageSpan {
  readonly parser: LanguageParser;
  readonly first: number;
  readonly last: number;
}

interface OpenSpan {
  readonly first: number;
  last: number;
  /** Sum of weights, by parser. */
  readonly scores: number[];
}

/** Divides lines by language: a line that only another language prints ends a run. */
export function languageSpans(
  lines: readonly TraceLine[],
  parsers: readonly LanguageParser[],
  hint: StackLanguage | null,
): readonly LanguageSpan[] {
  const spans: OpenSpan[] = [];
  let open: OpenSpan | null = null;
  const weights = new Array<number>(parsers.length).fill(0);
  for (let index = 0, previous = ''; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    const most = text === '' ? 0 : weigh(text, previous, parsers, weights);
    previous = text;
    if (most === 0) continue;
    if (open === null || !continues(open, weights)) {
      if (open !== null && most < 2) continue;
      open = { first: index, last: index, scores: parsers.map(() => 0) };
      spans.push(open);
    }
    open.last = index;
    for (let at = 0; at < weights.length; at += 1) open.scores[at] = (open.scores[at] ?? 0) + (weights[at] ?? 0);
  }
  return spans.flatMap(({ first, last, scores }) => {
    const parser = best(scores, parsers, hint);
    return parser === null ? [] : [{ parser, first, last }];
  });
}

/** Fills in what each parser makes of a line, and gives the most of it. */
function weigh(text: string, previous: string, parsers: readonly LanguageParser[], weights: number[]): number {
  let most = 0;
  for (let at = 0; at < parsers.length; at += 1) {
    const weight = parsers[at]?.weigh(text, previous) ?? 0;
    weights[at] = weight;
    if (weight > most) most = weight;
  }
  return most;
}

/** Whether a line fits to a language that the run so far may well be in. */
function continues(open: OpenSpan, weights: readonly number[]): boolean {
  const likely = Math.max(...open.scores) / 2;
  return open.scores.some((score, at) => score > 0 && score >= likely && (weights[at] ?? 0) > 0);
}

/** The parser with the highest score; the hinted language's when it is not far behind. */
function best(scores: readonly number[], parsers: readonly LanguageParser[], hint: StackLanguage | null): LanguageParser | null {
  const top = Math.max(...scores);
  const hinted = parsers.findIndex((parser, at) => parser.language === hint && 2 * (scores[at] ?? 0) >= top && (scores[at] ?? 0) > 0);
  return parsers[hinted === -1 ? scores.indexOf(top) : hinted] ?? null;
}
