import type { StackException, StackFrame } from '../../domain/frame';
import { openException, type Relation } from './exceptions';
import type { LanguageParser, TraceLine } from './languageParser';
import { type Block, exceptionsOf } from './pythonBlocks';
import { parsePythonFrame } from './pythonFrame';
import { type GroupLine, readGroupLine } from './pythonGroups';
import { digitsBefore, identifierAt, indentOf, rangeOf } from './text';

const TRACEBACK = 'Traceback (most recent call last):';
const STACK = 'Stack (most recent call last):';
/** faulthandler prints the innermost frame first. */
const REVERSED = '(most recent call first):';
const FATAL = 'Fatal Python error: ';
const DIRECT_CAUSE = 'The above exception was the direct cause of the following exception:';
const CONTEXT = 'During handling of the above exception, another exception occurred:';

const EXCEPTION_NAME = /(?:Error|Exception|Group|Interrupt|Exit|Iteration|Warning)$/;

const MAX_MESSAGE_LINES = 60;
/** Groups within groups are followed this deep. */
const MAX_DEPTH = 50;

/**
 * Tracebacks of CPython, with chains and exception groups. Python prints the innermost frame and the raised exception
 * last; both are turned round here. Frames inside a message (after the exception line) do not count.
 */
export const pythonParser: LanguageParser = {
  language: 'python',
  weigh(line) {
    if (line.includes('", line ')) return parsePythonFrame(withoutBorder(line)) === null ? 1 : 2;
    if (line.includes('(most recent call ')) return isHeading(line) ? 2 : 0;
    return line.includes('above exception') && (line.includes(DIRECT_CAUSE) || line.includes(CONTEXT)) ? 2 : 0;
  },
  parse: (lines) => new TracebackReader().read(lines),
};

const isHeading = (line: string) => line.includes(TRACEBACK) || line.includes(STACK) || line.includes(REVERSED);

function withoutBorder(line: string): string {
  const group = readGroupLine(line);
  return group?.kind === 'text' ? line.slice(group.length) : line;
}

/** A member of an exception group that is being read, and the column of its border. */
interface Level {
  readonly column: number;
  readonly owner: Block;
  chain: Block[];
}

