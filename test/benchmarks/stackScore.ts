import type { ResolvedTrace } from '../../src/domain/resolvedTrace';
import type { SourcePlace, StackCase } from './stackCases';

/** A frame as any parser may give it; what it does not know is null. */
export interface ScoredFrame {
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

const FIELDS = ['function', 'file', 'line', 'column'] as const;

/**
 * Why a parser's frames are not those expected; null when they are: as many of them, and the first ones equal in all that is
 * expected. For traces whose expectation follows another tool's conventions only the lines count.
 */
export function whyFramesDiffer({ convention, frameCount, topFrames }: StackCase, frames: readonly ScoredFrame[]): string | null {
  if (convention === 'upstream') {
    const [wanted, found] = [topFrames.map(({ line }) => line ?? null), frames.slice(0, topFrames.length).map(({ line }) => line)];
    return JSON.stringify(wanted) === JSON.stringify(found) ? null : `lines ${found} instead of ${wanted}`;
  }
  if (frameCount != null && frames.length !== frameCount) return `${frames.length} frames instead of ${frameCount}`;
  for (const [at, wanted] of topFrames.entries()) {
    const field = FIELDS.find((name) => wanted[name] != null && wanted[name] !== frames[at]?.[name]);
    if (field !== undefined)
      return `frame ${at}: ${field} ${JSON.stringify(frames[at]?.[field])} instead of ${JSON.stringify(wanted[field])}`;
  }
  return null;
}

/** The same for a whole answer, of which the outermost exception counts, with its type. */
export function whyNotExact(stackCase: StackCase, traces: readonly ResolvedTrace[]): string | null {
  const exceptions = traces.flatMap((trace) => trace.exceptions);
  const top = exceptions.find(({ relation }) => relation === null) ?? exceptions[0];
  if (top === undefined) return 'no trace was found';
  const type = stackCase.exception?.type;
  if (stackCase.convention === 'normalised' && type && top.type !== type) return `type ${top.type} instead of ${type}`;
  return whyFramesDiffer(stackCase, top.frames);
}

export interface MappingScore {
  readonly expected: number;
  readonly right: number;
  /** Places that were named for a frame although neither it nor any mark of the source says so. */
  readonly wrong: readonly string[];
}

/** How many of the places that are expected of own runs were named. `isMarked` says whether a source line is in any trace. */
export function scoreMapping(
  { appFrame, originalFrames = [] }: StackCase,
  traces: readonly ResolvedTrace[],
  isMarked: (path: string, line: number) => boolean,
): MappingScore {
  const frames = traces.flatMap((trace) => trace.exceptions).flatMap((exception) => exception.frames);
  const wanted = [...(appFrame === undefined ? [] : [appFrame]), ...originalFrames];
  const isNamed = ({ workspacePath, line }: SourcePlace) =>
    frames.some(({ workspace }) => workspace?.path.endsWith(workspacePath) && workspace.line === line);
  const wrong = frames.flatMap((frame) => {
    if (frame.workspace === null || wanted.length === 0) return [];
    const { path, line } = frame.workspace;
    const isAsPrinted = line === frame.line && baseName(path) === baseName(frame.file ?? '');
    return isAsPrinted || isMarked(path, line) ? [] : [`${path}:${line}`];
  });
  return { expected: wanted.length, right: wanted.filter(isNamed).length, wrong: [...new Set(wrong)] };
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
