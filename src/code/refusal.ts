import type { StackFrame } from '../domain/frame';

/** Why a frame is not looked for in the workspace, as a sentence; null when it is. */
export function refusalOf(frame: StackFrame): string | null {
  if (frame.kind === 'library') return 'The frame is in a library.';
  if (frame.kind === 'runtime' || frame.kind === 'native') return "The frame is in the language's runtime.";
  if (frame.kind === 'eval') return 'The frame is in code that was generated at run time.';
  return frame.file === null || frame.line === null ? 'The frame names no file and line.' : null;
}

/** A line this long is no line that a person wrote. */
const MINIFIED_COLUMN = 500;

/** Whether the frame is in code that a tool squeezed into few lines, so that its line says nothing by itself. */
export function isMinified({ file, line, column }: StackFrame): boolean {
  if (file === null) return false;
  const path = file.split(/[?#]/, 1)[0] ?? '';
  if (/[.-]min\.[cm]?js$/.test(path) || /\.bundle(?:\.[cm]?js)?$/.test(path)) return true;
  return (column ?? 0) > MINIFIED_COLUMN && (line ?? 0) <= 50 && /\.(?:[cm]?jsx?|bundle)$/.test(path);
}

export const MINIFIED = 'The frame is in minified code; without its source map the line means nothing.';

/** Modules whose lines are those of what a bundler made of them, not of the file that they are called like. */
export const isGeneratedModule = ({ file }: StackFrame) => file?.startsWith('webpack-internal:') === true;
