import type { StackException, StackLanguage } from '../../domain/frame';

/** A line of the text that stacks are read from, without its line end, colours and quoting. */
export interface TraceLine {
  readonly text: string;
  /** Offset of the line in the original text, and of what follows its last character. */
  readonly start: number;
  readonly end: number;
  /** Whether a log's prefix, such as a time, was cut off: beside lines without one it begins an entry of the log. */
  readonly hasPrefix?: boolean;
}

/** Reads the stack traces of one language. Both functions take time linear in what they are given. */
export interface LanguageParser {
  readonly language: StackLanguage;
  /** How much a line looks like this language's stacks: 0 not at all, 1 it may be, 2 nothing else prints such a line. */
  weigh(line: string, previous: string): 0 | 1 | 2;
  /**
   * The exceptions of one or more traces in the order of `StackTrace.exceptions`, frames innermost first; an exception with
   * `relation: null` begins a trace. Text that belongs to no trace is passed over.
   */
  parse(lines: readonly TraceLine[]): StackException[];
}
