import type { FramePath } from './framePath';
import { isDeploymentFolder, strengthOf } from './pathNames';
import { type PathMatch, sameRank } from './workspaceIndex';

/** A match, with how much the path alone says for it. */
export interface ScoredMatch {
  readonly match: PathMatch;
  /** 0..1. */
  readonly score: number;
  /** Whether another file fits as well, or better. */
  readonly isRivalled: boolean;
}

const RIVALLED = 0.3;

/** Judges matches, best first, by what the path alone says. Where another fits as well, none is good enough by itself. */
export function scoreMatches(path: FramePath, matches: readonly PathMatch[]): ScoredMatch[] {
  const [best, second] = matches;
  if (best === undefined) return [];
  const isTied = second !== undefined && (sameRank(best, second) || fitsWithoutDeployment(path, best, matches));
  return matches.map((match) => {
    const isRivalled = isTied || match !== best;
    const lead = match === best ? match.shared - (second?.shared ?? 0) : 0;
    return { match, isRivalled, score: Math.max(0, scoreOf(path, match, lead) - (isRivalled ? RIVALLED : 0)) };
  });
}

/**
 * `/app/src/x.js` may be `app/src/x.js`, or `src/x.js` that was deployed to `/app`: a file that is matched whole but for a
 * usual deployment folder fits as well.
 */
function fitsWithoutDeployment({ segments, isAbsolute }: FramePath, best: PathMatch, matches: readonly PathMatch[]): boolean {
  const isRoot = isAbsolute && best.shared === segments.length && isDeploymentFolder(segments[0] ?? '');
  return isRoot && matches.some((other) => other !== best && other.isWhole && other.shared === best.shared - 1);
}

function scoreOf({ segments, isAbsolute }: FramePath, match: PathMatch, lead: number): number {
  const { shared, isWhole, isInService, repository } = match;
  const isAllOfFrame = !isAbsolute && shared === segments.length && shared > 1;
  const isBelowRepositoryName = isWhole && segments.at(-1 - shared) === repository.name;
  return Math.min(
    0.95,
    baseScore(strengthOf(segments.slice(segments.length - shared))) +
      (isWhole ? 0.1 : 0) +
      (isAllOfFrame ? 0.1 : 0) +
      (isBelowRepositoryName ? 0.1 : 0) +
      (isInService ? 0.1 : 0) +
      (lead > 0 ? 0.1 : 0),
  );
}

/** One telling name is not enough by itself; two, or one below a folder that agrees, are. */
function baseScore(strength: number): number {
  if (strength >= 3) return 0.7;
  if (strength >= 2) return 0.6;
  if (strength >= 1.5) return 0.52;
  return strength >= 1 ? 0.45 : 0.25;
}
