import { diffArrays } from 'diff';
import type { LineStatus } from '../domain/frame';
import type { DiffHunk, FileDiff } from './unifiedDiff';

export interface MappedLine {
  /** 1-based line in the new text; for `deleted`, where it used to be. */
  readonly line: number;
  readonly status: LineStatus;
}

/** A stretch of lines that was replaced: 1-based starts; a start is the line that follows when its count is 0. */
export interface LineChange {
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newStart: number;
  readonly newLines: readonly string[];
}

/** The most line edits that a text comparison goes through before it gives up. */
const MAX_EDITS = 1_500;

/**
 * Follows a line of the old text to the new one. `exact`: same number; `moved`: same text elsewhere; `edited`: replaced,
 * the place that took over is given; `deleted`: gone. Changes must be in ascending order, as diffs give them.
 */
export function mapThroughChanges(changes: readonly LineChange[], line: number): MappedLine {
  let shift = 0;
  for (const change of changes) {
    if (line < change.oldStart) break;
    if (line < change.oldStart + change.oldLines.length) return mapInside(changes, change, line);
    shift += change.newLines.length - change.oldLines.length;
  }
  return { line: line + shift, status: shift === 0 ? 'exact' : 'moved' };
}

function mapInside(changes: readonly LineChange[], change: LineChange, line: number): MappedLine {
  const offset = line - change.oldStart;
  const text = change.oldLines[offset] ?? '';
  const elsewhere = uniqueAddition(changes, text);
  if (elsewhere !== null) return { line: elsewhere, status: 'moved' };
  if (change.newLines.length === 0) return { line: Math.max(1, change.newStart - 1), status: 'deleted' };
  return { line: change.newStart + closestLine(change, offset), status: 'edited' };
}

/** The line was cut and pasted when its text was removed once and added once; short lines prove nothing. */
function uniqueAddition(changes: readonly LineChange[], text: string): number | null {
  const wanted = text.trim();
  if (wanted.length < 8) return null;
  let found: number | null = null;
  let removed = 0;
  for (const change of changes) {
    removed += change.oldLines.filter((candidate) => candidate.trim() === wanted).length;
    for (const [index, candidate] of change.newLines.entries()) {
      if (candidate.trim() !== wanted) continue;
      if (found !== null) return null;
      found = change.newStart + index;
    }
  }
  return removed === 1 ? found : null;
}

/** Of the lines that replaced a stretch, the one most like the old line; the same offset when none is alike. */
function closestLine(change: LineChange, offset: number): number {
  const old = wordsOf(change.oldLines[offset] ?? '');
  let best = Math.min(offset, change.newLines.length - 1);
  let bestLikeness = likeness(old, wordsOf(change.newLines[best] ?? ''));
  for (const [index, text] of change.newLines.slice(0, 200).entries()) {
    const value = likeness(old, wordsOf(text));
    if (value > bestLikeness) {
      best = index;
      bestLikeness = value;
    }
  }
  return best;
}

const wordsOf = (text: string) =>
  new Set(
    text
      .slice(0, 400)
      .split(/[^A-Za-z0-9_$]+/)
      .filter((word) => word !== ''),
  );

/** Jaccard index of two sets of words. */
function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of left) if (right.has(word)) shared += 1;
  const all = left.size + right.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** The changes that a parsed diff of one file makes; hunks without numbers are left out. */
export function changesOf(file: FileDiff): LineChange[] {
  return file.hunks.flatMap(changesOfHunk);
}

function changesOfHunk(hunk: DiffHunk): LineChange[] {
  if (hunk.oldStart === null || hunk.newStart === null) return [];
  const changes: { oldStart: number; oldLines: string[]; newStart: number; newLines: string[] }[] = [];
  let oldLine = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
  let newLine = hunk.newLines === 0 ? hunk.newStart + 1 : hunk.newStart;
  let open: (typeof changes)[number] | null = null;
  for (const line of hunk.lines) {
    if (line.kind === 'context') {
      open = null;
      oldLine += 1;
      newLine += 1;
      continue;
    }
    if (open === null) {
      open = { oldStart: oldLine, oldLines: [], newStart: newLine, newLines: [] };
      changes.push(open);
    }
    if (line.kind === 'removed') {
      open.oldLines.push(line.text);
      oldLine += 1;
    } else {
      open.newLines.push(line.text);
      newLine += 1;
    }
  }
  return changes;
}

/** The changes between two texts; null when they differ in more than 1,500 lines. Line ends do not count. */
export function changesBetween(oldText: string, newText: string): LineChange[] | null {
  const oldLines = oldText.split(/\r?\n/);
  const newLines = newText.split(/\r?\n/);
  const parts = diffArrays(oldLines, newLines, { maxEditLength: MAX_EDITS });
  if (parts === undefined) return null;
  const changes: { oldStart: number; oldLines: string[]; newStart: number; newLines: string[] }[] = [];
  let [oldLine, newLine] = [1, 1];
  let isOpen = false;
  for (const part of parts) {
    if (!part.added && !part.removed) {
      oldLine += part.value.length;
      newLine += part.value.length;
      isOpen = false;
      continue;
    }
    if (!isOpen) changes.push({ oldStart: oldLine, oldLines: [], newStart: newLine, newLines: [] });
    isOpen = true;
    const change = changes.at(-1);
    if (part.removed) change?.oldLines.push(...part.value);
    else change?.newLines.push(...part.value);
    if (part.removed) oldLine += part.value.length;
    else newLine += part.value.length;
  }
  return changes;
}

/**
 * Follows a line of one text to another: of the deployed file to the saved one, or of the saved file to the text in the
 * editor, which may have unsaved changes. `unknown` when the line is not in the old text or too much has changed.
 */
export function mapBuffer(savedText: string, bufferText: string, line: number): MappedLine {
  const saved = savedText.split(/\r?\n/);
  if (!Number.isInteger(line) || line < 1 || line > saved.length) return { line, status: 'unknown' };
  if (savedText === bufferText) return { line, status: 'exact' };
  const changes = changesBetween(savedText, bufferText);
  return changes === null ? byText(saved, bufferText.split(/\r?\n/), line) : mapThroughChanges(changes, line);
}

/** When the texts have little in common, a line that occurs once in each is still the same line. */
function byText(saved: readonly string[], buffer: readonly string[], line: number): MappedLine {
  const text = saved[line - 1] ?? '';
  const at = buffer.indexOf(text);
  const isUnique = at !== -1 && buffer.lastIndexOf(text) === at && saved.indexOf(text) === saved.lastIndexOf(text);
  if (!isUnique || text.trim().length < 8) return { line, status: 'unknown' };
  return { line: at + 1, status: at + 1 === line ? 'exact' : 'moved' };
}
