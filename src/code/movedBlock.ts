import { matchLines } from './lineMatching';
import { BLOCK_STRENGTH, lineStrength, MOVES_ALONE } from './lineStrength';

/** A file of a commit: its lines before (none for a new file) and after. */
export interface ChangedText {
  readonly path: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A block that counts as carried to another file has so many lines with words. */
const MIN_LINES = 2;

/**
 * Where a line went that a commit removed from its file: into the one place where the commit added it, within a block of lines that
 * went along. Null when there is none or more than one, when the block says too little, or when the file itself (`own`, null where it
 * was deleted) may still have the line.
 */
export function placeInOtherFile(
  lines: readonly string[],
  line: number,
  own: string | null,
  changed: readonly ChangedText[],
): { path: string; line: number } | null {
  const wanted = lines[line - 1]?.trim() ?? '';
  const found: { file: ChangedText; toOld: Int32Array; at: number }[] = [];
  for (const file of changed) {
    if (!file.after.some((text) => text.trim() === wanted)) continue;
    const { toOld } = matchLines(file.before, file.after);
    for (const [at, text] of file.after.entries()) if (toOld[at] === 0 && text.trim() === wanted) found.push({ file, toOld, at });
  }
  if (lineStrength(wanted) >= MOVES_ALONE && found.some(({ file }) => file.path === own)) return null;
  const places = found.filter(({ file, toOld, at }) => isBlock(lines, line - 1, file.after, toOld, at));
  const [place] = places;
  if (place === undefined || places.length > 1 || place.file.path === own) return null;
  const twins = lines.flatMap((text, at) =>
    text.trim() === wanted && isBlock(lines, at, place.file.after, place.toOld, place.at) ? [at] : [],
  );
  return twins.length === 1 ? { path: place.file.path, line: place.at + 1 } : null;
}

/** Whether the equal lines around the two places are a block, in which a telling line stands on each side of the line or is it. */
function isBlock(old: readonly string[], oldAt: number, now: readonly string[], toOld: Int32Array, newAt: number): boolean {
  const up = stretch(old, oldAt, now, toOld, newAt, -1);
  const down = stretch(old, oldAt, now, toOld, newAt, 1);
  const own = lineStrength(old[oldAt] ?? '');
  const strengths = [...up, own, ...down].filter((strength) => strength > 0);
  const isHeld = own >= MOVES_ALONE || (Math.max(0, ...up) >= MOVES_ALONE && Math.max(0, ...down) >= MOVES_ALONE);
  return isHeld && strengths.length >= MIN_LINES && strengths.reduce((sum, strength) => sum + strength, 0) >= BLOCK_STRENGTH;
}

/** Strengths of the added lines that go on equal in one direction. */
function stretch(old: readonly string[], oldAt: number, now: readonly string[], toOld: Int32Array, newAt: number, step: 1 | -1): number[] {
  const strengths: number[] = [];
  for (let by = step; strengths.length < 50; by += step) {
    const text = old[oldAt + by]?.trim();
    if (text === undefined || toOld[newAt + by] !== 0 || now[newAt + by]?.trim() !== text) break;
    strengths.push(lineStrength(text));
  }
  return strengths;
}
