import type { TraceLine } from './languageParser';
import { prefixLength } from './linePrefix';
import type { PreparedText } from './preparedText';
import type { Region } from './regions';

/** The most of a line that is read. */
const MAX_LINE_CHARS = 4_000;

/** The lines of a part of a text, without line ends, log prefixes and quoting. */
export function traceLinesOf(prepared: PreparedText, region: Region): TraceLine[] {
  const lines: TraceLine[] = [];
  const { text } = prepared;
  for (let start = region.start; start <= region.end; ) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline;
    const end = contentEnd(text, start, next);
    const whole = text.slice(start, Math.min(end, start + MAX_LINE_CHARS));
    const prefix = prefixLength(whole);
    lines.push({
      text: prefix === 0 ? whole : whole.slice(prefix),
      start: prepared.originOf(start + prefix),
      end: prepared.originOf(end),
      hasPrefix: prefix > 0,
    });
    start = next + 1;
  }
  return lines;
}

/** Without a carriage return, and without the fence of a code block that was closed on the line. */
function contentEnd(text: string, start: number, next: number): number {
  const end = next > start && text.charCodeAt(next - 1) === 13 ? next - 1 : next;
  return end - start > 3 && text.endsWith('```', end) ? end - 3 : end;
}
