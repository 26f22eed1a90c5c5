import type { CodeLocation, StackFrame, WorkingTreeLocation } from '../domain/frame';
import type { LineMapping, Repository } from '../domain/ports';
import { type TextEvidence, weighText } from './textCheck';

/** A file that a frame might mean, judged by its path alone. */
export interface Place {
  readonly repository: Repository;
  readonly path: string;
  /** Whether the working tree has it; else it may have existed in the deployed commit. */
  readonly isTracked: boolean;
  /** 0..1. */
  readonly score: number;
  /** Whether other files fit as well. */
  readonly isRivalled: boolean;
  /** Why, as the beginning of a sentence. */
  readonly how: string;
}

export interface CheckedPlace {
  readonly place: Place;
  readonly location: WorkingTreeLocation | null;
  readonly deployed: CodeLocation;
  readonly score: number;
  readonly reason: string;
}

/** Without the deployed commit nothing says that the line is still the same one. */
const UNKNOWN_COMMIT_FACTOR = 0.85;
/** What the text makes of the only file of a name, however little the name says. */
const PROVEN = 0.55;

/**
 * Holds a possible place against the text of the file: at the deployed commit where that is at hand (then the line is
 * followed to the working tree), else as saved. Null when the file or the line did not exist.
 */
export async function checkPlace(
  place: Place,
  frame: StackFrame,
  commit: string | null,
  signal: AbortSignal,
): Promise<CheckedPlace | null> {
  const { repository, path } = place;
  const line = frame.line ?? 1;
  const isKnown = commit !== null && (await repository.hasCommit(commit, signal));
  if (!isKnown && !place.isTracked) return null;
  const text = isKnown ? await repository.fileAt(commit, path, signal) : await presentText(place, signal);
  if (isKnown && (text === null || line > lineCount(text))) return null;
  const evidence = text === null ? null : weighText(frame, text, path);
  const score = scoreOf(place, evidence, isKnown);
  const mapped = isKnown ? await repository.mapLine(commit, path, line, signal) : presentLine(path, line, evidence);
  const said = [place.how, ...(evidence?.said ?? []), ...fate(mapped, path, line, isKnown ? commit : null, commit)];
  const reason = `${said.join('; ')}.`;
  const { status } = mapped;
  return {
    place,
    location: repository.root === null ? null : { root: repository.root, path: mapped.path, line: mapped.line, status, score, reason },
    deployed: { file: path, line, function: frame.function ?? evidence?.around ?? null },
    score,
    reason,
  };
}

/** As saved; a recording has no working tree, but may know what was committed last. */
async function presentText({ repository, path }: Place, signal: AbortSignal): Promise<string | null> {
  return (await repository.readFile(path, signal)) ?? repository.fileAt('HEAD', path, signal);
}

function scoreOf(place: Place, evidence: TextEvidence | null, isKnown: boolean): number {
  const isSameCode = evidence?.printed === 'same';
  const byPath = isKnown ? place.score + 0.05 : place.score * (isSameCode ? 1 : UNKNOWN_COMMIT_FACTOR);
  const score = byPath + (evidence?.weight ?? 0);
  const isProven = evidence?.isStrong === true && !place.isRivalled;
  return Math.round(Math.max(0, isProven ? PROVEN : 0, Math.min(0.99, score)) * 100) / 100;
}

/** What a place can score at most, whatever its text says. */
export function bestScore(place: Place, frame: StackFrame): number {
  const byText = 0.15 + (frame.codeText === undefined ? 0 : 0.25) + (frame.file?.includes('/') === true ? 0 : 0.25);
  return Math.max(place.isRivalled ? 0 : PROVEN, place.score + 0.05 + byText);
}

/** What the trace itself shows of the line stands in for the commit that is not known. */
function presentLine(path: string, line: number, evidence: TextEvidence | null): LineMapping {
  if (evidence?.printed === 'same') return { path, line, status: 'exact' };
  if (evidence?.printed === 'elsewhere') return { path, line: evidence.line, status: 'moved' };
  return { path, line, status: 'unknown' };
}

function fate(mapped: LineMapping, path: string, line: number, commit: string | null, named: string | null): string[] {
  if (commit === null) {
    const why = named === null ? 'which commit ran is not known' : `the commit ${named.slice(0, 12)} is not in this repository`;
    return mapped.status === 'moved' ? [`it is now line ${mapped.line}`, why] : [why];
  }
  const since = `since ${commit.slice(0, 12)}`;
  if (mapped.status === 'exact') return [`the line is unchanged ${since}`];
  if (mapped.status === 'moved') {
    return [
      mapped.path === path
        ? `the line moved from ${line} to ${mapped.line} ${since}`
        : `the file is now ${mapped.path} and the line ${mapped.line}`,
    ];
  }
  if (mapped.status === 'edited') return [`the line was edited ${since}`];
  if (mapped.status === 'deleted') return [`the line was deleted ${since}`];
  return [`too much has changed ${since} to follow the line`];
}

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
