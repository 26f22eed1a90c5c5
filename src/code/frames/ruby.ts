import type { StackException, StackFrame } from '../../domain/frame';
import { type OpenException, openException } from './exceptions';
import type { LanguageParser, TraceLine } from './languageParser';
import { withoutRepeats } from './repeats';
import { type RubyBlock, relatedRubyBlocks } from './rubyChain';
import { readRubyHeader } from './rubyHeader';
import { kindOfRubyFile, type RubyLine, readRubyLine, withoutLogWords } from './rubyLine';
import { rangeOf } from './text';

const REVERSED = 'Traceback (most recent call last)';
/** How many lines a message may have between its header and the first frame. */
const MAX_MESSAGE_LINES = 60;
const MAX_ELISION_CHARS = 80;
/** How many causes of one error are looked through. */
const MAX_CAUSES = 20;

/**
 * Backtraces of Ruby: as the interpreter prints them in either order, as loggers, Rails and test reports do, with the code
 * that error_highlight shows. The rules are those of `rb_error_write` in Ruby's eval_error.c.
 */
export const rubyParser: LanguageParser = {
  language: 'ruby',
  weigh(line) {
    if (line.includes(':in `') || line.includes(":in '")) return readRubyLine(line) === null ? 0 : 2;
    if (line.startsWith(REVERSED)) return 1;
    return (line.startsWith('\tfrom ') || line.includes('.rb:')) && readRubyLine(line) !== null ? 1 : 0;
  },
  parse: (lines) => new RubyReader().read(lines),
};

class RubyReader {
  readonly #blocks: RubyBlock[] = [];
  #open: OpenException | null = null;
  /** An error that was named, whose frames have not come yet, and what Rails lists as its causes. */
  #pending: OpenException | null = null;
  #causes: OpenException[] = [];
  #pendingLines = 0;
  #isListingCauses = false;
  /** Frames in the order that ends with the innermost. */
  #callers: StackFrame[] = [];
  /** Lines below an error that belong to its message if its callers follow. */
  #details: string[] = [];
  #isInterrupted = true;
  /** Whether the last frame was the one that the error is printed with. */
  #isBelowError = false;

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) {
      const parts = readRubyLine(line.text);
      if (parts === null) this.#addText(line.text);
      else this.#addFrame(line, parts);
    }
    return withoutRepeats(relatedRubyBlocks(this.#blocks));
  }

  #addFrame(line: TraceLine, parts: RubyLine): void {
    const frame = frameOf(parts, line);
    if (parts.level !== null) {
      this.#callers.push(frame);
      return;
    }
    if (parts.error !== null) {
      const { type, message } = typeAndMessage(parts.error);
      const isReversed = this.#callers.length > 0;
      this.#begin(openException(type, message, null), isReversed).frames = [frame, ...this.#callers.reverse()];
      this.#callers = [];
    } else this.#openFor(parts).frames.push(frame);
    if (parts.isCaller) this.#open?.message.push(...this.#details);
    this.#details = [];
    this.#isBelowError = parts.error !== null;
    this.#isInterrupted = false;
  }

  /** The error that a frame belongs to; a frame that no `from` joins to what stands above may begin another one. */
  #openFor(parts: RubyLine): OpenException {
    if (this.#pending !== null) return this.#begin(this.#pending);
    const isOwn = this.#open === null || (!parts.isCaller && this.#isInterrupted);
    return isOwn || this.#open === null ? this.#begin(openException('', '', null)) : this.#open;
  }

  #begin(exception: OpenException, isReversed = false): OpenException {
    this.#blocks.push({ exception, isAdjacent: !this.#isInterrupted, isReversed });
    for (const cause of this.#causes) this.#blocks.push({ exception: cause, isAdjacent: true, isReversed: false });
    this.#causes = [];
    this.#pending = null;
    this.#isListingCauses = false;
    this.#details = [];
    this.#open = exception;
    return exception;
  }

  #addText(text: string): void {
    const trimmed = withoutLogWords(text).trim();
    if (trimmed === '' || isElision(trimmed)) return;
    if (trimmed.startsWith(REVERSED)) {
      this.#isInterrupted = true;
      return;
    }
    const open = this.#open;
    const isInMessage = open !== null && this.#isBelowError && this.#pending === null && !this.#isInterrupted;
    const header = readRubyHeader(text);
    if (header !== null && !isInMessage) this.#expect(header);
    else if (trimmed === 'Causes:' && this.#pending !== null) this.#isListingCauses = true;
    else if (this.#pending !== null) this.#extend(this.#pending, trimmed);
    else if (isInMessage) this.#addDetail(open, text, trimmed);
    else this.#isInterrupted = true;
  }

  #expect(header: OpenException): void {
    if (this.#isListingCauses && header.type !== this.#pending?.type) {
      this.#causes.push({ ...header, relation: 'cause' });
      return;
    }
    if (header.relation === 'cause') this.#dropListed(header.type);
    this.#isListingCauses = false;
    this.#isInterrupted = true;
    this.#pendingLines = 0;
    this.#pending = header;
  }

  /** The cause whose frames come now was listed before. */
  #dropListed(type: string): void {
    const from = Math.max(0, this.#blocks.length - MAX_CAUSES);
    const at = this.#blocks.slice(from).findIndex(({ exception }) => exception.type === type && exception.frames.length === 0);
    if (at !== -1) this.#blocks.splice(from + at, 1);
  }

  #extend(pending: OpenException, text: string): void {
    this.#pendingLines += 1;
    if (this.#pendingLines > MAX_MESSAGE_LINES) this.#pending = null;
    else pending.message.push(text);
  }

  /** Lines below an error: its message goes on, or error_highlight shows the code, with a mark below the part that failed. */
  #addDetail(open: OpenException, text: string, trimmed: string): void {
    if (isMark(trimmed)) {
      const code = this.#details.pop()?.trim();
      const [first, ...rest] = open.frames;
      if (first !== undefined && code !== undefined) open.frames = [{ ...first, codeText: code }, ...rest];
    } else if (this.#details.length >= MAX_MESSAGE_LINES) this.#isInterrupted = true;
    else if (!trimmed.startsWith('Did you mean?')) this.#details.push(text);
  }
}

function frameOf({ file, line, function: name }: RubyLine, source: TraceLine): StackFrame {
  return { function: name, file, line, column: null, kind: kindOfRubyFile(file), range: rangeOf(source) };
}

/** `message (Type)`; an error without a message is printed as its class alone, or as `unhandled exception`. */
function typeAndMessage(error: string): { readonly type: string; readonly message: string } {
  const text = error.trimEnd();
  const open = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
  if (open !== -1) return { type: text.slice(open + 2, -1), message: text.slice(0, open) };
  return text === 'unhandled exception' ? { type: 'RuntimeError', message: text } : { type: text.includes(' ') ? '' : text, message: text };
}

/** `^^^^`, below the part of the code that failed. */
const isMark = (trimmed: string) => trimmed.includes('^') && trimmed.replaceAll('^', '').replaceAll('~', '') === '';

/** ` ... 10067 levels...`, `<truncated 18 additional frames>`: frames that were left out. */
function isElision(trimmed: string): boolean {
  if (trimmed.startsWith('... ') && trimmed.endsWith('...')) return true;
  return trimmed.length < MAX_ELISION_CHARS && trimmed.includes('truncated') && trimmed.includes('frames');
}
