import type { StackException } from '../../domain/frame';
import { closeException, type OpenException, openException } from './exceptions';
import type { LanguageParser, TraceLine } from './languageParser';
import { readSwiftLine, type SwiftLine } from './swiftFrame';
import { readFatalError, readSwiftHeader } from './swiftHeader';
import { digitsBefore, indentOf, rangeOf } from './text';

/** What stands between the number and the text of a line of code in a backtrace. */
const RULER = '│';

/**
 * Backtraces that Swift 5.9 and later print when a program crashes, plain or with code between the frames, and the frames of
 * crash reports of Apple's systems. Only the thread that crashed is read.
 */
export const swiftParser: LanguageParser = {
  language: 'swift',
  weigh(line) {
    if (readSwiftHeader(line) !== null) return 2;
    if (line.includes('Fatal error: ')) return readFatalError(line, { text: line, start: 0, end: 0 }) === null ? 0 : 2;
    const code = line.charCodeAt(indentOf(line));
    if (code < 48 || code > 57) return 0;
    const read = readSwiftLine(line);
    if (read === null) return 0;
    return read.isCertain ? 2 : 1;
  },
  parse: (lines) => new SwiftReader().read(lines),
};

class SwiftReader {
  readonly #exceptions: StackException[] = [];
  #open: OpenException | null = null;
  /** What the program said before it crashed. */
  #fatal: OpenException | null = null;
  #isReading = true;
  #index = -1;

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) this.#add(line);
    this.#end();
    return this.#exceptions;
  }

  #add(line: TraceLine): void {
    const read = readSwiftLine(line.text);
    if (read !== null) return this.#addFrame(line, read);
    const header = readSwiftHeader(line.text);
    const fatal = header === null && line.text.includes('Fatal error: ') ? readFatalError(line.text, line) : null;
    if (header !== null) this.#begin(header);
    else if (fatal !== null) {
      this.#end();
      this.#fatal = fatal;
    } else if (line.text.includes(RULER)) this.#addCode(line.text);
    else if (this.#open !== null || line.text.startsWith('Thread ')) this.#addText(line.text.trim());
  }

  #addText(text: string): void {
    const isThread = text.startsWith('Thread ') && text.endsWith(':');
    if (isThread) this.#isReading = text.toLowerCase().endsWith(' crashed:') || this.#open === null;
    else if (text.startsWith('Last Exception Backtrace') || text.startsWith('*** First throw call stack')) this.#isReading = true;
    else if (text.startsWith('Binary Images') || text.startsWith('Images (') || text.startsWith('Registers:')) this.#isReading = false;
    if (isThread) this.#index = -1;
  }

  #addFrame(line: TraceLine, { frame, index, isCertain }: SwiftLine): void {
    if (this.#open === null && !isCertain) return;
    const isAnother = index <= this.#index && index === 0 && (this.#open?.frames.length ?? 0) > 0;
    if (this.#open === null || (isAnother && this.#isReading)) this.#begin(openException('', '', null));
    if (!this.#isReading) return;
    this.#open?.frames.push({ ...frame, range: rangeOf(line) });
    this.#index = index;
  }

  /** `39│   ptr.pointee = 42`, below the frame of that line. */
  #addCode(text: string): void {
    const at = text.indexOf(RULER);
    const last = this.#open?.frames.at(-1);
    const end = text.slice(0, at).trimEnd().length;
    if (last === undefined || digitsBefore(text, end)?.value !== last.line) return;
    this.#open?.frames.splice(-1, 1, { ...last, codeText: text.slice(at + 1).trim() });
  }

  #begin(exception: OpenException): void {
    if (this.#open !== null && this.#open.frames.length === 0) {
      this.#open.message.push(`${exception.type} ${exception.message.join('\n')}`.trim());
      return;
    }
    const fatal = this.#open === null ? this.#fatal : null;
    if (this.#open !== null) this.#end();
    this.#fatal = fatal;
    this.#open = exception;
    this.#isReading = true;
    this.#index = -1;
  }

  #end(): void {
    if (this.#open !== null) this.#exceptions.push(closeException(this.#open));
    if (this.#fatal !== null) this.#exceptions.push(closeException({ ...this.#fatal, relation: this.#open === null ? null : 'cause' }));
    this.#open = null;
    this.#fatal = null;
  }
}