class TracebackReader {
  readonly #traces: Block[][] = [];
  readonly #levels: Level[] = [];
  #block: Block | null = null;
  #state: 'outside' | 'frames' | 'message' = 'outside';
  #link: Relation = null;
  #indent = 0;
  #isLogged = false;
  #fatal = '';
  #hasCode = false;
  /** Whether indentation was lost on the way here, so that code and exceptions begin alike. */
  #isFlat = false;

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) {
      const group = readGroupLine(line.text);
      this.#enter(group, line.text);
      if (group === null || group.kind === 'text') this.#readText(line, line.text.slice(group?.length ?? 0));
    }
    const blocks = this.#traces.map((chain) => chain.filter(({ open }) => open.type !== '' || open.frames.length > 0));
    return blocks.flatMap((chain) => exceptionsOf(chain));
  }

  /** Follows the borders of exception groups. */
  #enter(group: GroupLine, text: string): void {
    if (group === null) {
      if (text.trim() !== '') this.#levels.length = 0;
      return;
    }
    const least = group.kind === 'text' || group.kind === 'member' ? group.column + 1 : group.column;
    while ((this.#levels.at(-1)?.column ?? -1) >= least) this.#levels.pop();
    if (group.kind === 'text') return;
    const level = this.#levels.at(-1);
    if (group.kind === 'open' && this.#block !== null && this.#levels.length < MAX_DEPTH) {
      this.#levels.push({ column: group.column, owner: this.#block, chain: newMember(this.#block) });
    } else if (group.kind === 'member' && level !== undefined) level.chain = newMember(level.owner);
    this.#state = 'outside';
  }

  #readText(line: TraceLine, text: string): void {
    const isLogged = line.hasPrefix === true;
    if (isHeading(text)) this.#beginTraceback(text, isLogged);
    else if (text.includes(DIRECT_CAUSE)) this.#join('cause');
    else if (text.includes(CONTEXT)) this.#join('context');
    else if (text.startsWith(FATAL)) this.#fatal = text.slice(FATAL.length);
    else if (this.#state === 'outside' && this.#levels.length === 0 && text.includes('", line ')) this.#beginHeadless(line, text, isLogged);
    else if (this.#block !== null && this.#state === 'frames') this.#readFrame(this.#block, line, text);
    else if (this.#block !== null && this.#state === 'message') this.#readMessage(this.#block, text, isLogged);
  }

  #join(link: Relation): void {
    this.#link = link;
    this.#state = 'outside';
  }

  #beginTraceback(heading: string, isLogged: boolean): void {
    const isReversed = heading.includes(REVERSED);
    const isFatal = isReversed && this.#fatal !== '';
    this.#begin(isLogged, openException(isFatal ? 'Fatal Python error' : '', isFatal ? this.#fatal : '', null), isReversed);
    this.#indent = heading.startsWith('Exception Group') ? 0 : indentOf(heading);
  }

  #begin(isLogged: boolean, open = openException('', '', null), isReversed = false): void {
    const chain = this.#chain();
    const earlier = chain.at(-1);
    this.#block = { open, isReversed, link: null, members: [] };
    if (earlier !== undefined) earlier.link = this.#link ?? 'context';
    chain.push(this.#block);
    this.#link = null;
    this.#state = 'frames';
    this.#indent = 0;
    this.#hasCode = false;
    this.#isLogged = isLogged;
  }

  /** Frames without a heading; a program that cannot be compiled has only the place of the error, which takes their part. */
  #beginHeadless(line: TraceLine, text: string, isLogged: boolean): void {
    const place = isSyntaxPlace(text) ? parsePythonFrame(`${text.trimEnd()}, in ?`) : null;
    const frame = place === null ? parsePythonFrame(text) : { ...place, function: null };
    if (frame === null) return;
    this.#begin(isLogged);
    this.#block?.open.frames.push({ ...frame, range: rangeOf(line) });
  }

  /** The chain that the next traceback belongs to; without words that join it to one, it begins another trace. */
  #chain(): Block[] {
    const level = this.#levels.at(-1);
    if (level !== undefined) return level.chain;
    const last = this.#traces.at(-1);
    if (last !== undefined && this.#link !== null) return last;
    const chain: Block[] = [];
    this.#traces.push(chain);
    return chain;
  }

  /** A line between the heading and the line that names the exception. */
  #readFrame(block: Block, line: TraceLine, text: string): void {
    const { frames } = block.open;
    const frame = parsePythonFrame(text);
    const last = frames.at(-1);
    if (frame !== null) {
      frames.push({ ...frame, range: rangeOf(line) });
      this.#hasCode = false;
      this.#isFlat = indentOf(text) <= this.#indent;
    } else if (text.trim() === '') return;
    else if (line.hasPrefix === true && !this.#isLogged) this.#state = 'outside';
    else if (indentOf(text) > this.#indent) this.#addCode(frames, last, text);
    else if (!this.#nameException(block, text)) {
      if (last === undefined || (this.#hasCode && !this.#isFlat)) this.#state = 'outside';
      else this.#addCode(frames, last, text);
    }
  }

  /** The first line below a frame is its code; carets and further lines follow it. */
  #addCode(frames: StackFrame[], last: StackFrame | undefined, text: string): void {
    const code = text.trim();
    if (last !== undefined && !this.#hasCode && !code.startsWith('[Previous line repeated')) {
      frames[frames.length - 1] = { ...last, codeText: code };
    }
    this.#hasCode = true;
  }

  #nameException(block: Block, text: string): boolean {
    const line = text.trimStart();
    const type = typeIn(line);
    const rest = line.slice(type.length);
    if (type === '' || !(rest === '' || rest.startsWith(':')) || block.isReversed) return false;
    if (this.#isFlat && !this.#hasCode && !EXCEPTION_NAME.test(type)) return false;
    block.open.type = type;
    block.open.message = rest.startsWith(':') ? [rest.slice(1).trimStart()] : [];
    this.#state = 'message';
    return true;
  }

  /** More of the message, and notes; a log's next entry ends it, as does an empty line unless the text goes on indented. */
  #readMessage(block: Block, text: string, isLogged: boolean): void {
    const { message } = block.open;
    const isAfterBlank = message.at(-1)?.trim() === '';
    const isOver = isAfterBlank && text.trim() !== '' && !' \t[('.includes(text.charAt(0));
    if (isOver || message.length > MAX_MESSAGE_LINES || (isLogged && !this.#isLogged)) this.#state = 'outside';
    else message.push(text);
  }
}

/** `  File "path", line 12` and nothing more. */
function isSyntaxPlace(text: string): boolean {
  const trimmed = text.trim();
  const at = trimmed.startsWith('File "') ? trimmed.indexOf('", line ') : -1;
  return at !== -1 && digitsBefore(trimmed, trimmed.length)?.start === at + 8;
}

function newMember(owner: Block): Block[] {
  const chain: Block[] = [];
  owner.members.push(chain);
  return chain;
}

/** `KeyError`, `shop.errors.PricingError`, `main.f.<locals>.Failed`. */
function typeIn(text: string): string {
  let type = identifierAt(text, 0);
  while (type !== '' && text.startsWith('<locals>.', type.length)) type += `<locals>.${identifierAt(text, type.length + 9)}`;
  return type;
}
