/** A frame's file, cleaned: segments from the outermost folder to the file name. */
export interface FramePath {
  readonly segments: readonly string[];
  /** Whether the path began at a file-system root, a drive or a host. */
  readonly isAbsolute: boolean;
}

const MAX_CHARS = 1_000;

/**
 * Cleans the file of a stack frame: `file://`, hosts, `webpack://name/`, query and hash, drive letters, backslashes, `.`
 * and `..` go. What comes out has no `..` and is only ever compared with names of tracked files, so it cannot lead out of
 * the workspace. Null when it names no file.
 */
export function parseFramePath(file: string): FramePath | null {
  if (file.length > MAX_CHARS || file.includes('\0') || file.startsWith('<')) return null;
  const { path, isAbsolute } = withoutScheme(file.trim());
  const slashes = path.includes('\\') ? path.replaceAll('\\', '/') : path;
  const isDrive = /^\/?[A-Za-z]:\//.test(slashes);
  const local = isDrive ? slashes.slice(slashes.indexOf(':') + 1) : slashes;
  const segments = collapse(local.split('/'));
  const name = segments.at(-1);
  if (name === undefined || name.startsWith('<') || name.startsWith('[')) return null;
  return { segments, isAbsolute: isAbsolute || isDrive || local.startsWith('/') };
}

function withoutScheme(file: string): { path: string; isAbsolute: boolean } {
  const scheme = file.indexOf('://');
  if (scheme <= 1) return { path: file, isAbsolute: false };
  const name = file.slice(0, scheme).toLowerCase();
  const rest = withoutQuery(file.slice(scheme + 3));
  if (name === 'file') return { path: decoded(rest), isAbsolute: true };
  if (name === 'webpack-internal') return { path: rest, isAbsolute: false };
  const slash = rest.indexOf('/');
  const isModule = name === 'webpack' || name === 'turbopack';
  return { path: slash === -1 ? '' : decoded(rest.slice(slash + 1)), isAbsolute: !isModule };
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

const GENERIC_STEMS = new Set(
  'index main app server __init__ __main__ mod lib handler handlers util utils helpers common types config constants models views routes router page route setup run cli test api client service controller'.split(
    ' ',
  ),
);

/** Names that nearly every project has: the name alone says nothing about which file it is. */
export function isGenericName(name: string): boolean {
  const dot = name.indexOf('.');
  return GENERIC_STEMS.has((dot > 0 ? name.slice(0, dot) : name).toLowerCase());
}

const NOISE = ['service', 'svc', 'server', 'api', 'app'];

/** Names of a service as they occur in folder names: `checkoutservice`, `checkout-svc` and `checkout` are one. */
export function serviceFolderNames(service: string): ReadonlySet<string> {
  const plain = service.toLowerCase();
  const names = new Set([plain]);
  for (const word of NOISE) {
    for (const tail of [`-${word}`, `_${word}`, word]) {
      const stem = plain.slice(0, -tail.length);
      if (plain.endsWith(tail) && stem.length >= 3) names.add(stem.replace(/[-_]$/, ''));
    }
  }
  const [last] = plain.split(/[/.:]/).slice(-1);
  if (last !== undefined && last.length >= 3) names.add(last);
  return names;
}

/** Whether a repository path lies in a folder that is named like the service. */
export function isInServiceFolder(path: string, service: string): boolean {
  const names = serviceFolderNames(service);
  const folders = path.toLowerCase().split('/').slice(0, -1);
  return folders.some((folder) => [...serviceFolderNames(folder)].some((name) => names.has(name)));
}
