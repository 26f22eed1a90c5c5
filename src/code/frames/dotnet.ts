import type { StackException } from '../../domain/frame';
import { type DotnetLine, readDotnetLine } from './dotnetFrame';
import { afterMember, headerAt, headerWithin, INNER_ARROW } from './dotnetHeader';
import { DotnetTrace } from './dotnetTrace';
import type { LanguageParser, TraceLine } from './languageParser';
import { withoutRepeats } from './repeats';
import { rangeOf } from './text';

/** How many lines a message may have. */
const MAX_MESSAGE_LINES = 200;
const UNHANDLED = ['Unhandled exception. ', 'Unhandled Exception: ', 'UNHANDLED EXCEPTION: '];
const RETHROWN = 'Rethrow as ';

/**
 * Stack traces of .NET (Framework in any language, Core, native), Mono and Unity. Inner exceptions and their frames stand
 * before the frames of the exception that wraps them; `Exception.ToString` is the source of the rules.
 */
export const dotnetParser: LanguageParser = {
  language: 'csharp',
  weigh(line) {
    if (line.includes('(') && line.includes(')')) {
      const read = readDotnetLine(line);
      if (read !== null) return read.weight;
    }
    if (line.includes(INNER_ARROW)) return line.trimStart().startsWith(INNER_ARROW) ? 2 : 1;
    return isRule(line.trim()) && line.includes('stack trace') ? 2 : 0;
  },
  parse: (lines) => new DotnetReader().read(lines),
};

class DotnetReader {
  readonly #exceptions: StackException[] = [];
  #trace: DotnetTrace | null = null;
  #messageLines = 0;

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) {
      const read = readDotnetLine(line.text);
      if (read === null) this.#addText(line.text);
      else this.#addFrame(line, read);
    }
    this.#end();
    return withoutRepeats(this.#exceptions);
  }

  #addFrame(line: TraceLine, { frame, weight, endsMember }: DotnetLine): void {
    if (this.#trace === null && weight < 2) return;
    this.#trace ??= new DotnetTrace({ type: '', message: '' }, false);
    this.#trace.addFrame({ ...frame, range: rangeOf(line) }, endsMember);
  }

  #addText(text: string): void {
    const trimmed = text.trim();
    if (trimmed === '') return;
    if (trimmed.startsWith(RETHROWN) && this.#trace?.hasFrames) {
      const header = headerAt(trimmed.slice(RETHROWN.length));
      if (header !== null) this.#trace.wrapIn(header);
    } else if (isRule(trimmed)) this.#trace?.endInner(trimmed);
    else if (trimmed.startsWith(INNER_ARROW)) this.#beginInner(trimmed);
    else this.#addHeaderOrMessage(text, trimmed);
  }

  #beginInner(trimmed: string): void {
    const { text, isMember } = afterMember(trimmed.slice(INNER_ARROW.length));
    const header = headerAt(text);
    if (header !== null && this.#trace !== null) this.#trace.beginInner(header, isMember);
    else this.#trace?.addMessage(trimmed);
    this.#messageLines = 0;
  }

  #addHeaderOrMessage(text: string, trimmed: string): void {
    const isAwaitingFrames = this.#trace !== null && !this.#trace.hasFramesOnTop;
    const header = isAwaitingFrames ? headerAt(trimmed) : headerWithin(text);
    if (header !== null && !(isAwaitingFrames && this.#trace?.isNested)) {
      this.#end();
      this.#trace = new DotnetTrace(
        header,
        UNHANDLED.some((words) => text.includes(words)),
      );
      this.#messageLines = 0;
    } else if (isAwaitingFrames && this.#messageLines < MAX_MESSAGE_LINES) {
      this.#messageLines += 1;
      this.#trace?.addMessage(text);
    } else if (isAwaitingFrames && this.#trace?.hasFrames === false) this.#end();
  }

  #end(): void {
    for (const exception of this.#trace?.close() ?? []) this.#exceptions.push(exception);
    this.#trace = null;
  }
}

/** `--- End of inner exception stack trace ---`, in any language. */
const isRule = (trimmed: string) => trimmed.startsWith('--- ') && trimmed.endsWith(' ---');
