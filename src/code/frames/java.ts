import type { StackException } from '../../domain/frame';
import { closeException, type OpenException, openException, type Relation } from './exceptions';
import { parseJavaFrame } from './javaFrame';
import type { LanguageParser, TraceLine } from './languageParser';
import { identifierAt, indentOf, rangeOf } from './text';

const MARKERS: readonly (readonly [string, Relation])[] = [
  ['Caused by: ', 'cause'],
  ['Suppressed: ', 'suppressed'],
  ['Wrapped by: ', 'context'],
];

/** More frames than these are a stack of their own, not lines of a message that look like frames. */
const MOST_FRAMES_IN_MESSAGE = 2;
const MAX_MESSAGE_LINES = 200;

/**
 * Stack traces of Java and Kotlin. Only the file's name is printed; the package stands in the function. Frames that Java
 * leaves out because the enclosing trace has them (`... 3 more`) are left out here too.
 */
export const javaParser: LanguageParser = {
  language: 'java',
  weigh(line) {
    if (line.includes('(')) {
      const frame = parseJavaFrame(line);
      if (frame !== null) return frame.file !== null || frame.kind === 'native' ? 2 : 1;
    }
    return line.includes('Caused by: ') && readMarked(line.trim()) !== null ? 1 : 0;
  },
  parse: (lines) => new JavaReader().read(lines),
};

interface Header {
  readonly type: string;
  readonly message: string;
  readonly relation: Relation;
}

class JavaReader {
  readonly #exceptions: OpenException[] = [];
  #open: OpenException | null = null;
  /** A header whose frames have not come yet and may never, and what followed it. */
  #header: Header | null = null;
  #isHeaderLogged = false;
  #between: string[] = [];
  #frameTexts: string[] = [];
  /** Indentation of `Suppressed:`; what is indented deeper belongs to the suppressed exception. */
  #suppressed: number | null = null;

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) {
      const frame = parseJavaFrame(line.text);
      if (frame === null) {
        this.#readText(line);
        continue;
      }
      const open = this.#openForFrame();
      open.frames.push({ ...frame, range: rangeOf(line) });
      if (this.#frameTexts.length <= MOST_FRAMES_IN_MESSAGE) this.#frameTexts.push(line.text);
    }
    return inOrder(this.#exceptions).map(closeException);
  }

  #openForFrame(): OpenException {
    const header = this.#header;
    const between = this.#between;
    this.#between = [];
    this.#header = null;
    if (header !== null) {
      const open = this.#begin(header);
      open.message.push(...between);
      return open;
    }
    const open = this.#open;
    if (open === null) return this.#begin({ type: 'Exception', message: '', relation: null });
    if (between.length === 0) return open;
    if (open.frames.length === 0) open.message.push(...between);
    else if (this.#frameTexts.length > MOST_FRAMES_IN_MESSAGE) return this.#begin({ type: 'Exception', message: '', relation: null });
    else {
      open.message.push(...this.#frameTexts, ...between);
      open.frames = [];
      this.#frameTexts = [];
    }
    return open;
  }

  #begin({ type, message, relation }: Header): OpenException {
    this.#open = openException(type, message, this.#exceptions.length === 0 ? null : relation);
    this.#exceptions.push(this.#open);
    this.#frameTexts = [];
    if (relation === null) this.#suppressed = null;
    return this.#open;
  }

  #readText(line: TraceLine): void {
    const text = line.text.trim();
    if (isElision(text)) return;
    const marked = readMarked(text);
    if (marked !== null) this.#beginMarked(marked, indentOf(line.text));
    else this.#readUnmarked(line, text);
  }

  /** A cause of what was suppressed is no cause of what reached the top. */
  #beginMarked(header: Header, indent: number): void {
    if (this.#header !== null) this.#openForFrame();
    this.#between = [];
    if (this.#suppressed !== null && indent < this.#suppressed) this.#suppressed = null;
    if (header.relation === 'cause' && indent === this.#suppressed && indent === 0) this.#suppressed = null;
    const isSuppressed = this.#suppressed !== null && header.relation === 'cause';
    if (header.relation === 'suppressed') this.#suppressed = indent;
    this.#begin(isSuppressed ? { ...header, relation: 'suppressed' } : header);
  }

  #readUnmarked(line: TraceLine, text: string): void {
    const isWithin = this.#header !== null || (this.#open !== null && this.#open.frames.length === 0);
    const isAfterFrameless = this.#header === null && this.#between.at(-1)?.trim() === '';
    const isNewEntry = (line.hasPrefix === true && !this.#isHeaderLogged) || isAfterFrameless;
    const header = isWithin && !isNewEntry && this.#between.length < MAX_MESSAGE_LINES ? null : readHeader(text);
    if (header !== null) {
      this.#header = header;
      this.#isHeaderLogged = line.hasPrefix === true;
      this.#between = [];
    } else if (this.#header !== null || this.#open !== null) {
      if (text !== '' || isWithin) this.#between.push(line.text);
    }
  }
}

/** Printed with the root cause first, an exception follows what it wraps; here the one that reached the top is the first. */
function inOrder(exceptions: readonly OpenException[]): readonly OpenException[] {
  if (!exceptions.some(({ relation }) => relation === 'context')) return exceptions;
  const traces: OpenException[][] = [];
  for (const exception of exceptions) {
    if (exception.relation === null) traces.push([exception]);
    else traces.at(-1)?.push(exception);
  }
  return traces.flatMap((trace) => {
    if (!trace.some(({ relation }) => relation === 'context')) return trace;
    return trace.toReversed().map((exception, index) => ({ ...exception, relation: index === 0 ? null : 'cause' }));
  });
}

/** `... 3 more`, `... 27 common frames omitted`. */
const isElision = (text: string) => text.startsWith('... ') && (text.endsWith(' more') || text.includes(' frames '));

function readMarked(text: string): Header | null {
  for (const [marker, relation] of MARKERS) {
    if (!text.startsWith(marker)) continue;
    const type = identifierAt(text, marker.length);
    if (type !== '') return { type, message: messageAfter(text, marker.length + type.length), relation };
  }
  return null;
}

function readHeader(text: string): Header | null {
  const from = typeStart(text);
  const type = identifierAt(text, from);
  const next = text[from + type.length];
  if (!isExceptionName(type) || (next !== undefined && next !== ':')) return null;
  return { type, message: messageAfter(text, from + type.length), relation: null };
}

/** `Exception in thread "main" ` stands before the type when nobody caught it. */
function typeStart(text: string): number {
  if (!text.startsWith('Exception in thread "')) return 0;
  const quote = text.indexOf('" ', 21);
  return quote === -1 ? 0 : quote + 2;
}

function messageAfter(text: string, from: number): string {
  return text.startsWith(': ', from) ? text.slice(from + 2) : '';
}

function isExceptionName(name: string): boolean {
  return name.endsWith('Exception') || name.endsWith('Error') || name.endsWith('Throwable') || (name.includes('.') && isClassName(name));
}

function isClassName(name: string): boolean {
  const initial = name.slice(name.lastIndexOf('.') + 1).charAt(0);
  return initial !== initial.toLowerCase();
}
