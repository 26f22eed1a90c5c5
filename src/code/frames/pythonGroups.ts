import { indentOf } from './text';

/** What the frame around an exception group says on one line. */
export type GroupLine =
  | { readonly kind: 'text'; readonly column: number; readonly length: number }
  | { readonly kind: 'open' | 'member' | 'close'; readonly column: number }
  | null;

/**
 * Reads the beginning of a line in an exception group: `  |   `, `  + Exception Group`, `  +-+---------------- 1 ---`,
 * `    +---------------- 2 ---`, `    +-----------`. Null for lines outside of groups; `length` is that of the border.
 */
export function readGroupLine(line: string): GroupLine {
  const column = indentOf(line);
  const border = line[column];
  if (border === '|') return { kind: 'text', column, length: Math.min(line.length, column + 2) };
  if (border !== '+') return null;
  if (line.startsWith('+ Exception Group', column)) return { kind: 'text', column, length: column + 2 };
  if (line.startsWith('+-+---', column)) return { kind: 'open', column: column + 2 };
  if (!line.startsWith('+---', column)) return null;
  return { kind: line.includes(' ', column) ? 'member' : 'close', column };
}
