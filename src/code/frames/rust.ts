import type { StackException, TextRange } from '../../domain/frame';
import { closeException, type OpenException, openException } from './exceptions';
import type { LanguageParser, TraceLine } from './languageParser';
import type { Place } from './place';
import { quotedPanic, readInlinedName, readRustName, readRustPanic, readRustPlace } from './rustFrame';
import { kindOfRustFrame } from './rustOrigin';
import { rangeOf } from './text';

const MAX_MESSAGE_LINES = 100;
const OVERFLOW = ' has overflowed its stack';

/** Panics of Rust in both wordings, with short, full or no backtrace, and errors with one, as `anyhow` prints them. */
export const rustParser: LanguageParser = {
  language: 'rust',
  weigh(line, previous) {
    if (line.includes(' panicked at ')) return readRustPanic(line) === null ? 0 : 2;
    if (line.includes('::')) return isPath(readRustName(line)) ? 2 : 0;
    if (line.includes('.rs:')) return readRustPlace(line) === null ? 0 : 2;
    if (isBacktraceStart(line.trim())) return 2;
    if (line.startsWith('note: ') || line.endsWith(OVERFLOW)) return line.includes('RUST_BACKTRACE') || line.startsWith("thread '") ? 2 : 0;
    if (line.includes(': ') && line.includes(' 0x')) return line.includes(' - ') && readRustName(line) !== null ? 2 : 0;
    return readRustPlace(line) !== null && readRustName(previous) !== null ? 2 : 0;
  },
  parse: (lines) => new RustReader().read(lines),
};

class RustReader {
  readonly #exceptions: StackException[] = [];
  readonly #chain: OpenException[] = [];
  #panic: { readonly place: Place; readonly range: TextRange } | null = null;
  #reading: 'nothing' | 'quoted message' | 'message' | 'causes' | 'frames' = 'nothing';
  /** The line before the one that is being read. */
  #previous: TraceLine | null = null;
  /** The name whose place may follow. */
  #name: string | null = null;

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) {
      if (this.#reading === 'nothing') this.#findFrames(line);
      this.#add(line);
      this.#previous = line;
    }
    this.#end();
    return this.#exceptions;
  }

  /** Of a backtrace whose beginning is missing, the first name is known by the place below it. */
  #findFrames(line: TraceLine): void {
    const previous = this.#previous;
    if (previous === null || !isPath(readRustName(previous.text)) || readRustPlace(line.text) === null) return;
    this.#begin('', '');
    this.#reading = 'frames';
    this.#addToFrames(previous, '');
  }

  #add(line: TraceLine): void {
    const trimmed = line.text.trim();
    const panic = readRustPanic(line.text);
    if (panic !== null) {
      this.#begin('panic', panic.message);
      this.#panic = panic.place === null ? null : { place: panic.place, range: rangeOf(line) };
      this.#reading = !panic.isOpen ? 'nothing' : panic.place === null ? 'quoted message' : 'message';
    } else if (isBacktraceStart(trimmed)) this.#beginFrames();
    else if (this.#reading === 'frames') this.#addToFrames(line, trimmed);
    else if (this.#reading === 'causes') this.#addCause(trimmed);
    else if (this.#reading === 'quoted message') this.#addQuoted(line);
    else if (trimmed.startsWith('note: ')) this.#reading = 'nothing';
    else this.#addText(line.text, trimmed);
  }

  #addText(text: string, trimmed: string): void {
    if (trimmed.endsWith(OVERFLOW)) {
      this.#begin('fatal runtime error', 'stack overflow');
      this.#reading = 'nothing';
    } else if (text.startsWith('Error: ')) {
      this.#begin('Error', text.slice(7));
      this.#reading = 'message';
    } else if (trimmed === 'Caused by:' && this.#chain.length > 0) this.#reading = 'causes';
    else if (this.#reading === 'message') this.#addMessage(text);
  }

  #addMessage(text: string): void {
    const open = this.#chain.at(-1);
    if (open === undefined || open.message.length >= MAX_MESSAGE_LINES) this.#reading = 'nothing';
    else open.message.push(text);
  }

  #addQuoted(line: TraceLine): void {
    const end = quotedPanic(line.text);
    this.#addMessage(end === null ? line.text : end.message);
    if (end?.place != null) this.#panic = { place: end.place, range: rangeOf(line) };
    if (end !== null) this.#reading = 'nothing';
  }

  /** `    0: no coupon`; without a number when there is one cause only. */
  #addCause(trimmed: string): void {
    if (trimmed === '') return;
    const colon = trimmed.indexOf(': ');
    const isNumbered = colon > 0 && colon < 4 && Number.isInteger(Number(trimmed.slice(0, colon)));
    if (this.#chain.length >= MAX_MESSAGE_LINES) this.#reading = 'nothing';
    else this.#chain.push(openException('Error', isNumbered ? trimmed.slice(colon + 2) : trimmed, 'cause'));
  }

  #beginFrames(): void {
    if (this.#chain.length === 0) this.#begin('', '');
    this.#reading = 'frames';
  }

  #addToFrames(line: TraceLine, trimmed: string): void {
    const frames = this.#chain[0]?.frames;
    const place = readRustPlace(line.text);
    const last = frames?.at(-1);
    if (place !== null && this.#name !== null && last !== undefined) {
      frames?.splice(-1, 1, { ...last, ...place, kind: kindOfRustFrame(this.#name, place.file), range: rangeOf(line) });
      this.#name = null;
      return;
    }
    const name = readRustName(line.text) ?? (last === undefined ? null : readInlinedName(line.text));
    if (name === null) {
      if (trimmed !== '' && !trimmed.startsWith('at ')) this.#reading = 'nothing';
      return;
    }
    frames?.push({ function: name, file: null, line: null, column: null, kind: kindOfRustFrame(name, null), range: rangeOf(line) });
    this.#name = name;
  }

  #begin(type: string, message: string): void {
    this.#end();
    this.#chain.push(openException(type, message, null));
    this.#name = null;
  }

  #end(): void {
    const [first] = this.#chain;
    if (first !== undefined && (first.type !== 'Error' || first.frames.length > 0))
      this.#exceptions.push(...this.#chain.map(closeException));
    if (first !== undefined && this.#panic !== null && !hasPlace(first, this.#panic.place)) this.#exceptions.push(panickedAt(this.#panic));
    this.#chain.length = 0;
    this.#panic = null;
    this.#reading = 'nothing';
  }
}

/** Frames may name the file with another folder than the panic does. */
function hasPlace(exception: OpenException, { file, line }: Place): boolean {
  const path = file.replaceAll('\\', '/');
  return exception.frames.some((frame) => frame.line === line && frame.file?.replaceAll('\\', '/').endsWith(path));
}

/** Without a backtrace, only the line that says that the thread panicked tells where. */
function panickedAt({ place, range }: { readonly place: Place; readonly range: TextRange }): StackException {
  const frame = { function: null, ...place, kind: kindOfRustFrame('', place.file), range };
  const column = place.column === null ? '' : `:${place.column}`;
  return { type: 'panicked at', message: `${place.file}:${place.line}${column}`, relation: 'context', frames: [frame] };
}

/** Whether a name can be one of Rust's: numbered lines of code or of Ruby's backtraces look alike. */
function isPath(name: string | null): boolean {
  if (name === null || name.includes(';') || name.includes('"') || name.includes("'")) return false;
  return !name.includes(' ') || name.includes('<');
}

const isBacktraceStart = (trimmed: string) => trimmed === 'stack backtrace:' || trimmed === 'Stack backtrace:';
