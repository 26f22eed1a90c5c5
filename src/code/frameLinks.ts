import type { StackFrame } from '../domain/frame';
import type { FrameLink } from '../domain/resolvedTrace';

/** More links than this in one text help nobody. */
export const MAX_FRAME_LINKS = 5_000;

/** Source files that compile to one of another name keep their first part: `cart.ts` runs as `cart.js`. */
const COMPILED = /\.(?:[cm]?[jt]sx?|vue|svelte)$/i;

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
