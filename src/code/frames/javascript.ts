import type { StackException, StackFrame } from '../../domain/frame';
import { withOrigins } from './evalOrigin';
import { closeException, type OpenException, openException, type Relation } from './exceptions';
import { isCertainGeckoFrame, parseBarePlace, parseGeckoFrame } from './geckoFrame';
import type { LanguageParser, TraceLine } from './languageParser';
import { parseOperaFrame } from './operaFrame';
import { isMarked, readScriptHeader, type ScriptHeader } from './scriptHeader';
import { leadOf, type PrintedSource } from './scriptLead';
import { identifierAt, indentOf } from './text';
import { isCertainV8Frame, parseV8Frame } from './v8Frame';

/** More frames than these are a stack of their own, not lines of a message that look like frames. */
const MOST_FRAMES_IN_MESSAGE = 2;
/** How many lines that are only a place or a name may stand above the first frame that is certain. */
const MAX_BARE_LINES = 50;

/**
 * Stacks of JavaScript: of V8 as `error.stack`, `util.inspect` (nested `[cause]`, `[errors]`) and the print of uncaught
 * exceptions give them, and of the browsers that print `name@place`. A message may contain lines that look like frames: only
 * the last run of frames counts.
 */
export const javascriptParser: LanguageParser = {
  language: 'javascript',
  weigh(line) {
    if (isCertainV8Frame(line) || isCertainGeckoFrame(line)) return 2;
    const frame = parseScriptFrame(line);
    if (frame !== null) return frame.column === null && !line.includes('://') ? 1 : 2;
    const start = indentOf(line);
    return line.startsWith('[errors]: [', start) || line.startsWith('[cause]: ', start) ? 1 : 0;
  },
  parse: (lines) => new ScriptReader().read(lines),
};

/** Reads line by line; each line is looked at a bounded number of times. */
class ScriptReader {
  readonly #exceptions: OpenException[] = [];
  #open: OpenException | null = null;
  /** Lines before the first frame, or since the last one. */
  #between: TraceLine[] = [];
  /** The lines of the frames read so far; they may turn out to be part of the message. */
  #frameTexts: string[] = [];
  /** Lines of frames of evaluated code. */
  readonly #evaluated = new Map<StackFrame, string>();
  #source: PrintedSource | null = null;
  /** Indentation of the list `[errors]: [` that is being read. */
  #list: number | null = null;
  #isInspected = false;
  #isAside = false;
  #hasCodeBelow = false;

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) {
      const frame = this.#frameOf(line);
      if (frame === null) this.#addText(line);
      else if (!this.#isAside) this.#addFrame(line, frame);
    }
    if (this.#evaluated.size > 0) for (const open of this.#exceptions) open.frames = withOrigins(open.frames, this.#evaluated);
    return this.#exceptions.map((exception) => tidy(closeException(exception)));
  }

  #frameOf({ text }: TraceLine): StackFrame | null {
    const frame = parseScriptFrame(text);
    if (frame !== null) return frame;
    const isWithin = this.#open !== null && this.#open.frames.length > 0 && this.#between.length === 0;
    return isWithin ? (parseBarePlace(text) ?? nameOnly(text)) : null;
  }

  #addFrame(line: TraceLine, frame: StackFrame): void {
    const indent = indentOf(line.text);
    if (this.#between.length > 0 && !line.text.startsWith('at ', indent)) this.#pushBare(line, frame);
    this.#push(this.#openFor(line), line, frame, indent);
    if (line.text.endsWith(' {')) this.#isInspected = true;
    this.#hasCodeBelow = line.text.startsWith('Line ', indent);
  }

  #pushBare(line: TraceLine, frame: StackFrame): void {
    const above = this.#takeBare(frame);
    const open = this.#openFor(line);
    for (const [each, read] of above) this.#push(open, each, read, indentOf(each.text));
  }

  #push(open: OpenException, { text, start, end }: TraceLine, frame: StackFrame, indent: number): void {
    if (isEntryOfEval(frame, open.frames.at(-1))) return;
    const { function: name, file, line, column, kind } = frame;
    const range = { start: Math.min(end, start + indent), end };
    const source = this.#source;
    if (source !== null && source.file === file && source.line === line) {
      this.#source = null;
      open.frames.push({ function: name, file, line, column, kind, range, codeText: source.code });
    } else open.frames.push({ function: name, file, line, column, kind, range });
    const added = open.frames.at(-1);
    if (kind === 'eval' && added !== undefined) this.#evaluated.set(added, text);
    if (this.#frameTexts.length <= MOST_FRAMES_IN_MESSAGE) this.#frameTexts.push(text);
  }

  /** The exception that a frame belongs to, which may begin with the lines before the frame. */
  #openFor(line: TraceLine): OpenException {
    const between = this.#between;
    const open = this.#open;
    if (open !== null && between.length === 0) return open;
    this.#between = [];
    if (open !== null && open.frames.length === 0) return open;
    const isJoined = open !== null && between.every(({ text }) => text.trim() === '' || isJoint(text));
    if (isJoined) return open;
    const lead = leadOf(between, line);
    if (open === null || lead.header !== null || !this.#mayDisown(between)) return this.#begin(lead);
    open.message.push(...this.#frameTexts, ...between.map(({ text }) => text));
    open.frames = [];
    this.#frameTexts = [];
    return open;
  }

  /** Whether the frames so far may be text of the message, more of which follows them. */
  #mayDisown(between: readonly TraceLine[]): boolean {
    return !this.#isInspected && this.#frameTexts.length <= MOST_FRAMES_IN_MESSAGE && between[0]?.text.trim() !== '';
  }

  #addText(line: TraceLine): void {
    const trimmed = line.text.trim();
    if (isElision(trimmed) || this.#takesCode(trimmed)) return;
    if (trimmed.startsWith('[errors]:')) {
      this.#beginFrameless(line);
      this.#list = indentOf(line.text);
      return;
    }
    if (this.#list !== null && trimmed.startsWith(']') && indentOf(line.text) <= this.#list) this.#list = null;
    const isMember = this.#list !== null && indentOf(line.text) <= this.#list + 2;
    const header = isMember || isMarked(trimmed) ? readScriptHeader(trimmed) : null;
    if (header !== null) {
      this.#beginFrameless(line);
      this.#start(header, isMember ? 'group' : 'cause');
    } else if (this.#open !== null && this.#open.frames.length === 0) this.#open.message.push(line.text);
    else if (trimmed.startsWith("Emitted 'error' event")) this.#isAside = true;
    else this.#between.push(line);
  }

  /** Old Opera prints the code of a frame below it. */
  #takesCode(text: string): boolean {
    const frames = this.#open?.frames ?? [];
    const last = frames.at(-1);
    if (!this.#hasCodeBelow || last === undefined) return false;
    this.#hasCodeBelow = false;
    frames[frames.length - 1] = { ...last, codeText: text };
    return true;
  }

  /** An exception that was printed without frames, when its causes or members begin. */
  #beginFrameless(line: TraceLine): void {
    const isBetween = this.#open === null || (this.#open.frames.length > 0 && this.#list === null);
    const lead = isBetween ? leadOf(this.#between, line) : null;
    this.#between = [];
    if (lead !== null && lead.header !== null) this.#begin(lead);
  }

  #begin(lead: ReturnType<typeof leadOf>): OpenException {
    const { header, message, source, isProperty } = lead;
    const relation = isProperty && this.#isInspected ? 'cause' : null;
    const open = this.#start(header ?? { type: 'Error', message: '', relation: 'unmarked' }, relation);
    open.message.push(...message);
    this.#source = source;
    if (relation === null) this.#isInspected = false;
    return open;
  }

  #start(header: ScriptHeader, relation: Relation): OpenException {
    this.#open = openException(header.type, header.message, this.#exceptions.length === 0 ? null : relation);
    this.#exceptions.push(this.#open);
    this.#frameTexts = [];
    this.#source = null;
    this.#isAside = false;
    return this.#open;
  }

  /** Lines right above the first `name@place` that hold only a place, or above `eval code` only a name. */
  #takeBare(frame: StackFrame): readonly (readonly [TraceLine, StackFrame])[] {
    const taken: (readonly [TraceLine, StackFrame])[] = [];
    while (taken.length < MAX_BARE_LINES) {
      const line = this.#between.at(-1);
      const text = line?.text ?? '';
      const bare = frame.function === 'eval code' ? named(text.trim()) : parseBarePlace(text);
      if (line === undefined || bare === null) break;
      taken.unshift([line, bare]);
      this.#between.pop();
    }
    return taken;
  }
}

