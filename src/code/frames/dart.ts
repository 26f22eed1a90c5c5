import type { StackException, StackFrame } from '../../domain/frame';
import { readDartError, withoutLogcat } from './dartError';
import { readDartFrame, readTerseDartFrame } from './dartFrame';
import { closeException, type OpenException, openException } from './exceptions';
import type { LanguageParser, TraceLine } from './languageParser';
import { rangeOf } from './text';

const SUSPENSION = '<asynchronous suspension>';
const GAP = 'asynchronous gap';
/** How many lines above the first frame may belong to the message. */
const MAX_HEADER_LINES = 40;

/** Stack traces of Dart and Flutter, on devices, in terminals and as `package:stack_trace` prints them. */
export const dartParser: LanguageParser = {
  language: 'dart',
  weigh(line) {
    const text = withoutLogcat(line);
    if (text.includes('#')) return readDartFrame(text) === null ? 0 : 2;
    if (text.includes('.dart ')) return readTerseDartFrame(text) === null ? 0 : 2;
    return text.startsWith(SUSPENSION) || (text.startsWith('===') && text.includes(GAP)) || text.startsWith('Unhandled exception:') ? 1 : 0;
  },
  parse: (lines) => new DartReader().read(lines),
};

class DartReader {
  readonly #exceptions: StackException[] = [];
  #open: OpenException | null = null;
  #above: string[] = [];

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) this.#add(line);
    this.#end();
    return this.#exceptions;
  }

  #add(line: TraceLine): void {
    const text = withoutLogcat(line.text);
    const numbered = readDartFrame(text);
    const frame = numbered?.frame ?? readTerseDartFrame(text);
    if (frame !== null) this.#addFrame(line, frame, numbered?.index ?? null);
    else if (!text.startsWith(SUSPENSION) && !(text.startsWith('===') && text.includes(GAP))) {
      this.#above.push(text);
      if (this.#above.length > MAX_HEADER_LINES) this.#above.shift();
    }
  }

  /** Frames are numbered from 0 on in each trace; those without a number belong together unless an error stands between. */
  #addFrame(line: TraceLine, frame: StackFrame, index: number | null): void {
    const hasOwn = (this.#open?.frames.length ?? 0) > 0;
    const error = this.#above.length === 0 || (index !== null && index > 0 && hasOwn) ? null : readDartError(this.#above);
    if (this.#open === null || (index === 0 && hasOwn) || (index === null && error !== null)) {
      this.#end();
      this.#open = error ?? openException('', '', null);
    }
    this.#above = [];
    this.#open.frames.push({ ...frame, range: rangeOf(line) });
  }

  #end(): void {
    if (this.#open !== null) this.#exceptions.push(closeException(this.#open));
    this.#open = null;
  }
}
