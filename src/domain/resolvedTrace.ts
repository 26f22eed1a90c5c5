import type { CodeLocation, FrameKind, StackException, StackLanguage, TextRange, WorkingTreeLocation } from './frame';

/** A frame of a pasted trace and what became of it in the workspace. */
export interface ResolvedFrame {
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly kind: FrameKind;
  /** Where the frame stands in the text that was given; null when it cannot be said. */
  readonly range: TextRange | null;
  /** Where to look; null when no file, or no single file, can be named. */
  readonly workspace: WorkingTreeLocation | null;
  /** The same place in the code that ran, also known where there is no working tree. */
  readonly deployed: CodeLocation | null;
  /** Other files it might be, best first; filled when the choice is ambiguous. */
  readonly candidates: readonly { readonly root: string; readonly path: string; readonly score: number }[];
  /** Why, in words, for a person. */
  readonly reason: string;
}

export interface ResolvedException {
  readonly type: string;
  readonly message: string;
  readonly relation: StackException['relation'];
  /** Innermost first. */
  readonly frames: readonly ResolvedFrame[];
}

/** A stack trace with each frame placed in the workspace, or the reason why not. */
export interface ResolvedTrace {
  readonly language: StackLanguage;
  readonly exceptions: readonly ResolvedException[];
  /** The frame to look at first, counted over the frames of all exceptions in order; null when none is the program's own. */
  readonly culpritFrame: number | null;
  /** What ran: a commit id where a repository knows it, else the name that was given or read; null when nothing names it. */
  readonly commit: string | null;
  /** The service that was given or read; null when nothing names it. */
  readonly service: string | null;
  /** Where the trace stands in the text that was given. */
  readonly range: TextRange;
}

/** A part of a text that names a line of a file which may be in the workspace. */
export interface FrameLink {
  readonly range: TextRange;
  /** As the text has it. */
  readonly file: string;
  readonly line: number;
}
