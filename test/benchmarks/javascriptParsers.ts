import packaged from 'error-stack-parser';
import { parse as parseWithStacktraceParser } from 'stacktrace-parser';
import { parseStackTraces } from '../../src/code/frames/parseStack';
import { median } from './measurement';
import type { StackCase } from './stackCases';
import { type ScoredFrame, whyFramesDiffer } from './stackScore';

/** The package sets `exports.default` without saying that it is an ES module, so loaders disagree about what its default is. */
const errorStackParser = ('default' in packaged ? packaged.default : packaged) as typeof packaged;

export interface JavaScriptParser {
  readonly name: string;
  /** The frames of the exception that reached the top; an empty list where the parser finds none. */
  frames(text: string): readonly ScoredFrame[];
}

/** Ours first, then the two packages that most tools use. */
export const javascriptParsers: readonly JavaScriptParser[] = [
  {
    name: 'AIDog',
    frames(text) {
      const exceptions = parseStackTraces(text).flatMap((trace) => trace.exceptions);
      return (exceptions.find(({ relation }) => relation === null) ?? exceptions[0])?.frames ?? [];
    },
  },
  {
    name: 'error-stack-parser',
    frames(text) {
      const error = Object.assign(new Error(), { stack: text });
      try {
        return errorStackParser.parse(error).map(({ functionName, fileName, lineNumber, columnNumber }) => ({
          function: functionName ?? null,
          file: fileName ?? null,
          line: lineNumber ?? null,
          column: columnNumber ?? null,
        }));
      } catch {
        return [];
      }
    },
  },
  {
    name: 'stacktrace-parser',
    frames: (text) =>
      parseWithStacktraceParser(text).map(({ methodName, file, lineNumber, column }) => ({
        function: methodName === '<unknown>' ? null : methodName,
        file,
        line: lineNumber,
        column,
      })),
  },
];

export interface ParserComparison {
  readonly name: string;
  readonly traces: number;
  readonly exact: number;
  /** Frames per second over the same texts, counted by what the texts have. */
  readonly framesPerSec: number;
}

/** Each parser on the same JavaScript traces: how many it reads exactly, and how fast, in rounds that take turns. */
export function compareJavaScriptParsers(cases: readonly { readonly stackCase: StackCase; readonly text: string }[]): ParserComparison[] {
  const frameCount = cases.reduce((sum, { stackCase }) => sum + (stackCase.frameCount ?? stackCase.topFrames.length), 0);
  const speeds = timeParsers(cases.map(({ text }) => text));
  return javascriptParsers.map((parser, at) => ({
    name: parser.name,
    traces: cases.length,
    exact: cases.filter(({ stackCase, text }) => whyFramesDiffer(stackCase, parser.frames(text)) === null).length,
    framesPerSec: frameCount / ((speeds[at] ?? Number.NaN) / 1000),
  }));
}

const ROUNDS = 9;
const ROUND_MS = 60;

/** Milliseconds that each parser needs for all texts once: the median of rounds that take turns, so that all see the same machine. */
export function timeParsers(texts: readonly string[], parsers = javascriptParsers): number[] {
  const times = parsers.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [at, parser] of parsers.entries()) {
      const startMs = performance.now();
      let passes = 0;
      for (; passes === 0 || performance.now() - startMs < ROUND_MS; passes += 1) for (const text of texts) parser.frames(text);
      // The first round warms up.
      if (round > 0) times[at]?.push((performance.now() - startMs) / passes);
    }
  }
  return times.map(median);
}
