import type { StackFrame } from '../domain/frame';
import type { Repository } from '../domain/ports';
import type { FramePath } from './framePath';
import { isMinified } from './refusal';
import { besideFile, mapReference, readSourceMap, type SourceMap } from './sourceMap';
import type { WorkspaceIndex } from './workspaceIndex';

/** A source map of the workspace and where it lies. */
export interface LocalMap {
  readonly repository: Repository;
  /** The built file that it is about. */
  readonly built: string;
  /** Where the map lies; the built file itself for one that it carries. */
  readonly path: string;
  readonly map: SourceMap;
}

const OUTPUT_FOLDERS = new Set(
  'dist build out output .next .nuxt .output .svelte-kit _next public static assets chunks bundle bundles esm cjs www generated .vite .webpack .serverless'.split(
    ' ',
  ),
);
/** What a server shows at `/` often lies in such a folder. */
const SERVED_FOLDERS = ['dist', 'build', 'public', 'out', 'static', 'www'];
const PROJECT_FILES = ['package.json', 'tsconfig.json'];

const MAX_SUFFIX = 6;
const MAX_PROJECTS = 30;
const MAX_MAPS = 3;
const MAX_BUILT_BYTES = 48 * 1024 * 1024;

/** Where the last folder stands in which tools put what they built; -1 when there is none. */
export const outputFolder = ({ segments }: FramePath) =>
  segments.findLastIndex((segment, at) => at < segments.length - 1 && OUTPUT_FOLDERS.has(segment));

/** Whether a frame may be in a file that a tool made of other files: JavaScript only, whose runtimes know nothing of the sources. */
export function isBuilt(frame: StackFrame, path: FramePath): boolean {
  return /\.(?:[cm]?jsx?|bundle)$/.test(path.segments.at(-1) ?? '') && (isMinified(frame) || outputFolder(path) !== -1);
}

/** The source maps of the workspace that a built file may have, nearest first: those with the longest equal path only. */
export async function findMaps(
  path: FramePath,
  repositories: readonly Repository[],
  index: WorkspaceIndex,
  signal: AbortSignal,
): Promise<LocalMap[]> {
  const tracked = index.match(path.segments, null);
  const longest = tracked[0]?.shared ?? 0;
  const best = tracked.filter(({ shared }) => shared === longest && shared > 1).slice(0, MAX_MAPS);
  const maps = await mapsOf(best, signal);
  if (maps.length > 0) return maps;
  for (let length = Math.min(MAX_SUFFIX, path.segments.length); length > 0; length -= 1) {
    const suffix = path.segments.slice(-length).join('/');
    const places = repositories.flatMap((repository) =>
      foldersOf(repository, index, path, length).map((dir) => ({ repository, path: `${dir}${suffix}` })),
    );
    const found = await mapsOf(places, signal);
    if (found.length > 0) return found;
  }
  return mapsOf(tracked.filter(({ shared }) => shared === longest && shared === 1).slice(0, MAX_MAPS), signal);
}

/** Where projects of a repository lie, with a slash at the end; for what a server showed also where servers look. */
function foldersOf(repository: Repository, index: WorkspaceIndex, { isAbsolute }: FramePath, length: number): string[] {
  const manifests = PROJECT_FILES.flatMap((name) => index.named(name)).filter((entry) => entry.repository === repository);
  const folders = [...new Set(['', ...manifests.slice(0, MAX_PROJECTS).map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1))])];
  if (!isAbsolute || length > 3) return folders;
  return [...folders, ...folders.flatMap((folder) => SERVED_FOLDERS.map((served) => `${folder}${served}/`))];
}

async function mapsOf(
  places: readonly { readonly repository: Repository; readonly path: string }[],
  signal: AbortSignal,
): Promise<LocalMap[]> {
  const maps: LocalMap[] = [];
  for (const { repository, path } of places) {
    signal.throwIfAborted();
    const map = await mapOf(repository, path, signal);
    if (map !== null) maps.push(map);
    if (maps.length >= MAX_MAPS) break;
  }
  return maps;
}

/** The map that the built file names, else the one beside it, which may be there although the built file is not. */
async function mapOf(repository: Repository, built: string, signal: AbortSignal): Promise<LocalMap | null> {
  const text = await repository.readFile(built, signal, MAX_BUILT_BYTES);
  const reference = text === null ? null : mapReference(text);
  if (reference?.kind === 'inline') return localMap(repository, built, built, reference.text);
  const named = reference === null ? null : besideFile(built, reference.url);
  for (const path of new Set([named, `${built}.map`])) {
    const found = path === null ? null : await repository.readFile(path, signal, MAX_BUILT_BYTES);
    if (path !== null && found !== null) return localMap(repository, built, path, found);
  }
  return null;
}

async function localMap(repository: Repository, built: string, path: string, text: string): Promise<LocalMap | null> {
  const map = await readSourceMap(text);
  return map === null ? null : { repository, built, path, map };
}
