import { diffArrays } from 'diff';
import type { LineMatching } from './lineMatching';

export interface Replacement {
  /** The line that took over; where nothing did, the line before the place. */
  readonly line: number;
  readonly isReplaced: boolean;
}

/** More lines than these are not compared, and a comparison gives up after so many edits. */
const MAX_CANDIDATES = 200;
const MAX_EDITS = 500;

/**
 * What most likely stands now where a line was that has no certain match: a twin in the same order, else of the lines that
 * replaced its stretch the one most like it.
 */
export function replacementOf(
  oldLines: readonly string[],
  newLines: readonly string[],
  { toNew }: LineMatching,
  line: number,
): Replacement {
  let before = line - 2;
  while (before >= 0 && toNew[before] === 0) before -= 1;
  const newFrom = before < 0 ? 0 : (toNew[before] ?? 0);
  let after = line;
  while (after < oldLines.length && (toNew[after] ?? 0) <= newFrom) after += 1;
  const newTo = after < oldLines.length ? (toNew[after] ?? 1) - 1 : newLines.length;
  const within = inStretch(oldLines.slice(before + 1, after), newLines.slice(newFrom, newTo), line - 2 - before);
  return { line: Math.max(1, Math.min(newLines.length, newFrom + within.line)), isReplaced: within.isReplaced };
}

/** The same for one stretch; `index` counts from 0, the answer's line from 1, and is 0 where nothing of the stretch is left before it. */
function inStretch(old: readonly string[], now: readonly string[], index: number): Replacement {
  const comparator = (left: string, right: string) => left.trim() === right.trim();
  const parts = diffArrays([...old], [...now], { comparator, maxEditLength: MAX_EDITS });
  if (parts === undefined) return among(old, now, 0, index);
  let [oldAt, newAt] = [0, 0];
  let change = { old: 0, new: 0, removed: 0, added: 0 };
  for (const part of parts) {
    const count = part.value.length;
    if (part.added) change.added += count;
    else if (part.removed) change.removed += count;
    else {
      if (index < oldAt) break;
      if (index < oldAt + count) return { line: newAt + index - oldAt + 1, isReplaced: true };
      change = { old: oldAt + count, new: newAt + count, removed: 0, added: 0 };
    }
    if (!part.added) oldAt += count;
    if (!part.removed) newAt += count;
  }
  const candidates = now.slice(change.new, change.new + change.added);
  return among(old.slice(change.old), candidates, change.new, index - change.old);
}

function among(old: readonly string[], candidates: readonly string[], from: number, offset: number): Replacement {
  if (candidates.length === 0) return { line: from, isReplaced: false };
  return { line: from + closest(old[offset] ?? '', candidates.slice(0, MAX_CANDIDATES), offset) + 1, isReplaced: true };
}

/** The index of the text most like a line; the same offset when none is alike. */
function closest(old: string, candidates: readonly string[], offset: number): number {
  const words = wordsIn(old);
  let best = Math.min(offset, candidates.length - 1);
  let bestLikeness = likeness(words, wordsIn(candidates[best] ?? ''));
  for (const [index, text] of candidates.entries()) {
    const value = likeness(words, wordsIn(text));
    if (value <= bestLikeness) continue;
    best = index;
    bestLikeness = value;
  }
  return best;
}

const wordsIn = (text: string) =>
  new Set(
    text
      .slice(0, 400)
      .split(/[^\p{L}\p{N}_$]+/u)
      .filter((word) => word !== ''),
  );

/** Jaccard index of two sets of words. */
function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of left) if (right.has(word)) shared += 1;
  const all = left.size + right.size - shared;
  return all === 0 ? 0 : shared / all;
}
