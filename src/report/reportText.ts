import { formatDateTime } from '../domain/format';
import { oneLine } from '../domain/plainText';

/** A line of a report never grows longer than this by what telemetry puts in it. */
const MAX_TEXT = 300;
const MAX_PARAGRAPH = 1500;
/** Longer lines of prose are hard to read, however wide the window. */
export const PROSE_COLUMNS = 110;

/** Text from elsewhere as text on one line: no control character of it reaches a terminal. */
export const shown = (text: string): string => oneLine(text, MAX_TEXT);

/** `3 Nov 2026, 14:02 UTC` of an ISO time; what is none stays as it is. */
export function timeText(iso: string): string {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? shown(iso) : `${formatDateTime(ms, { timeZone: 'UTC' })} UTC`;
}

/** Sentences as lines of at most so many characters behind an indent; a longer word has a line of its own. */
export function paragraph(text: string, indent: string, columns = PROSE_COLUMNS): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text, MAX_PARAGRAPH).split(' ')) {
    if (line !== '' && indent.length + line.length + word.length >= columns) {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}
