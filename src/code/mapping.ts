import type { MappedException, MappedFrame } from '../domain/evidence';
import type { FrameMapping, StackException, StackFrame } from '../domain/frame';
import type { Repository } from '../domain/ports';
import { parseFramePath } from './framePath';
import { LearnedRoots } from './learnedRoots';
import { checkPlace, type Place } from './placeCheck';
import { pathScore, sameRank, WorkspaceIndex } from './workspaceIndex';

export interface FrameContext {
  /** The commit that ran, as the telemetry names it. */
  readonly commit: string | null;
  readonly service: string | null;
}

export interface FrameMapper {
  /** Finds a frame's place in the workspace. Never guesses: below {@link MAPPING_BAR} there is no location, but candidates. */
  map(frame: StackFrame, context: FrameContext, signal: AbortSignal): Promise<FrameMapping>;
  /** Maps all frames; those that can be placed without doubt help to place the others. */
  mapException(exception: StackException, context: FrameContext, signal: AbortSignal): Promise<MappedException>;
}

/** A mapping that scores less is not shown as a place, only as a candidate. */
export const MAPPING_BAR = 0.5;
/** From here on a mapping teaches where the service's code was deployed. */
const LEARNING_BAR = 0.75;
const MAX_CANDIDATES = 5;
/** So many folders are left out from the front, at most, when looking for a deployed path that no longer exists. */
const MAX_PROBES = 8;

/**
 * Maps frames to the tracked files of some repositories: longest unique path suffix, learned deployment roots, and, where
 * the deployed commit is at hand, the requirement that file and line exist in it. The list of files is read once.
 */
export function createFrameMapper(repositories: readonly Repository[]): FrameMapper {
  return new WorkspaceFrameMapper(repositories);
}

class WorkspaceFrameMapper implements FrameMapper {
  readonly #repositories: readonly Repository[];
  readonly #roots = new LearnedRoots();
  #index: Promise<WorkspaceIndex> | null = null;

  constructor(repositories: readonly Repository[]) {
    this.#repositories = repositories;
  }

  async map(frame: StackFrame, context: FrameContext, signal: AbortSignal): Promise<FrameMapping> {
    const refusal = refuse(frame);
    if (refusal !== null) return nowhere(refusal);
    const segments = segmentsOf(frame);
    if (segments === null) return nowhere('The frame names no file of a project.');
    const places = await this.#places(segments, context, signal);
    const checked = await Promise.all(places.map((place) => checkPlace(place, frame, context.commit, signal)));
    const possible = checked.flatMap((mapping) => (mapping === null ? [] : [mapping])).sort((left, right) => right.score - left.score);
    const [best] = possible;
    if (best === undefined) return nowhere(whyNone(places, context.commit));
    const candidates = possible.slice(0, MAX_CANDIDATES).map(({ place, score }) => ({
      root: place.repository.root ?? '',
      path: place.path,
      score,
    }));
    if (best.score < MAPPING_BAR) return { location: null, deployed: null, candidates, reason: `Not sure enough: ${best.reason}` };
    if (best.score >= LEARNING_BAR) this.#roots.learn(context.service, segments, best.place.repository, best.place.path);
    return { location: best.location, deployed: best.deployed, candidates: best.location === null ? candidates : [], reason: best.reason };
  }

  async mapException(exception: StackException, context: FrameContext, signal: AbortSignal): Promise<MappedException> {
    const mappings: FrameMapping[] = [];
    for (const frame of exception.frames) mappings.push(await this.map(frame, context, signal));
    for (const [at, frame] of exception.frames.entries()) {
      if (mappings[at]?.deployed === null && refuse(frame) === null) mappings[at] = await this.map(frame, context, signal);
    }
    return { ...exception, frames: exception.frames.map((frame, at) => mappedFrame(frame, mappings[at])) };
  }

