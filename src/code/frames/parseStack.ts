import type { StackException, StackLanguage, StackTrace } from '../../domain/frame';
import type { LanguageParser } from './languageParser';
import { parsePlain } from './plain';
import { type PreparedText, prepareText } from './preparedText';
import { type Region, regionsAround } from './regions';
import { PARSERS } from './registry';
import { languageSpans } from './spans';
import { tracesOf } from './stackTrace';
import { traceLinesOf } from './traceLines';

/**
 * Reads every stack trace in a text, whatever stands around them: log lines, quoting, colours, JSON. Traces keep their order;
 * in each the exception that reached the top comes first, and frames are innermost first. Ranges are offsets in `text`. A
 * `hint` settles which language it is when the lines fit to several. Takes time linear in the text.
 */
export function parseStackTraces(text: string, hint: StackLanguage | null = null): StackTrace[] {
  const prepared = prepareText(text);
  const found = PARSERS.flatMap(({ parser, markers }) => {
    const present = markers.filter((marker) => prepared.text.includes(marker));
    return present.length === 0 ? [] : [{ parser, present }];
  });
  const traces: StackTrace[] = [];
  const parsers = found.map(({ parser }) => parser);
  const markers = [...new Set(found.flatMap(({ present }) => present))];
  for (const region of regionsAround(prepared.text, markers)) readRegion(prepared, region, parsers, hint, traces);
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
  const spans = languageSpans(lines, parsers, hint);
  let from = 0;
  spans.forEach(({ parser }, index) => {
    const part = lines.slice(from, spans[index + 1]?.first ?? lines.length);
    const found = tracesOf(parser.language, parser.parse(part), part);
    for (const { trace } of found) traces.push(trace);
    from += found.at(-1)?.next ?? 0;
  });
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
