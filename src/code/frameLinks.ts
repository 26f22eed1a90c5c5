import type { StackFrame } from '../domain/frame';
import type { FrameLink } from '../domain/resolvedTrace';
import { parseStackTraces } from './frames/parseStack';
import { LINE_CONTEXTS } from './lineContexts';

/** More links than this in one text help nobody. */
export const MAX_FRAME_LINKS = 5_000;

/** Source files that compile to one of another name keep their first part: `cart.ts` runs as `cart.js`. */
const COMPILED = /\.(?:[cm]?[jt]sx?|vue|svelte)$/i;

/** The frames of a single line that was torn out of its trace, with ranges in the line. */
function framesInLine(line: string): StackFrame[] {
  for (const { before, after } of LINE_CONTEXTS) {
    const own = framesOf(before + line + after).flatMap(({ range, ...frame }): StackFrame[] => {
      const [start, end] = [(range?.start ?? -1) - before.length, (range?.end ?? -1) - before.length];
      return start >= 0 && end <= line.length && frame.line !== null ? [{ ...frame, range: { start, end } }] : [];
    });
    if (own.length > 0) return own;
  }
  return [];
}

/** The frames of a text of any length, in any language. */
export function framesIn(text: string): StackFrame[] {
  if (!text.includes('\n')) return framesInLine(text);
  return framesOf(text);
}

const framesOf = (text: string) => parseStackTraces(text).flatMap(({ exceptions }) => exceptions.flatMap(({ frames }) => frames));

/** The names by which frames may call the files of a workspace, for {@link frameLinks}. */
export function fileNames(paths: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of paths) names.add(nameOf(path));
  return names;
}

/**
 * The frames of a text that name a line of a file which has the name of one of the workspace, in the order of the text. Which
 * file it is, if any, is found out only when somebody asks.
 */
export function frameLinks(frames: Iterable<StackFrame>, names: ReadonlySet<string>): FrameLink[] {
  const links: FrameLink[] = [];
  for (const { file, line, kind, range } of frames) {
    if (links.length === MAX_FRAME_LINKS) break;
    if (file === null || line === null || range === undefined || kind === 'library' || kind === 'runtime' || kind === 'native') continue;
    if (names.has(nameOf(file))) links.push({ range, file, line });
  }
  return links.sort((left, right) => left.range.start - right.range.start);
}

/** The last part of a path of any system, without what a bundler or a browser puts behind it. */
function nameOf(path: string): string {
  const plain = path.split(/[?#]/, 1)[0] ?? '';
  const last = plain.slice(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1);
  return last.replace(COMPILED, '.js');
}
