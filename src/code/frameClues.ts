import type { CodeLocation } from '../domain/frame';
import { indentOf } from './frames/text';
import { declaredName, functionInHunk } from './mechanisms';
import type { Candidate, Clue, FailingFrame, SuspectInput } from './suspectInput';
import type { DiffHunk, DiffLine, FileDiff } from './unifiedDiff';

/** The frame that failed counts in full, those that called it less and less: they only led there. */
const DEPTH_FACTORS = [1, 0.4, 0.25, 0.15];

const BLAMED = 0.8;
/** Weight of a change by its distance to the failing line; the commit's numbers may be a little off the deployed ones. */
const NEAR_LINE = [0.7, 0.55, 0.42, 0.35];
const SAME_FUNCTION = 0.6;
const SAME_FILE = 0.35;

/** What the failing frames say about a commit; the strongest clue a frame. */
export function frameClues(candidate: Candidate, input: SuspectInput): Clue[] {
  const clues: Clue[] = [];
  const [first] = input.failingFrames;
  if (input.blamed.some((sha) => isSameCommit(sha, candidate.commit.sha))) clues.push(blameClue(candidate, first ?? null));
  for (const [depth, frame] of input.failingFrames.slice(0, DEPTH_FACTORS.length).entries()) {
    const file = candidate.files.find((other) => other.newPath === frame.path || other.oldPath === frame.path);
    const seen = file === undefined ? pathClue(candidate, frame) : diffClue(file, frame);
    const clue = strongest(seen, historyClue(candidate, frame, depth, input));
    if (clue === null) continue;
    const reason = depth === 0 ? clue.reason : `${clue.reason} on the way to the failure`;
    clues.push({ ...clue, reason, weight: clue.weight * (DEPTH_FACTORS[depth] ?? 0), isDirect: clue.isDirect && depth === 0 });
  }
  return clues;
}

/** What `git log` and `git blame` say where the diff itself does not show it: under another name, or at another place. */
function historyClue({ commit }: Candidate, frame: FailingFrame, depth: number, { histories = [] }: SuspectInput): Clue | null {
  const history = histories[depth];
  if (history === undefined || history.frame.path !== frame.path) return null;
  const what = `${frame.function ?? 'the function'} in ${frame.path}`;
  if (depth > 0 && history.wroteLine !== null && isSameCommit(history.wroteLine, commit.sha))
    return { ...atFrame(frame), kind: 'same_function', weight: NEAR_LINE[0] ?? 0, reason: `wrote ${frame.path}:${frame.line} (git blame)` };
  if (!history.changedFunction.some((sha) => isSameCommit(sha, commit.sha))) return null;
  return { ...atFrame(frame), kind: 'same_function', weight: SAME_FUNCTION, reason: `changed ${what} (git log)` };
}

const NEAR = { mechanism: null, explains: [], isDirect: true } as const;
const SOMEWHERE = { ...NEAR, isDirect: false } as const;

const atFrame = (frame: FailingFrame) => ({ ...NEAR, location: frameLocation(frame) });

const strongest = (left: Clue | null, right: Clue | null): Clue | null =>
  left === null || (right !== null && right.weight > left.weight) ? right : left;

export function isSameCommit(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  return length >= 7 && left.slice(0, length) === right.slice(0, length);
}

function blameClue(candidate: Candidate, frame: FailingFrame | null): Clue {
  const where = frame === null ? 'the failing line' : `${frame.path}:${frame.line}, the failing line`;
  const file = candidate.files.find((other) => other.newPath === frame?.path);
  const hunk = file === undefined || frame === null ? null : nearestHunk(file, frame.line);
  const location = hunk === null || frame === null ? null : nearestChange(frame.path, hunk, frame);
  return {
    kind: 'blamed_line',
    weight: BLAMED,
    reason: `wrote ${where} (git blame)`,
    ...NEAR,
    location: location ?? frameLocation(frame),
  };
}

const frameLocation = (frame: FailingFrame | null): CodeLocation | null =>
  frame === null ? null : { file: frame.path, line: frame.line, function: frame.function };

