import type { Repository } from '../domain/ports';
import type { FramePath } from './framePath';
import type { LearnedRoots } from './learnedRoots';
import { type ScoredMatch, scoreMatches } from './pathScore';
import type { Place } from './placeCheck';
import type { ProjectPlace } from './projects';
import type { RepositoryChoice } from './repositoryChoice';
import type { WorkspaceIndex } from './workspaceIndex';

/** What is known about where a path of a frame may lead. */
export interface PlaceSources {
  readonly index: WorkspaceIndex;
  readonly repositories: readonly Repository[];
  readonly service: string | null;
  readonly choice: RepositoryChoice;
  readonly roots: LearnedRoots;
  /** What the rules of the repositories say, in their order. */
  readonly ruled: readonly { readonly repository: Repository; readonly path: string }[];
  readonly projects: readonly ProjectPlace[];
  /** Whether the commit that ran is known, so that files may have been renamed or deleted since. */
  readonly hasCommit: boolean;
}

/** So many files are held against the text, at most. */
const MAX_PLACES = 6;
/** So many folders are left out from the front, at most, when looking for a deployed path that no longer exists. */
const MAX_PROBES = 8;
/** A place that is this likely needs no search among the files that are no more. */
const LIKELY = 0.75;

const RULED = 0.97;
const BY_PROJECT = 0.93;
const LEARNED = 0.9;

/** What a place loses for which there is a better one. */
const BEHIND = 0.3;
const NAMED_REPOSITORY = 0.05;
const OTHER_REPOSITORY = 0.15;

const LEARNED_WORDS = 'It lies where other files of the program were deployed';

/** Where a path might lead, each with what is known without reading the file. The best first. */
export function placesOf(path: FramePath, sources: PlaceSources): Place[] {
  const certain = certainPlaces(path, sources);
  const likely = certain.filter((place) => place.isTracked);
  const places = unique([...likely, ...placesByPath(path, sources, likely.length > 0)])
    .sort((left, right) => right.score - left.score)
    .slice(0, MAX_PLACES);
  if (!sources.hasCommit || places.some(({ score }) => score >= LIKELY)) return places;
  return unique([...places, ...certain.filter((place) => !place.isTracked), ...formerPlaces(path.segments, sources.repositories)]);
}

/** What rules, projects and learned roots say; of the rules the first that leads to a file counts. */
function certainPlaces({ segments }: FramePath, { index, ruled, projects, roots }: PlaceSources): Place[] {
  const first = ruled.find(({ repository, path }) => index.has(repository, path)) ?? ruled[0];
  const place = (score: number, how: string, target: { readonly repository: Repository; readonly path: string }): Place => ({
    repository: target.repository,
    path: target.path,
    isTracked: index.has(target.repository, target.path),
    score,
    isRivalled: false,
    how,
  });
  if (first !== undefined) return [place(RULED, 'A rule in .aidog/mappings.json leads to it', first)];
  return [
    ...projects.slice(0, 3).map((target) => place(BY_PROJECT, `The ${target.how}`, target)),
    ...roots.apply(segments).map((target) => place(LEARNED, LEARNED_WORDS, target)),
  ];
}

/** Paths that may have existed in the deployed commit although no tracked file is called so any more. */
function formerPlaces(segments: readonly string[], repositories: readonly Repository[]): Place[] {
  const places: Place[] = [];
  for (const repository of repositories) {
    for (let skipped = 0; skipped < Math.min(MAX_PROBES, segments.length - 1); skipped += 1) {
      const shared = segments.length - skipped;
      const score = Math.min(0.9, 0.5 + 0.1 * shared);
      const path = segments.slice(skipped).join('/');
      places.push({ repository, path, isTracked: false, score, isRivalled: false, how: describeMatch(shared, false) });
    }
  }
  return places;
}

/**
 * Files that end alike. Where telemetry names an open repository, its files have no rivals in others; where it names one that is
 * not open, those of others are less likely.
 */
function placesByPath(path: FramePath, { index, service, choice }: PlaceSources, hasBetter: boolean): Place[] {
  const matches = index.match(path.segments, service);
  const own = matches.filter(({ repository }) => ['same', 'fork'].includes(choice.fitOf(repository)));
  const others = matches.filter((match) => !own.includes(match));
  const behind = hasBetter ? BEHIND : 0;
  const place = ({ match, score, isRivalled }: ScoredMatch, minus: number, but: string): Place => ({
    repository: match.repository,
    path: match.path,
    isTracked: true,
    score: Math.max(0, score - minus),
    isRivalled: isRivalled || hasBetter,
    how: `${describeMatch(match.shared, isRivalled)}${but}`,
  });
  return [
    ...scoreMatches(path, own).map((match) => place(match, behind - NAMED_REPOSITORY, ', in the repository that telemetry names')),
    ...scoreMatches(path, others).map((match) => {
      if (own.length > 0) return place({ ...match, isRivalled: true }, behind + BEHIND, '');
      const isOther = choice.fitOf(match.match.repository) === 'other';
      return place(match, behind + (isOther ? OTHER_REPOSITORY : 0), isOther ? '; but telemetry names another repository' : '');
    }),
  ];
}

/** The first of those that name the same file. */
function unique(places: readonly Place[]): Place[] {
  const seen = new Map<Repository, Set<string>>();
  return places.filter(({ repository, path }) => {
    const paths = seen.get(repository) ?? new Set();
    seen.set(repository, paths);
    const isNew = !paths.has(path);
    paths.add(path);
    return isNew;
  });
}

function describeMatch(shared: number, isRivalled: boolean): string {
  if (isRivalled) return 'Other files end alike';
  return shared === 1 ? 'Only the file name is the same' : `The last ${shared} parts of the path are the same`;
}
