import type { StackException, StackFrame } from '../../domain/frame';

/**
 * Without the traces that were printed a second time right after the first: runtimes tell both the error log and the terminal,
 * or a thread and the program that waited for it.
 */
export function withoutRepeats(exceptions: readonly StackException[]): StackException[] {
  const kept: StackException[] = [];
  let previous: StackException[] = [];
  for (const trace of tracesIn(exceptions)) {
    if (!isSameTrace(trace, previous)) for (const exception of trace) kept.push(exception);
    previous = trace;
  }
  return kept;
}

function tracesIn(exceptions: readonly StackException[]): StackException[][] {
  const traces: StackException[][] = [];
  for (const exception of exceptions) {
    if (exception.relation === null || traces.length === 0) traces.push([exception]);
    else traces.at(-1)?.push(exception);
  }
  return traces;
}

function isSameTrace(one: readonly StackException[], other: readonly StackException[]): boolean {
  return one.length === other.length && one.every((exception, index) => isSameException(exception, other[index]));
}

/** Whether two exceptions say the same, wherever they stand in the text. */
export function isSameException(one: StackException, other: StackException | undefined): boolean {
  if (other === undefined || one.type !== other.type || one.message !== other.message) return false;
  return one.frames.length === other.frames.length && one.frames.every((frame, index) => isSamePlace(frame, other.frames[index]));
}

/** Whether two frames stand at the same line of the same function. */
export function isSamePlace(one: StackFrame, other: StackFrame | undefined): boolean {
  return one.function === other?.function && one.file === other?.file && one.line === other?.line && one.column === other?.column;
}
