import type { LineStatus } from '../../domain/frame';
import type { ResolvedException, ResolvedFrame, ResolvedTrace } from '../../domain/resolvedTrace';

/** What became of a frame, as its row shows it. */
export type FrameState = LineStatus | 'ambiguous' | 'library' | 'elsewhere';

export interface TraceNode {
  readonly kind: 'trace';
  readonly id: string;
  readonly trace: ResolvedTrace;
  /** How often the text has this very trace. */
  readonly times: number;
  readonly children: readonly ExceptionNode[];
  readonly parent: null;
}

export interface ExceptionNode {
  readonly kind: 'exception';
  readonly id: string;
  readonly exception: ResolvedException;
  readonly children: readonly (FrameNode | LibrariesNode)[];
  readonly parent: TraceNode;
}

/** Frames in a row that are not the program's own. */
export interface LibrariesNode {
  readonly kind: 'libraries';
  readonly id: string;
  readonly children: readonly FrameNode[];
  readonly parent: ExceptionNode;
}

export interface FrameNode {
  readonly kind: 'frame';
  readonly id: string;
  readonly frame: ResolvedFrame;
  readonly state: FrameState;
  /** How often it stands there in a row, as in a recursion. */
  readonly times: number;
  readonly isCulprit: boolean;
  readonly trace: ResolvedTrace;
  readonly parent: ExceptionNode | LibrariesNode;
}

export type StackNode = TraceNode | ExceptionNode | LibrariesNode | FrameNode;

/** Rows that are built, at most; a log may have more traces than anybody reads. */
export const MAX_SHOWN_TRACES = 100;
const MAX_SHOWN_FRAMES = 500;

/** The rows of resolved traces; those that are alike become one. */
export function stackNodes(traces: readonly ResolvedTrace[]): TraceNode[] {
  return distinctTraces(traces)
    .slice(0, MAX_SHOWN_TRACES)
    .map(({ trace, times }, at) => traceNode(trace, times, `trace:${at}`));
}

/** Traces that differ in more than where they stand in the text, each with the number of its copies. */
export function distinctTraces(traces: readonly ResolvedTrace[]): { readonly trace: ResolvedTrace; readonly times: number }[] {
  const found = new Map<string, { trace: ResolvedTrace; times: number }>();
  for (const trace of traces) {
    const key = JSON.stringify([
      trace.commit,
      trace.service,
      trace.exceptions.map(({ type, message, frames }) => [type, message, frames.map((frame) => [frame.function, frame.file, frame.line])]),
    ]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { trace, times: 1 });
    else known.times += 1;
  }
  return [...found.values()];
}

export function frameState({ workspace, candidates, kind }: ResolvedFrame): FrameState {
  if (workspace !== null) return workspace.status;
  if (candidates.length > 0) return 'ambiguous';
  return kind === 'app' ? 'elsewhere' : 'library';
}

/** The row of the frame to look at first; null when none of the traces has one. */
export function culpritOf(nodes: readonly TraceNode[]): FrameNode | null {
  for (const node of nodes) for (const frame of framesOf(node)) if (frame.isCulprit) return frame;
  return null;
}

export function framesOf(node: StackNode): FrameNode[] {
  return node.kind === 'frame' ? [node] : node.children.flatMap(framesOf);
}

function traceNode(trace: ResolvedTrace, times: number, id: string): TraceNode {
  const children: ExceptionNode[] = [];
  const node: TraceNode = { kind: 'trace', id, trace, times, children, parent: null };
  let first = 0;
  for (const [at, exception] of trace.exceptions.entries()) {
    const culprit = trace.culpritFrame === null ? -1 : trace.culpritFrame - first;
    children.push(exceptionNode(exception, culprit, node, `${id}/${at}`));
    first += exception.frames.length;
  }
  return node;
}

function exceptionNode(exception: ResolvedException, culprit: number, parent: TraceNode, id: string): ExceptionNode {
  const children: (FrameNode | LibrariesNode)[] = [];
  const node: ExceptionNode = { kind: 'exception', id, exception, children, parent };
  const rows = frameRows(exception.frames).slice(0, MAX_SHOWN_FRAMES);
  for (let at = 0; at < rows.length; ) {
    const end = endOfLibraries(rows, at);
    const frame = (row: FrameRow, owner: FrameNode['parent']): FrameNode => {
      const isCulprit = culprit >= row.at && culprit < row.at + row.times;
      const { frame, times } = row;
      return {
        kind: 'frame',
        id: `${id}/${row.at}`,
        frame,
        state: frameState(frame),
        times,
        isCulprit,
        trace: parent.trace,
        parent: owner,
      };
    };
    if (end - at > 1) {
      const own: FrameNode[] = [];
      const libraries: LibrariesNode = { kind: 'libraries', id: `${id}/${rows[at]?.at}+`, children: own, parent: node };
      own.push(...rows.slice(at, end).map((row) => frame(row, libraries)));
      children.push(libraries);
      at = end;
    } else {
      children.push(...rows.slice(at, at + 1).map((row) => frame(row, node)));
      at += 1;
    }
  }
  return node;
}

interface FrameRow {
  readonly frame: ResolvedFrame;
  readonly at: number;
  times: number;
}

function frameRows(frames: readonly ResolvedFrame[]): FrameRow[] {
  const rows: FrameRow[] = [];
  for (const [at, frame] of frames.entries()) {
    const last = rows.at(-1);
    if (last !== undefined && isSame(last.frame, frame)) last.times += 1;
    else rows.push({ frame, at, times: 1 });
  }
  return rows;
}

const isSame = (left: ResolvedFrame, right: ResolvedFrame) =>
  left.function === right.function && left.file === right.file && left.line === right.line && left.column === right.column;

function endOfLibraries(rows: readonly FrameRow[], at: number): number {
  let end = at;
  while (end < rows.length && frameState((rows[end] as FrameRow).frame) === 'library') end += 1;
  return end;
}
