import type { DiffHunk, DiffLine } from './unifiedDiff';

const COMMENT = /^\s*(?:\/\/|#(?!\[)|\*|\/\*|--\s|<!--)/;

/** The added or removed lines of a hunk that are code. */
export const changedLines = ({ lines }: DiffHunk, kind: 'added' | 'removed'): readonly DiffLine[] =>
  lines.filter((line) => line.kind === kind && !COMMENT.test(line.text));

/** A line of code as far as patterns read it. */
export const codeOf = ({ text }: DiffLine): string => text.slice(0, 400);

export const hasAny = (lines: readonly DiffLine[], pattern: RegExp): boolean => lines.some((line) => pattern.test(codeOf(line)));

/** How many lines match. */
export const countOf = (lines: readonly DiffLine[], pattern: RegExp): number =>
  lines.reduce((count, line) => count + Number(pattern.test(codeOf(line))), 0);

/** The first line of one side that matches where fewer of the other side do: it came, or went, rather than moved. */
export function moreOf(these: readonly DiffLine[], others: readonly DiffLine[], pattern: RegExp): DiffLine | null {
  if (countOf(these, pattern) <= countOf(others, pattern)) return null;
  return these.find((line) => pattern.test(codeOf(line))) ?? null;
}

/** Where to point for something that was removed: the first line put in its place, else the line that now follows. */
export function replacementLine({ lines }: DiffHunk, removed: DiffLine): number | null {
  const at = lines.indexOf(removed);
  return lines.slice(at).find((line) => line.kind === 'added')?.newLine ?? removed.newLine;
}

/** What a line says but for its blanks. */
export const squeezed = (line: DiffLine): string => codeOf(line).replaceAll(/\s+/g, '');
