import type { StackException, StackLanguage, StackTrace } from '../../domain/frame';
import type { LanguageParser } from './languageParser';
import { parsePlain } from './plain';
import { type PreparedText, prepareText } from './preparedText';
import { MAX_CONTEXT_LINES, type Region, regionsAround } from './regions';
import { PARSERS } from './registry';
import { languageSpans } from './spans';
import { tracesOf } from './stackTrace';
import { traceLinesOf } from './traceLines';

/** A text up to this long is read line by line; in a longer one the lines that may belong to stacks are searched for first. */
const MAX_SMALL_CHARS = 20_000;

/** So many traces of one text are read; a text with more of them in a few megabytes only looks like stacks. */
const MAX_TRACES = 20_000;

const EVERY_PARSER = PARSERS.map(({ parser }) => parser);

/** The parser of the hinted language is asked first. */
function inOrder(parsers: readonly LanguageParser[], hint: StackLanguage | null): readonly LanguageParser[] {
  const hinted = hint === null ? undefined : parsers.find(({ language }) => language === hint);
  return hinted === undefined ? parsers : [hinted, ...parsers.filter((parser) => parser !== hinted)];
}

/**
 * Reads every stack trace in a text, whatever stands around them: log lines, quoting, colours, JSON. Traces keep their order;
 * in each the exception that reached the top comes first, and frames are innermost first. Ranges are offsets in `text`. A
 * `hint` settles which language it is when the lines fit to several. Takes time linear in the text, of which the first 20,000 traces
 * are read.
 */
export function parseStackTraces(text: string, hint: StackLanguage | null = null): StackTrace[] {
  const prepared = prepareText(text);
  const traces: StackTrace[] = [];
  if (prepared.text.length <= MAX_SMALL_CHARS) {
    readRegion(prepared, { start: 0, end: prepared.text.length }, inOrder(EVERY_PARSER, hint), hint, traces);
    return traces;
  }
  const found = PARSERS.flatMap(({ parser, markers }) => {
    const present = markers.filter((marker) => prepared.text.includes(marker));
    return present.length === 0 ? [] : [{ parser, present }];
  });
  const parsers = inOrder(
    found.map(({ parser }) => parser),
    hint,
  );
  const markers = [...new Set(found.flatMap(({ present }) => present))];
  for (const region of regionsAround(prepared.text, markers)) {
    if (traces.length >= MAX_TRACES) break;
    readRegion(prepared, region, parsers, hint, traces);
  }
  return traces;
}

/** Parses the runs of one language each; lines between two runs are offered to both, but for those that a trace took. */
function readRegion(
  prepared: PreparedText,
  region: Region,
  parsers: readonly LanguageParser[],
  hint: StackLanguage | null,
  traces: StackTrace[],
): void {
  const lines = traceLinesOf(prepared, region);
  const spans = languageSpans(lines, parsers, hint, MAX_CONTEXT_LINES);
  let taken = 0;
  for (let index = 0; index < spans.length && traces.length < MAX_TRACES; index += 1) {
    const { parser, first, last } = spans[index] as (typeof spans)[number];
    const from = Math.max(taken, first - MAX_CONTEXT_LINES);
    const end = Math.min(spans[index + 1]?.first ?? lines.length, last + 1 + MAX_CONTEXT_LINES);
    const part = from === 0 && end === lines.length ? lines : lines.slice(from, end);
    taken = from;
    for (const { trace, next } of tracesOf(parser.language, parser.parse(part), part)) {
      traces.push(trace);
      taken = from + next;
    }
  }
}

/**
 * The exceptions of the first stack trace in a text, such as a span's `error.stack`: the outermost first, what caused it after.
 * Frames carry no ranges. An empty list when there is no stack in the text.
 */
export function parseStack(text: string): readonly StackException[] {
  const [trace] = parseStackTraces(text);
  return trace === undefined ? parsePlain(text) : trace.exceptions.map(withoutRanges);
}

function withoutRanges(exception: StackException): StackException {
  return { ...exception, frames: exception.frames.map(({ range: _, ...frame }) => frame) };
}
