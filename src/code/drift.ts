import type { LineStatus } from '../domain/frame';
import { type LineMatching, matchLines } from './lineMatching';
import { replacementOf } from './lineReplacement';

export interface MappedLine {
  /** 1-based line in the new text; for `deleted`, where it used to be. */
  readonly line: number;
  readonly status: LineStatus;
}

/** The lines of a text; line ends do not count. */
export function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}

/**
 * Follows a line of one text to another: of the deployed file to the saved one, or of the saved file to the text in the
 * editor, which may have unsaved changes. `exact` (same number) and `moved` are said only where the texts leave no doubt;
 * `edited` gives the line that most likely took over, `deleted` where the line used to be. `unknown` when the old text has no such
 * line.
 */
export function mapBuffer(savedText: string, bufferText: string, line: number): MappedLine {
  if (savedText === bufferText) return hasLine(linesOf(savedText), line) ? { line, status: 'exact' } : { line, status: 'unknown' };
  return followVersions(createVersions([savedText, bufferText]), line).mapped;
}

/** The versions that a file went through, oldest first, with the certain matches of neighbours. */
export interface Versions {
  readonly texts: readonly (readonly string[])[];
  readonly matchings: readonly LineMatching[];
}

/** Compares each version with the next; each step is small, which tells twins apart that the first and last alone would not. */
export function createVersions(texts: readonly string[]): Versions {
  const split = texts.map(linesOf);
  return { texts: split, matchings: split.slice(1).map((lines, at) => matchLines(split[at] ?? [], lines)) };
}

export interface Followed {
  readonly mapped: MappedLine;
  /** The last version that has the line for certain. */
  readonly lastSeen: number;
  /** Its line there. */
  readonly lineThere: number;
}

/** Follows a line from the first version to the last. Once in doubt, it is never said to be the same line again. */
export function followVersions(versions: Versions, line: number): Followed {
  const { texts, matchings } = versions;
  if (!hasLine(texts[0] ?? [], line)) return { mapped: { line, status: 'unknown' }, lastSeen: -1, lineThere: line };
  let at = line;
  for (const [step, matching] of matchings.entries()) {
    const next = matching.toNew[at - 1] ?? 0;
    if (next === 0) return { mapped: guessOn(versions, step, at), lastSeen: step, lineThere: at };
    at = next;
  }
  return { mapped: { line: at, status: at === line ? 'exact' : 'moved' }, lastSeen: matchings.length, lineThere: at };
}

/** From the step that lost the line to the last version, by what most likely took its place. */
function guessOn({ texts, matchings }: Versions, lostAt: number, line: number): MappedLine {
  let at = line;
  let status: LineStatus = 'edited';
  for (let step = lostAt; step < matchings.length; step += 1) {
    const matching = matchings[step];
    if (matching === undefined) break;
    const next = status === 'edited' ? (matching.toNew[at - 1] ?? 0) : 0;
    if (next > 0) {
      at = next;
      continue;
    }
    const taken = replacementOf(texts[step] ?? [], texts[step + 1] ?? [], matching, at);
    at = taken.line;
    if (!taken.isReplaced) status = 'deleted';
  }
  return { line: at, status };
}

/**
 * Where code stands that a runtime printed with a frame, when the commit that ran is not known: `exact` at the frame's line,
 * `moved` when it stands in one other place only, `edited` when it is gone, `unknown` when several places have it.
 */
export function locateByCodeText(text: string, codeText: string, nearLine: number): MappedLine {
  const wanted = (codeText.split(/\r?\n/).find((line) => line.trim() !== '') ?? '').trim();
  if (wanted === '') return { line: nearLine, status: 'unknown' };
  const lines = linesOf(text);
  if (lines[nearLine - 1]?.trim() === wanted) return { line: nearLine, status: 'exact' };
  const places = lines.flatMap((line, at) => (line.trim() === wanted ? [at + 1] : []));
  if (places.length > 1) return { line: nearLine, status: 'unknown' };
  return places[0] === undefined
    ? { line: Math.min(Math.max(1, nearLine), lines.length), status: 'edited' }
    : { line: places[0], status: 'moved' };
}

const hasLine = (lines: readonly string[], line: number) => Number.isInteger(line) && line >= 1 && line <= lines.length;
