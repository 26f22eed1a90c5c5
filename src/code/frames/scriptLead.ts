import type { TraceLine } from './languageParser';
import { placeOf } from './place';
import { readHeaderWithin, readScriptHeader, readUnusualHeader, type ScriptHeader } from './scriptHeader';
import { indentOf } from './text';

/** The most lines of unknown form right before the frames that are taken for a message. */
const MAX_MESSAGE_LINES = 10;
/** The line of source code that Node.js prints above an exception that nobody caught. */
export interface PrintedSource {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/** What stands before the frames of an exception. */
export interface ScriptLead {
  readonly header: ScriptHeader | null;
  /** What follows the header's line. */
  readonly message: readonly string[];
  readonly source: PrintedSource | null;
  /** Whether the header is the value of a property, as in `cause: Error: x`. */
  readonly isProperty: boolean;
}

const NOTHING: ScriptLead = { header: null, message: [], source: null, isProperty: false };

/**
 * Finds the header in the lines before a frame. A message may contain headers, so the first of a paragraph counts; what
 * belongs to an earlier entry of a log does not.
 */
export function leadOf(lines: readonly TraceLine[], frame: TraceLine): ScriptLead {
  if (lines.length === 0) return NOTHING;
  const from = entryStart(lines, frame);
  const found = headerIn(lines, from);
  if (found !== null) return leadAt(lines, found.at, found.header, false);
  const paragraph = paragraphStart(lines, from);
  for (let index = paragraph; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    const unusual = readUnusualHeader(text);
    const header = unusual ?? readHeaderWithin(text);
    if (header !== null) return leadAt(lines, index, header, unusual === null && indentOf(text) > 0);
  }
  const message = lines.slice(Math.max(paragraph, lines.length - MAX_MESSAGE_LINES)).map(({ text }) => text);
  return { header: null, message, source: sourceIn(lines, lines.length), isProperty: false };
}

function leadAt(lines: readonly TraceLine[], at: number, header: ScriptHeader, isProperty: boolean): ScriptLead {
  const message = at === lines.length - 1 ? NOTHING.message : lines.slice(at + 1).map(({ text }) => text);
  return { header, message, source: at < 3 ? null : sourceIn(lines, at), isProperty };
}

/** Where the log's entry that holds the frames begins: at the last line with a prefix, when the frames have none. */
function entryStart(lines: readonly TraceLine[], frame: TraceLine): number {
  if (frame.hasPrefix === true) return 0;
  let at = lines.length - 1;
  while (at > 0 && lines[at]?.hasPrefix !== true) at -= 1;
  return Math.max(0, at);
}

/** The last header, or an earlier one of the same paragraph; null when there is none. */
function headerIn(lines: readonly TraceLine[], from: number): { readonly at: number; readonly header: ScriptHeader } | null {
  let found: { at: number; header: ScriptHeader } | null = null;
  for (let at = lines.length - 1; at >= from; at -= 1) {
    const text = lines[at]?.text ?? '';
    if (found !== null && text.trim() === '') break;
    const header = readScriptHeader(text);
    if (header !== null) found = { at, header };
  }
  return found;
}

/** Where the lines begin that stand right above the frames, without an empty one between. */
function paragraphStart(lines: readonly TraceLine[], from: number): number {
  let index = lines.length;
  while (index > from && lines[index - 1]?.text.trim() !== '') index -= 1;
  return index;
}

/** `path:line`, the line of code, a line of carets; in the lines before `end`. */
function sourceIn(lines: readonly TraceLine[], end: number): PrintedSource | null {
  for (let index = end - 1; index >= 2; index -= 1) {
    if (!isCarets(lines[index]?.text ?? '')) continue;
    const place = placeOf(lines[index - 2]?.text.trim() ?? '');
    return place === null ? null : { file: place.file, line: place.line, code: lines[index - 1]?.text.trim() ?? '' };
  }
  return null;
}

function isCarets(line: string): boolean {
  if (!line.includes('^')) return false;
  return line.trim().replaceAll('^', '') === '';
}
