/** A frame's file, cleaned: segments from the outermost folder to the file name. */
export interface FramePath {
  readonly segments: readonly string[];
  /** Whether the path began at a file-system root, a drive or a host. */
  readonly isAbsolute: boolean;
}

const MAX_CHARS = 1_000;

/**
 * Cleans the file of a stack frame: `file://`, hosts, `webpack://name/`, layers of bundlers, query and hash, drive letters,
 * backslashes, `.` and `..` go. What comes out has no `..` and is only ever compared with names of tracked files, so it
 * cannot lead out of the workspace. Null when it names no file.
 */
export function parseFramePath(file: string): FramePath | null {
  if (file.length > MAX_CHARS || file.includes('\0') || file.startsWith('<')) return null;
  const { path, isAbsolute, isBundled } = withoutScheme(file.trim());
  const slashes = path.includes('\\') ? path.replaceAll('\\', '/') : path;
  const isDrive = /^\/?[A-Za-z]:\//.test(slashes);
  const local = isDrive ? slashes.slice(slashes.indexOf(':') + 1) : slashes;
  const segments = withoutLayers(collapse(local.split('/')), isBundled, local);
  const name = segments.at(-1);
  if (name === undefined || name.startsWith('<') || /^\[[^\]]*\]?$/.test(name)) return null;
  return { segments, isAbsolute: isAbsolute || isDrive || local.startsWith('/') };
}

interface Address {
  readonly path: string;
  readonly isAbsolute: boolean;
  /** Whether a bundler made up the address; the folders are then those of the project. */
  readonly isBundled: boolean;
}

/** Schemes by which bundlers and frameworks name the modules of a project. */
const BUNDLERS = new Set(['webpack', 'webpack-internal', 'turbopack', 'rollup', 'ng', 'app', 'meteor', 'vite', 'parcel', 'metro']);

function withoutScheme(file: string): Address {
  const scheme = file.indexOf('://');
  if (scheme <= 1 || file.slice(0, scheme).includes('/')) {
    return { path: file.includes('?') ? withoutQuery(file) : file, isAbsolute: false, isBundled: false };
  }
  const name = file.slice(0, scheme).toLowerCase();
  const rest = withoutQuery(file.slice(scheme + 3));
  if (name === 'file' || name === 'phar' || name === 'zip') return { path: decoded(rest), isAbsolute: true, isBundled: false };
  const isBundled = BUNDLERS.has(name);
  const slash = rest.indexOf('/');
  if (name === 'turbopack' && rest.startsWith('[')) return { path: decoded(rest), isAbsolute: false, isBundled };
  return { path: slash === -1 ? '' : decoded(rest.slice(slash + 1)), isAbsolute: !isBundled, isBundled };
}

/**
 * Takes away folders that no disk has: `(rsc)` and `[project]` of Next.js, `@fs` of Vite, `_` with which .NET hides where a
 * library was built.
 */
function withoutLayers(segments: readonly string[], isBundled: boolean, path: string): readonly string[] {
  const [first = '', second] = segments;
  const isLayer = isBundled && second !== undefined && (/^\([\w-]+\)$/.test(first) || /^\[[\w-]+\]$/.test(first));
  const isServed = first === '@fs' && second !== undefined;
  const isDeterministic = path.startsWith('/_') && /^_\d*$/.test(first) && second !== undefined;
  return isLayer || isServed || isDeterministic ? segments.slice(1) : segments;
}

function withoutQuery(text: string): string {
  const ends = [text.indexOf('?'), text.indexOf('#')].filter((at) => at !== -1);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Removes `.` and resolves `..`; what would climb above the start is dropped. */
function collapse(parts: readonly string[]): string[] {
  const segments: string[] = [];
  for (const part of parts) {
    if (part === '..') segments.pop();
    else if (part !== '' && part !== '.') segments.push(part);
  }
  return segments;
}

/** How many trailing segments two paths share. */
export function sharedSuffix(left: readonly string[], right: readonly string[]): number {
  let count = 0;
  while (count < left.length && count < right.length && left.at(-1 - count) === right.at(-1 - count)) count += 1;
  return count;
}