  /** Where the file might be, with what the path alone says for each. */
  async #places(segments: readonly string[], context: FrameContext, signal: AbortSignal): Promise<Place[]> {
    const index = await this.#readIndex(signal);
    const matches = index.match(segments, context.service);
    const [best, second] = matches;
    const learned = this.#roots.apply(context.service, segments);
    const places = matches.slice(0, MAX_CANDIDATES).map((match): Place => {
      const isTied = match !== best || (second !== undefined && sameRank(match, second));
      const isLearned = learned.some((root) => root.repository === match.repository && root.path === match.path);
      const others = matches.filter((other) => other !== match);
      const score = isLearned ? 0.9 : pathScore(match, others) - (isTied ? 0.3 : 0);
      return {
        repository: match.repository,
        path: match.path,
        isTracked: true,
        score,
        how: describeMatch(match.shared, isTied && !isLearned, isLearned),
      };
    });
    if (context.commit === null || places.some((place) => place.score >= LEARNING_BAR)) return places;
    return [...places, ...this.#formerPlaces(segments, learned, places)];
  }

  /** Paths that may have existed in the deployed commit although no tracked file is called so any more. */
  #formerPlaces(segments: readonly string[], learned: ReturnType<LearnedRoots['apply']>, known: readonly Place[]): Place[] {
    const places: Place[] = learned.map((root) => ({
      ...root,
      isTracked: false,
      score: 0.85,
      how: 'It lies where other files of the service were deployed',
    }));
    for (const repository of this.#repositories) {
      for (let skipped = 0; skipped < Math.min(MAX_PROBES, segments.length - 1); skipped += 1) {
        const path = segments.slice(skipped).join('/');
        const shared = segments.length - skipped;
        places.push({
          repository,
          path,
          isTracked: false,
          score: Math.min(0.9, 0.5 + 0.1 * shared),
          how: describeMatch(shared, false, false),
        });
      }
    }
    return places.filter((place) => !known.some((other) => other.path === place.path && other.repository === place.repository));
  }

  #readIndex(signal: AbortSignal): Promise<WorkspaceIndex> {
    this.#index ??= WorkspaceIndex.read(this.#repositories, signal).catch((error: unknown) => {
      this.#index = null;
      throw error;
    });
    return this.#index;
  }
}

function refuse(frame: StackFrame): string | null {
  if (frame.kind === 'library') return 'The frame is in a library.';
  if (frame.kind === 'runtime' || frame.kind === 'native') return "The frame is in the language's runtime.";
  if (frame.kind === 'eval') return 'The frame is in code that was generated at run time.';
  if (frame.file === null || frame.line === null) return 'The frame names no file and line.';
  return isMinified(frame) ? 'The frame is in minified code; without its source map the line means nothing.' : null;
}

function isMinified(frame: StackFrame): boolean {
  return (frame.file?.endsWith('.min.js') ?? false) || (frame.line === 1 && (frame.column ?? 0) > 1_000);
}

/** Java and Kotlin print the file's name only; the package gives the folders. */
function segmentsOf(frame: StackFrame): readonly string[] | null {
  const path = frame.file === null ? null : parseFramePath(frame.file);
  if (path === null) return null;
  const isJvm = /\.(?:java|kt|kts|scala|groovy)$/.test(path.segments.at(-1) ?? '');
  if (!isJvm || path.segments.length > 1 || frame.function === null) return path.segments;
  const parts = frame.function.split('.');
  const classAt = parts.findIndex((part) => /^[A-Z]/.test(part));
  return [...parts.slice(0, classAt === -1 ? Math.max(0, parts.length - 2) : classAt), ...path.segments];
}

function describeMatch(shared: number, isTied: boolean, isLearned: boolean): string {
  if (isLearned) return 'It lies where other files of the service were deployed';
  if (isTied) return 'Other files end alike';
  return shared === 1 ? 'Only the file name is the same' : `The last ${shared} parts of the path are the same`;
}

function whyNone(places: readonly Place[], commit: string | null): string {
  if (commit !== null && places.length > 0) return 'No file of the workspace that is called so has this line in the deployed commit.';
  return 'No tracked file of the workspace has this name.';
}

const nowhere = (reason: string): FrameMapping => ({ location: null, deployed: null, candidates: [], reason });

function mappedFrame(frame: StackFrame, mapping: FrameMapping | undefined): MappedFrame {
  return { ...frame, workspace: mapping?.location ?? null, reason: mapping?.reason ?? '' };
}
