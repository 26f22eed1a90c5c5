import type * as vscode from 'vscode';
import { createVersions, followVersions } from '../../code/drift';

/** A line (from 0) that follows the text of an open document. */
export interface MovingLine {
  line: number;
}

/** Moves lines along with a change of the text, so that what stands on them keeps its place. */
export function shiftLines(lines: Iterable<MovingLine>, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
  for (const moving of lines) {
    for (const { range, text } of changes) {
      if (range.end.line >= moving.line && !(range.end.line === moving.line && range.end.character === 0)) continue;
      moving.line += lineBreaks(text) - (range.end.line - range.start.line);
    }
  }
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/**
 * Finds lines (from 1) of the text that was measured in the text of the editor. null means deleted; `isSame` is false where the
 * line was changed. Without the measured text numbers stay as they are.
 */
export function createLineFinder(measured: string | null, now: string): (line: number) => { line: number; isSame: boolean } | null {
  if (measured === null || measured === now) return (line) => ({ line, isSame: true });
  const versions = createVersions([measured, now]);
  return (line) => {
    const { mapped } = followVersions(versions, line);
    if (mapped.status === 'deleted') return null;
    return { line: mapped.line, isSame: mapped.status !== 'edited' };
  };
}