const parseScriptFrame = (line: string) => parseV8Frame(line) ?? parseGeckoFrame(line) ?? parseOperaFrame(line);

/** `at name`, as old consoles print a function without a place. */
function nameOnly(line: string): StackFrame | null {
  const text = line.trim();
  return text.startsWith('at ') ? named(text.slice(3)) : null;
}

function named(text: string): StackFrame | null {
  if (text === '' || identifierAt(text, 0) !== text) return null;
  return { function: text, file: null, line: null, column: null, kind: 'native' };
}

/** JavaScriptCore prints `eval code` and the function `eval` that runs it; they are one step. */
function isEntryOfEval(frame: StackFrame, above: StackFrame | undefined): boolean {
  return frame.kind === 'native' && frame.function === 'eval' && above?.function === 'eval code';
}

/** Lines between frames that carry no place: `... 4 lines matching cause stack trace ...`, `at <anonymous>`. */
function isElision(trimmed: string): boolean {
  if (trimmed === 'at <anonymous>') return true;
  return trimmed.startsWith('... ') && (trimmed.includes('lines matching') || trimmed.includes('more') || trimmed.includes('skipping'));
}

/** What libraries for long stacks print between the parts of one stack. */
const isJoint = (line: string) => line.trim() === 'From previous event:' || line.trim().startsWith('-----');

/** `[AggregateError: all failed] {` keeps its brackets only in print. */
function tidy(exception: StackException): StackException {
  if (exception.frames.length > 0) return exception;
  const line = exception.message.split('\n', 1)[0] ?? '';
  const end = line.endsWith('] {') ? line.length - 3 : line.endsWith(']') || line.endsWith('],') ? line.lastIndexOf(']') : -1;
  return end === -1 ? exception : { ...exception, message: line.slice(0, end) };
}