/** The commit names the file but its diff is not at hand. */
function pathClue(candidate: Candidate, frame: FailingFrame): Clue | null {
  if (!candidate.commit.files.includes(frame.path)) return null;
  return { ...SOMEWHERE, kind: 'same_file', weight: SAME_FILE, reason: `changed ${frame.path}`, location: frameLocation(frame) };
}

function diffClue(file: FileDiff, frame: FailingFrame): Clue | null {
  const hunk = nearestHunk(file, frame.line);
  if (hunk === null) return null;
  const location = nearestChange(frame.path, hunk, frame);
  const distance = distanceTo(hunk, frame.line);
  const near = distance === null ? undefined : NEAR_LINE[distance];
  const inFunction = file.hunks.find((other) => isInFunction(other, frame.function));
  if (near !== undefined && (inFunction === undefined || near >= SAME_FUNCTION)) {
    const what = distance === 0 ? 'changed the line' : 'changed a line next to';
    return { ...NEAR, kind: 'same_function', weight: near, reason: `${what} ${frame.path}:${frame.line}`, location };
  }
  if (inFunction !== undefined) {
    const place = nearestChange(frame.path, near === undefined ? inFunction : hunk, frame);
    const reason = `changed ${frame.function} in ${frame.path}`;
    return { ...NEAR, kind: 'same_function', weight: SAME_FUNCTION, reason, location: place };
  }
  return { ...SOMEWHERE, kind: 'same_file', weight: SAME_FILE, reason: `changed ${frame.path}`, location };
}

/** Whether a changed line lies in the function of that name, as far as the hunk shows where functions begin and end. */
function isInFunction(hunk: DiffHunk, name: string | null): boolean {
  const last = name?.split(/[.\s#]+/).at(-1);
  if (last === undefined || last.length < 3) return false;
  let isInside = declares(hunk.section, last);
  let indent = 0;
  for (const line of hunk.lines) {
    if (declares(line.text, last)) {
      isInside = true;
      indent = indentOf(line.text);
    } else if (declaredName(line.text) !== null && indentOf(line.text) <= indent) isInside = false;
    if (isInside && line.kind !== 'context' && line.text.trim() !== '') return true;
    if (isInside && line.text.trimStart().startsWith('}') && indentOf(line.text) <= indent) isInside = false;
  }
  return false;
}

/** The name stands where a declaration has it; a mere call of it is not enough. */
function declares(text: string, name: string): boolean {
  const bounded = text.slice(0, 400);
  if (declaredName(bounded) === name) return true;
  const at = bounded.indexOf(name);
  if (at === -1 || !/^\s*[(=:]/.test(bounded.slice(at + name.length))) return false;
  return (
    /(?:^|[\s{,])(?:async|public|private|protected|static|get|set)\s[^=({]{0,80}$|^\s*$/.test(bounded.slice(0, at)) &&
    /[{>]\s*$/.test(bounded)
  );
}

/** Lines between a failing line and the nearest change of a hunk; null without line numbers. */
function distanceTo(hunk: DiffHunk, line: number): number | null {
  const numbers = numbersOf(hunk, ['added', 'removed']);
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

/** The added line of a hunk that is nearest to the failing one; where it only removed, the line that now stands there. */
function nearestChange(path: string, hunk: DiffHunk, frame: FailingFrame): CodeLocation {
  const added = numbersOf(hunk, ['added']);
  const numbers = added.length > 0 ? added : numbersOf(hunk, ['removed']);
  const line = numbers.sort((left, right) => Math.abs(left - frame.line) - Math.abs(right - frame.line))[0] ?? hunk.newStart ?? 1;
  return { file: path, line: Math.max(1, line), function: functionInHunk(hunk, line) ?? frame.function };
}

/** New-file lines of the changes of some kinds. */
function numbersOf(hunk: DiffHunk, kinds: readonly DiffLine['kind'][]): number[] {
  return hunk.lines.flatMap((line) => (kinds.includes(line.kind) && line.newLine !== null ? [line.newLine] : []));
}
