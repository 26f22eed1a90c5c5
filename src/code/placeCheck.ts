import type { CodeLocation, StackFrame, WorkingTreeLocation } from '../domain/frame';
import type { LineMapping, Repository } from '../domain/ports';
import { enclosingFunction } from './enclosingFunction';

/** A file that a frame might mean, judged by its path alone. */
export interface Place {
  readonly repository: Repository;
  readonly path: string;
  /** Whether the working tree has it; else it may have existed in the deployed commit. */
  readonly isTracked: boolean;
  /** 0..1. */
  readonly score: number;
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

interface Verdict {
  readonly score: number;
  readonly said: readonly string[];
}

/** Without the deployed commit nothing says that the line is still the same one. */
const UNKNOWN_COMMIT_FACTOR = 0.85;

/**
 * Holds a possible place against the text of the file: at the deployed commit where that is at hand (then the line is
 * followed to the working tree), else as committed last. Null when the file or the line did not exist.
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
  const text = await repository.fileAt(isKnown ? commit : 'HEAD', path, signal);
  if (isKnown && (text === null || line > lineCount(text))) return null;
  if (!isKnown && !place.isTracked) return null;
  const name = text === null ? null : enclosingFunction(text, line, path);
  const verdict = judge(place, frame, name, text, isKnown);
  const deployed = { file: path, line, function: frame.function ?? name };
  const mapped = isKnown ? await repository.mapLine(commit, path, line, signal) : { path, line, status: 'unknown' as const };
  const reason = sentence([...verdict.said, ...fate(mapped, path, line, isKnown ? commit : null, commit)]);
  const location =
    repository.root === null
      ? null
      : { root: repository.root, path: mapped.path, line: mapped.line, status: mapped.status, score: verdict.score, reason };
  return { place, location, deployed, score: verdict.score, reason };
}

function judge(place: Place, frame: StackFrame, name: string | null, text: string | null, isKnown: boolean): Verdict {
  const said = [place.how];
  let score = isKnown ? place.score + 0.05 : place.score * UNKNOWN_COMMIT_FACTOR;
  const agreement = text === null ? null : agrees(frame.function, name);
  if (agreement === true) {
    score += 0.15;
    said.push(`the line is in the function ${name}`);
  } else if (agreement === false) {
    score -= 0.15;
    said.push(name === null ? 'the line is in no function' : `but the line is in the function ${name}`);
  }
  if (!isKnown && text !== null && (frame.line ?? 1) > lineCount(text)) {
    score -= 0.4;
    said.push('but the file has fewer lines');
  }
  return { score: Math.round(Math.max(0, Math.min(0.99, score)) * 100) / 100, said };
}

/** Whether the frame's function is the one around the line; null when the frame's name cannot tell. */
export function agrees(frameFunction: string | null, name: string | null): boolean | null {
  const last = plainName(frameFunction);
  if (last === null || name === null) return null;
  return last === plainName(name);
}

const TELLS_NOTHING = new Set(['<anonymous>', '<module>', '<lambda>', 'anonymous', 'eval', 'invoke', 'call', 'apply', 'handle']);

/** `Object.discount`, `github.com/x/pricing.(*Pricer).Quote`, `new Cart`, `get total` → the last name. */
function plainName(text: string | null): string | null {
  if (text === null) return null;
  const parts = text.split(/[.\s#/:]+/).filter((part) => part !== '' && !/^func\d*$/.test(part) && !/^\d+$/.test(part));
  const last = parts.at(-1);
  if (last === undefined || TELLS_NOTHING.has(last) || last.includes('$') || /[<>[\]()]/.test(last)) return null;
  return last;
}

function fate(mapped: LineMapping, path: string, line: number, commit: string | null, named: string | null): string[] {
  if (commit === null) {
    return [named === null ? 'which commit ran is not known' : `the commit ${named.slice(0, 12)} is not in this repository`];
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

const sentence = (parts: readonly string[]) => `${parts.join('; ')}.`;

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
