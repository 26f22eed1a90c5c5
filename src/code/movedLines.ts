import type { DiffLine, FileDiff } from './unifiedDiff';

const MIN_CHARS = 8;

/**
 * The same diff without the lines that one hunk lost and another gained: such code was moved, as when a helper is extracted, and
 * does what it did. Moved lines stay as context, so that what stands around them is still seen.
 */
export function withoutMoves(files: readonly FileDiff[]): readonly FileDiff[] {
  const homes = { added: new Map<string, Set<number>>(), removed: new Map<string, Set<number>>() };
  const hunks = files.flatMap((file) => file.hunks);
  for (const [at, hunk] of hunks.entries())
    for (const line of hunk.lines) {
      const text = squeeze(line);
      if (line.kind === 'context' || text.length < MIN_CHARS) continue;
      homes[line.kind].set(text, (homes[line.kind].get(text) ?? new Set()).add(at));
    }
  const isMoved = (line: DiffLine, at: number): boolean => {
    if (line.kind === 'context') return false;
    const others = homes[line.kind === 'added' ? 'removed' : 'added'].get(squeeze(line));
    return others !== undefined && !others.has(at);
  };
  let at = -1;
  return files.map((file) => ({
    ...file,
    hunks: file.hunks.map((hunk) => {
      at += 1;
      const here = at;
      const lines = hunk.lines.flatMap((line): DiffLine[] => {
        if (!isMoved(line, here)) return [line];
        return line.kind === 'added' ? [{ ...line, kind: 'context' }] : [];
      });
      return { ...hunk, lines };
    }),
  }));
}

const squeeze = ({ text }: DiffLine) => text.slice(0, 400).replaceAll(/[\s;,]+/g, '');
