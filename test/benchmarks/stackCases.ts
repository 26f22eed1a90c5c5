import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface ExpectedFrame {
  readonly function?: string | null;
  readonly file?: string | null;
  readonly line?: number | null;
  readonly column?: number | null;
}

export interface SourcePlace {
  readonly workspacePath: string;
  readonly line: number;
}

/** A trace with what is expected of it; the benchmark folder's own README describes the fields. */
export interface StackCase {
  readonly id: string;
  readonly language: string;
  readonly file: string;
  readonly origin: string;
  readonly convention: 'normalised' | 'upstream';
  readonly exception: { readonly type?: string | null } | null;
  readonly frameCount?: number | null;
  readonly topFrames: readonly ExpectedFrame[];
  readonly appFrame?: SourcePlace;
  readonly originalFrames?: readonly SourcePlace[];
}

export interface StackCases {
  /** The folder that traces were taken in; it serves as workspace. */
  readonly root: string;
  readonly cases: readonly StackCase[];
  textOf(stackCase: StackCase): string;
}

/** The benchmark of stack traces below `dataDir`; null when it is not there. */
export function readStackCases(dataDir: string): StackCases | null {
  const root = path.join(dataDir, 'stacktraces');
  const file = path.join(root, 'expected.json');
  if (!existsSync(file)) return null;
  const cases = JSON.parse(readFileSync(file, 'utf8')) as StackCase[];
  return { root, cases, textOf: (stackCase) => readFileSync(path.join(root, stackCase.file), 'utf8') };
}
