import type { StackException, StackFrame, TextRange } from '../../domain/frame';
import { closeException, type OpenException, openException } from './exceptions';
import type { LanguageParser, TraceLine } from './languageParser';
import { kindOfPerlFile, readPerlCall, readPerlPlace } from './perlLine';
import { withoutRepeats } from './repeats';
import { rangeOf } from './text';

/** What the code outside of every function is called. */
const TOP = 'main';
const FILES = ['.pl', '.pm', '.t', '.cgi', '.psgi', '.fcgi', '-e'];
/** What Perl says after an error that kept a file from being compiled, with the place that asked for it. */
const COMPILATION = ['BEGIN failed--compilation aborted', 'Compilation failed in require', 'Execution of '];
const MAX_MESSAGE_LINES = 20;

/**
 * What Perl prints when a program dies, with the callers that Carp (`confess`, `cluck`, `longmess`) or Devel::StackTrace add.
 * Perl names the place of each call, so that a function's own place is the one of the line before.
 */
export const perlParser: LanguageParser = {
  language: 'perl',
  weigh(line) {
    if (!line.includes(' line ')) return 0;
    if (line.includes(' called at ')) return readPerlCall(line) === null ? 0 : 2;
    const place = readPerlPlace(line);
    if (place === null || !isPerlFile(place.file)) return 0;
    return 2;
  },
  parse: (lines) => new PerlReader().read(lines),
};

interface Origin {
  readonly file: string;
  readonly line: number;
  readonly range: TextRange;
}

class PerlReader {
  readonly #exceptions: StackException[] = [];
  #open: OpenException | null = null;
  /** The place whose function the next line names. */
  #origin: Origin | null = null;
  /** Lines that may begin a message. */
  #above: string[] = [];

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) this.#add(line);
    this.#end();
    return withoutRepeats(this.#exceptions);
  }

  #add(line: TraceLine): void {
    const call = line.text.includes(' called at ') ? readPerlCall(line.text) : null;
    const range = rangeOf(line);
    if (call !== null) {
      if (this.#open === null) this.#open = openException('die', '', null);
      this.#addFrame(call.function);
      this.#origin = { file: call.file, line: call.line, range };
      return;
    }
    const place = readPerlPlace(line.text);
    if (place !== null && isPlausible(place.file)) this.#addDeath(place.before, { file: place.file, line: place.line, range });
    else this.#addText(line.text);
  }

  #addDeath(message: string, origin: Origin): void {
    if (this.#open !== null && COMPILATION.some((words) => message.trim().startsWith(words))) {
      if (this.#origin?.file !== origin.file || this.#origin.line !== origin.line) this.#addFrame(null);
      this.#origin ??= origin;
      return;
    }
    this.#end();
    const isContinued = message.trim() === '' || message.trim() === 'Trace begun';
    this.#open = { ...openException('die', '', null), message: isContinued ? [...this.#above] : [message] };
    this.#origin = origin;
    this.#above = [];
  }

  #addText(text: string): void {
    if (text.trim() === '') this.#above = [];
    else this.#above.push(text);
    if (this.#above.length > MAX_MESSAGE_LINES) this.#above.shift();
  }

  /** The function that ran at the place of the line before. */
  #addFrame(name: string | null): void {
    const origin = this.#origin;
    if (origin === null) return;
    const { range, ...place } = origin;
    const frame: StackFrame = { function: name, ...place, column: null, kind: kindOfPerlFile(place.file), range };
    this.#open?.frames.push(frame);
    this.#origin = null;
  }

  #end(): void {
    this.#addFrame((this.#open?.frames.length ?? 0) === 0 ? null : TOP);
    if (this.#open !== null) this.#exceptions.push(closeException(this.#open));
    this.#open = null;
    this.#origin = null;
  }
}

const isPerlFile = (file: string) => FILES.some((ending) => file.endsWith(ending)) || file.startsWith('(eval ');

/** A script need not have an ending; the end of a sentence has no folder. */
const isPlausible = (file: string) => isPerlFile(file) || (!file.includes(' ') && (file.includes('/') || file.includes('\\')));
