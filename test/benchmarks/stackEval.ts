import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resolveStackIn } from '../../src/engine/resolveStackIn';
import { Workspaces } from '../../src/engine/workspaces';
import { compareJavaScriptParsers, type ParserComparison } from './javascriptParsers';
import type { StackCases } from './stackCases';
import { scoreMapping, whyNotExact } from './stackScore';

export interface LanguageScore {
  readonly language: string;
  readonly traces: number;
  readonly exact: number;
  /** Places in source code that are expected of the traces recorded from known programs. */
  readonly places: number;
  readonly mapped: number;
  readonly wrong: number;
}

export interface StackEvaluation {
  readonly languages: readonly LanguageScore[];
  readonly misses: readonly { readonly id: string; readonly why: string }[];
  readonly parsers: readonly ParserComparison[];
}

const log = { info: () => {}, error: () => {} };

/** Reads and places every trace of the benchmark as `aidog stack` does, and beside it compares parsers on the JavaScript ones. */
export async function evaluateStackTraces(benchmark: StackCases, signal: AbortSignal): Promise<StackEvaluation> {
  const javascript = benchmark.cases.filter(({ language }) => language === 'javascript');
  const parsers = compareJavaScriptParsers(javascript.map((stackCase) => ({ stackCase, text: benchmark.textOf(stackCase) })));
  return { ...(await scoreStackTraces(benchmark, signal)), parsers };
}

/** The scores without the comparison. */
export async function scoreStackTraces(
  { root, cases, textOf }: StackCases,
  signal: AbortSignal,
): Promise<Pick<StackEvaluation, 'languages' | 'misses'>> {
  const scores = new Map<string, { -readonly [K in keyof LanguageScore]: LanguageScore[K] }>();
  const misses: { id: string; why: string }[] = [];
  const isMarked = markedLines(root);
  for (const stackCase of cases) {
    const { id, language } = stackCase;
    const score = scores.get(language) ?? { language, traces: 0, exact: 0, places: 0, mapped: 0, wrong: 0 };
    scores.set(language, score);
    const question = { text: textOf(stackCase), commit: null, service: null, dirs: [root] };
    // As in a process of its own: nothing that one trace taught helps the next.
    const traces = await resolveStackIn(question, new Workspaces(log), signal);
    const why = whyNotExact(stackCase, traces);
    const mapping = scoreMapping(stackCase, traces, isMarked);
    score.traces += 1;
    score.exact += why === null ? 1 : 0;
    score.places += mapping.expected;
    score.mapped += mapping.right;
    score.wrong += mapping.wrong.length;
    if (why !== null) misses.push({ id, why });
    if (mapping.right < mapping.expected) misses.push({ id, why: `${mapping.right} of ${mapping.expected} places found` });
    for (const place of mapping.wrong) misses.push({ id, why: `${place} is in no trace` });
  }
  return { languages: [...scores.values()].sort((left, right) => right.traces - left.traces), misses };
}

/** The programs that the traces were recorded from mark every line that is in a trace with a comment. */
function markedLines(root: string): (file: string, line: number) => boolean {
  const texts = new Map<string, readonly string[]>();
  return (file, line) => {
    const lines = texts.get(file) ?? readFileSync(path.join(root, file), 'utf8').split('\n');
    texts.set(file, lines);
    return lines[line - 1]?.includes('FRAME_') ?? false;
  };
}
