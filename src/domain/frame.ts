/** What a frame is: the program's own code, or why it is not the place to look at. */
export type FrameKind =
  | 'app'
  | 'library'
  | 'runtime'
  | 'native'
  | 'eval'
  | 'async'
  | 'created-by'
  /** Ran because something below it failed, as a deferred function in Go does. */
  | 'handler';

export type StackLanguage =
  | 'javascript'
  | 'python'
  | 'java'
  | 'kotlin'
  | 'go'
  | 'ruby'
  | 'php'
  | 'csharp'
  | 'rust'
  | 'elixir'
  | 'swift'
  | 'dart'
  | 'perl';

/** Offsets of UTF-16 units in a text; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** One line of a stack trace. Lines and columns count from 1. */
export interface StackFrame {
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly kind: FrameKind;
  /** Where it stands in the text it was read from; absent when it came from elsewhere, such as a span's tags. */
  readonly range?: TextRange;
  /** The code that the runtime printed with the frame (Python, Ruby, uncaught Node.js errors); absent for most. */
  readonly codeText?: string;
}

/** One exception of a chain, frames innermost first. */
export interface StackException {
  readonly type: string;
  readonly message: string;
  readonly relation: null | 'cause' | 'context' | 'suppressed' | 'group';
  readonly frames: readonly StackFrame[];
}

/** One error as a runtime printed it: the exception that reached the top first, then what it has to do with it. */
export interface StackTrace {
  readonly language: StackLanguage;
  readonly exceptions: readonly StackException[];
  /** The frame to look at first, counted over the frames of all exceptions in order; null when none is the program's own. */
  readonly culpritFrame: number | null;
  readonly range: TextRange;
}

/** A place in source code as a person names it: repository-relative path with `/`, line from 1. */
export interface CodeLocation {
  readonly file: string;
  readonly line: number;
  readonly function: string | null;
}

/** What became of a deployed line in the working tree. */
export type LineStatus = 'exact' | 'moved' | 'edited' | 'deleted' | 'unknown';

export interface WorkingTreeLocation {
  /** Root of the repository the file belongs to, as a file-system path. */
  readonly root: string;
  readonly path: string;
  readonly line: number;
  readonly status: LineStatus;
  /** 0..1: how sure the mapping is. */
  readonly score: number;
  /** Why, in words, for a person. */
  readonly reason: string;
}

/** The answer to "where is this frame in my workspace?". */
export interface FrameMapping {
  readonly location: WorkingTreeLocation | null;
  /** The same place in the code that ran, also known where there is no working tree; null when no file was found. */
  readonly deployed: CodeLocation | null;
  /** Other files it might be; filled when `location` is null because the choice is ambiguous. */
  readonly candidates: readonly { readonly root: string; readonly path: string; readonly score: number }[];
  readonly reason: string;
}
