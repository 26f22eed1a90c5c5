import type { CodeLocation } from '../domain/frame';
import { functionInHunk } from './mechanisms';
import type { Candidate, Clue, FailingFrame, SuspectInput } from './suspectInput';
import type { DiffHunk, FileDiff } from './unifiedDiff';

/** A change this near to a failing line, in lines, counts as a change of it. */
const NEAR = 3;
/** The frame that failed counts in full, those that called it less and less: they only led there. */
const DEPTH_FACTORS = [1, 0.4, 0.25, 0.15];

const BLAMED = 0.8;
const NEAR_LINE = 0.7;
const SAME_FUNCTION = 0.6;
const SAME_FILE = 0.35;

/** What the failing frames say about a commit; the strongest clue a frame. */
export function frameClues(candidate: Candidate, input: SuspectInput): Clue[] {
  const clues: Clue[] = [];
  const [first] = input.failingFrames;
  if (input.blamed.some((sha) => isSameCommit(sha, candidate.commit.sha))) clues.push(blameClue(candidate, first ?? null));
  for (const [depth, frame] of input.failingFrames.slice(0, DEPTH_FACTORS.length).entries()) {
    const file = candidate.files.find((other) => other.newPath === frame.path || other.oldPath === frame.path);
    const clue = file === undefined ? pathClue(candidate, frame) : diffClue(file, frame);
    if (clue === null) continue;
    const reason = depth === 0 ? clue.reason : `${clue.reason} on the way to the failure`;
    clues.push({ ...clue, reason, weight: clue.weight * (DEPTH_FACTORS[depth] ?? 0) });
  }
  return clues;
}

export function isSameCommit(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  return length >= 7 && left.slice(0, length) === right.slice(0, length);
}

function blameClue(candidate: Candidate, frame: FailingFrame | null): Clue {
  const where = frame === null ? 'the failing line' : `${frame.path}:${frame.line}, the failing line`;
  const file = candidate.files.find((other) => other.newPath === frame?.path);
  const hunk = file === undefined || frame === null ? null : nearestHunk(file, frame.line);
  const location = hunk === null || frame === null ? null : nearestAddition(frame.path, hunk, frame);
  return {
    kind: 'blamed_line',
    weight: BLAMED,
    reason: `wrote ${where} (git blame)`,
    location: location ?? frameLocation(frame),
    mechanism: null,
  };
}

const frameLocation = (frame: FailingFrame | null): CodeLocation | null =>
  frame === null ? null : { file: frame.path, line: frame.line, function: frame.function };

/** The commit names the file but its diff is not at hand. */
function pathClue(candidate: Candidate, frame: FailingFrame): Clue | null {
  if (!candidate.commit.files.includes(frame.path)) return null;
  return { kind: 'same_file', weight: SAME_FILE, reason: `changed ${frame.path}`, location: frameLocation(frame), mechanism: null };
}

function diffClue(file: FileDiff, frame: FailingFrame): Clue | null {
  const hunk = nearestHunk(file, frame.line);
  if (hunk === null) return null;
  const location = nearestAddition(frame.path, hunk, frame);
  const distance = distanceTo(hunk, frame.line);
  if (distance !== null && distance <= NEAR) {
    const what = distance === 0 ? 'changed the line' : `changed a line next to`;
    return { kind: 'same_function', weight: NEAR_LINE, reason: `${what} ${frame.path}:${frame.line}`, location, mechanism: null };
  }
  const inFunction = file.hunks.find((other) => isInFunction(other, frame.function));
  if (inFunction !== undefined && frame.function !== null) {
    const place = nearestAddition(frame.path, inFunction, frame);
    return {
      kind: 'same_function',
      weight: SAME_FUNCTION,
      reason: `changed ${frame.function} in ${frame.path}`,
      location: place,
      mechanism: null,
    };
  }
  return { kind: 'same_file', weight: SAME_FILE, reason: `changed ${frame.path}`, location, mechanism: null };
}

function isInFunction(hunk: DiffHunk, name: string | null): boolean {
  const last = name?.split(/[.\s#]+/).at(-1);
  if (last === undefined || last.length < 3) return false;
  const escaped = last.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  const declared = new RegExp(`\\b${escaped}\\s*(?:\\(|=|:)`);
  return declared.test(hunk.section.slice(0, 400)) || hunk.lines.some((line) => declaresNearChange(line.text, last, declared));
}

/** The function's own first line is in the hunk; a mere call of it is not enough. */
function declaresNearChange(text: string, name: string, declared: RegExp): boolean {
  const at = text.indexOf(name);
  if (at === -1 || !declared.test(text.slice(0, 400))) return false;
  return /(?:function|func|def|fun|const|let|var|async|public|private|protected|static)\b[^=({]{0,80}$/.test(text.slice(0, at));
}

function changedNumbers(hunk: DiffHunk): number[] {
  return hunk.lines.flatMap((line) => (line.kind === 'context' || line.newLine === null ? [] : [line.newLine]));
}

/** Lines between a failing line and the nearest change of a hunk; null without line numbers. */
function distanceTo(hunk: DiffHunk, line: number): number | null {
  const numbers = changedNumbers(hunk);
  return numbers.length === 0 ? null : Math.min(...numbers.map((number) => Math.abs(number - line)));
}

function nearestHunk(file: FileDiff, line: number): DiffHunk | null {
  let best: DiffHunk | null = null;
  for (const hunk of file.hunks) {
    if (best === null || (distanceTo(hunk, line) ?? Number.POSITIVE_INFINITY) < (distanceTo(best, line) ?? Number.POSITIVE_INFINITY))
      best = hunk;
  }
  return best;
}

/** The added line of a hunk that is nearest to the failing one, or where the hunk begins. */
export function nearestAddition(path: string, hunk: DiffHunk, frame: FailingFrame): CodeLocation {
  const added = hunk.lines.flatMap((line) => (line.kind === 'added' && line.newLine !== null ? [line.newLine] : []));
  const line = added.sort((left, right) => Math.abs(left - frame.line) - Math.abs(right - frame.line))[0] ?? hunk.newStart ?? 1;
  return { file: path, line: Math.max(1, line), function: functionInHunk(hunk, line) ?? frame.function };
}
