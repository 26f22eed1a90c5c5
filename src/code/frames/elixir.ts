import type { StackException, StackFrame } from '../../domain/frame';
import { readElixirFrame, readErlangFrame, readErlangTerms } from './elixirFrame';
import { readElixirHeader } from './elixirHeader';
import { closeException, type OpenException, openException } from './exceptions';
import type { LanguageParser, TraceLine } from './languageParser';
import { indentOf, rangeOf } from './text';

const MAX_MESSAGE_LINES = 100;
/** All that some exits say; the exception follows. */
const RAISED = 'an exception was raised:';

/**
 * Errors of Elixir and Erlang: as `Exception.format` prints them, with the clauses that did not match, nested exits and what
 * loggers add; of Erlang's shell and its reports. Frames stand deeper than the line that names their exception.
 */
export const elixirParser: LanguageParser = {
  language: 'elixir',
  weigh(line) {
    const start = indentOf(line);
    if (line.startsWith('** ', start)) return readElixirHeader(line.slice(start)) === null ? 0 : 2;
    if (line[start] === '(' || line[start] === ':' || line.includes('.ex') || line.includes('.erl')) {
      const frame = readElixirFrame(line);
      if (frame !== null) return line[start] === ':' && start < 4 ? 1 : 2;
    }
    if (line.includes('[{file,"')) return 2;
    return (line.startsWith('in function ', start) || line.startsWith('in call from ', start)) && readErlangFrame(line) !== null ? 2 : 0;
  },
  parse: (lines) => new ElixirReader().read(lines),
};

interface Level {
  readonly indent: number;
  readonly exception: OpenException;
}

class ElixirReader {
  readonly #exceptions: StackException[] = [];
  /** Exceptions of the trace in print order, and those that later lines may belong to, by indentation. */
  #chain: OpenException[] = [];
  #levels: Level[] = [];
  /** The last line with the wording of an error but without its stars, as when only a part was copied. */
  #bare: OpenException | null = null;
  #isOver = true;

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) this.#add(line);
    this.#end();
    return this.#exceptions;
  }

  #add(line: TraceLine): void {
    const indent = indentOf(line.text);
    const trimmed = line.text.trim();
    const header = trimmed.startsWith('** ') ? readElixirHeader(trimmed) : null;
    if (header !== null) return this.#begin(header, indent);
    const frame = readElixirFrame(line.text) ?? readErlangFrame(line.text);
    if (frame !== null) return this.#addFrames([frame], line, indent);
    const terms = line.text.includes('[{file,"') ? readErlangTerms(line.text) : [];
    if (terms.length > 0) return this.#addFrames(terms, line, indent);
    this.#addText(line.text, trimmed, indent);
  }

  #begin(header: OpenException, indent: number): void {
    this.#bare = null;
    const parent = this.#levelFor(indent);
    if (parent === undefined || this.#isOver) {
      this.#end();
      this.#levels = [{ indent, exception: header }];
      this.#chain = [header];
      this.#isOver = false;
      return;
    }
    if (header.type === 'EXIT') {
      if (parent.exception.message.length < MAX_MESSAGE_LINES) parent.exception.message.push(...header.message);
      return;
    }
    header.relation = 'cause';
    this.#levels.push({ indent, exception: header });
    this.#chain.push(header);
  }

  /** The exception that a line of this indentation belongs to; those that are deeper are over. */
  #levelFor(indent: number): Level | undefined {
    while (this.#levels.length > 0 && (this.#levels.at(-1)?.indent ?? 0) >= indent) this.#levels.pop();
    return this.#levels.at(-1);
  }

  #addFrames(frames: readonly StackFrame[], line: TraceLine, indent: number): void {
    if (this.#bare !== null || this.#chain.length === 0) this.#beginBare();
    if (this.#isOver) return;
    const level = this.#levelFor(indent) ?? this.#levels[0];
    const exception = level?.exception ?? this.#chain[0];
    for (const frame of frames) exception?.frames.push({ ...frame, range: rangeOf(line) });
  }

  #beginBare(): void {
    this.#end();
    const exception = this.#bare ?? openException('', '', null);
    this.#levels = [{ indent: -1, exception }];
    this.#chain = [exception];
    this.#bare = null;
    this.#isOver = false;
  }

  /** Text before the frames is message; after them, text that is not indented ends the trace. */
  #addText(text: string, trimmed: string, indent: number): void {
    if (trimmed === '') return;
    const bare = trimmed.startsWith('(') ? readElixirHeader(`** ${trimmed}`) : null;
    const level = this.#levels.at(-1);
    const hasFrames = (level?.exception.frames.length ?? 0) > 0;
    if (bare !== null && (this.#isOver || hasFrames)) this.#bare = bare;
    else if (!this.#isOver && level !== undefined && !hasFrames && level.exception.message.length < MAX_MESSAGE_LINES) {
      level.exception.message.push(text);
    } else if (hasFrames && indent <= (this.#levels[0]?.indent ?? 0)) this.#isOver = true;
  }

  /** A process that ended because of an exception adds nothing to it. */
  #dropEmptyExit(): void {
    const [exit, raised] = this.#chain;
    if (exit === undefined || raised === undefined || exit.frames.length > 0 || exit.message.join('\n') !== RAISED) return;
    raised.relation = null;
    this.#chain.shift();
  }

  #end(): void {
    this.#dropEmptyExit();
    for (const exception of this.#chain)
      this.#exceptions.push(closeException({ ...exception, message: withoutClauses(exception.message) }));
    this.#chain = [];
    this.#levels = [];
    this.#isOver = true;
  }
}

/** The clauses that were tried and the arguments are no part of the message. */
function withoutClauses(message: readonly string[]): string[] {
  const end = message.findIndex(
    (line) => line.trim().startsWith('The following arguments were given') || line.trim().startsWith('Attempted function clauses'),
  );
  return end === -1 ? [...message] : message.slice(0, end);
}
