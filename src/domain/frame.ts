export type FrameKind = 'app' | 'library' | 'runtime' | 'native' | 'eval' | 'async';

/** One line of a stack trace. Lines and columns count from 1. */
export interface StackFrame {
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly kind: FrameKind;
}

/** One exception of a chain, frames innermost first. */
export interface StackException {
  readonly type: string;
  readonly message: string;
  readonly relation: null | 'cause' | 'context' | 'suppressed' | 'group';
  readonly frames: readonly StackFrame[];
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
