import type { TraceMap } from '@jridgewell/trace-mapping';

/** Where a position of a built file comes from. */
export interface OriginalPosition {
  /** As the map spells it, below its `sourceRoot`: `../src/x.ts`, `webpack://name/./src/x.ts`. */
  readonly source: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The identifier that stands there. */
  readonly name: string | null;
  /** The text that the file was built from, where the map carries it. */
  readonly content: string | null;
}

export interface SourceMap {
  /** Line and column from 1, as stacks print them; null where the map says nothing. */
  originalOf(line: number, column: number): OriginalPosition | null;
}

/** Reads a source map (revision 3, also with sections); null when the text is none. */
export async function readSourceMap(text: string): Promise<SourceMap | null> {
  const { FlattenMap, originalPositionFor, sourceContentFor } = await import('@jridgewell/trace-mapping');
  const map = parse(text, FlattenMap);
  if (map === null) return null;
  return {
    originalOf(line, column) {
      if (line < 1 || column < 1) return null;
      const found = originalPositionFor(map, { line, column: column - 1 });
      if (found.source === null) return null;
      const content = sourceContentFor(map, found.source);
      return { source: found.source, line: found.line, column: found.column + 1, name: found.name, content };
    },
  };
}

/** Maps may begin with a line that keeps browsers from running them. */
function parse(text: string, Flatten: new (map: string) => TraceMap): TraceMap | null {
  try {
    return new Flatten(text.replace(/^\)\]\}'?[^\n]{0,10}\n/, ''));
  } catch {
    return null;
  }
}

/** What a built file says about its map: the map itself, or where it lies. */
export type MapReference = { readonly kind: 'inline'; readonly text: string } | { readonly kind: 'file'; readonly url: string };

const MARKS = ['//# sourceMappingURL=', '//@ sourceMappingURL=', '/*# sourceMappingURL='];
const MAX_INLINE_CHARS = 64 * 1024 * 1024;

/** Reads the last reference to a source map in a built file; null when there is none. */
export function mapReference(built: string): MapReference | null {
  const mark = MARKS.map((text) => ({ text, at: built.lastIndexOf(text) })).sort((left, right) => right.at - left.at)[0];
  if (mark === undefined || mark.at === -1) return null;
  const from = mark.at + mark.text.length;
  const newline = built.indexOf('\n', from);
  const url = built
    .slice(from, newline === -1 ? undefined : newline)
    .replace(/\*\/\s*$/, '')
    .trim();
  if (!url.startsWith('data:')) return url === '' || url.length > 1_000 ? null : { kind: 'file', url };
  const comma = url.indexOf(',');
  if (comma === -1 || url.length > MAX_INLINE_CHARS) return null;
  return inlineMap(url.slice(5, comma), url.slice(comma + 1));
}

function inlineMap(type: string, data: string): MapReference | null {
  try {
    const text = /;base64$/i.test(type)
      ? new TextDecoder().decode(Uint8Array.from(atob(data), (char) => char.charCodeAt(0)))
      : decodeURIComponent(data);
    return { kind: 'inline', text };
  } catch {
    return null;
  }
}

/**
 * A path beside a file of the repository, as a map or a built file spells it; null when it leads out of the repository or names
 * a scheme. Query and hash go.
 */
export function besideFile(path: string, relative: string): string | null {
  if (/^[\w+.-]{2,20}:/.test(relative) || relative.startsWith('/') || relative.includes('\\') || relative.includes('\0')) return null;
  const segments = path.split('/').slice(0, -1);
  for (const part of (relative.split(/[?#]/, 1)[0] ?? '').split('/')) {
    if (part === '..') {
      if (segments.pop() === undefined) return null;
    } else if (part !== '' && part !== '.') segments.push(part);
  }
  return segments.length === 0 ? null : segments.join('/');
}
