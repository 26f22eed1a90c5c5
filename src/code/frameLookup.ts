import type { FrameMapping, StackFrame } from '../domain/frame';
import type { Repository } from '../domain/ports';
import type { FrameContext } from './frameContext';
import { type FramePath, parseFramePath } from './framePath';
import { librarySegment } from './frames/origin';
import { mapFunction } from './functionMapping';
import { jvmPath } from './jvmPath';
import type { LearnedRoots } from './learnedRoots';
import { mapLogMessage } from './logStatement';
import { type LogText, logTexts } from './logTexts';
import { ruledKind } from './mappingRules';
import { bestScore, type CheckedPlace, checkPlace, type Place } from './placeCheck';
import { type PlaceSources, placesOf } from './places';
import { Projects } from './projects';
import { isGeneratedModule, isMinified, MINIFIED, refusalOf } from './refusal';
import { chooseRepository } from './repositoryChoice';
import { mapRoute } from './routeMapping';
import { type RouteRegistration, routeRegistrations } from './routeRegistrations';
import { parseRoute } from './routeTemplate';
import { RuleBook } from './ruleBook';
import { SourceFactReader } from './sourceFacts';
import { SourceMaps } from './sourceMaps';
import { WorkspaceIndex } from './workspaceIndex';

/** A mapping that scores less is not shown as a place, only as a candidate. */
export const MAPPING_BAR = 0.5;
/** A place must be ahead of every other by this much. */
const LEAD = 0.07;
/** What a candidate scores at most. */
const AMBIGUOUS = 0.45;
const MAX_CANDIDATES = 5;

export interface FrameLookupOptions {
  /** For tests: when files are asked about again depends on it. */
  readonly nowMs?: () => number;
}

export interface Found {
  readonly mapping: FrameMapping;
  /** What may be learned from it; null where nothing was placed, or not by its path. */
  readonly learned: {
    readonly segments: readonly string[];
    readonly repository: Repository;
    readonly path: string;
    readonly score: number;
  } | null;
}

/** Finds single frames in the repositories, with what is known about these. */
export class FrameLookup {
  readonly #repositories: readonly Repository[];
  readonly #index: WorkspaceIndex;
  readonly #projects: Projects;
  readonly #rules: RuleBook;
  readonly #sourceMaps: SourceMaps;
  readonly #routes: SourceFactReader<RouteRegistration>;
  readonly #logTexts: SourceFactReader<LogText>;

  constructor(repositories: readonly Repository[], { nowMs = Date.now }: FrameLookupOptions) {
    this.#repositories = repositories;
    this.#index = new WorkspaceIndex(repositories, nowMs);
    this.#projects = new Projects(this.#index);
    this.#rules = new RuleBook(repositories, nowMs);
    this.#sourceMaps = new SourceMaps(repositories, this.#index, nowMs);
    this.#routes = new SourceFactReader(this.#index, repositories, routeRegistrations, nowMs);
    this.#logTexts = new SourceFactReader(this.#index, repositories, logTexts, nowMs);
  }

  async find(frame: StackFrame, context: FrameContext, roots: LearnedRoots, signal: AbortSignal): Promise<Found> {
    const path = jvmPath(frame) ?? (frame.file === null ? null : parseFramePath(frame.file));
    if (path === null) return nowhere(refusalOf(frame) ?? 'The frame names no file of a project.');
    await this.#index.refresh(signal);
    const ruled = ruledKind(await this.#rules.all(signal), path.segments);
    if (ruled === 'library') return nowhere('A rule in .aidog/mappings.json says that this is a library.');
    const refusal = refusalOf(ruled === 'app' && frame.kind === 'library' ? { ...frame, kind: 'app' } : frame);
    if (refusal !== null && frame.kind !== 'library') return nowhere(refusal);
    const sources = await this.#sources(frame, path, context, roots, signal);
    if (refusal !== null)
      return sources.projects.length > 0 ? this.#decide(frame, path, context, sources, signal) : this.#inLibrary(refusal, path);
    const original = await this.#sourceMaps.originalOf(frame, path, context.commit, signal);
    if (original?.kind === 'refused')
      return { mapping: { ...NOWHERE, reason: original.reason, candidates: original.candidates }, learned: null };
    if (original?.kind === 'places') return { ...chosen(original.checked, path, frame), learned: null };
    if (isMinified(frame)) return nowhere(MINIFIED);
    return this.#decide(frame, path, context, sources, signal);
  }

  async findRoute(resource: string, { service }: FrameContext, signal: AbortSignal): Promise<FrameMapping> {
    if (parseRoute(resource) === null) return mapFunction(resource, this.#index, service, signal);
    return mapRoute(resource, await this.#routes.read(service, signal));
  }

  async findLogMessage(message: string, { service }: FrameContext, signal: AbortSignal): Promise<FrameMapping> {
    return mapLogMessage(message, await this.#logTexts.read(service, signal));
  }

  findFunction(name: string, { service }: FrameContext, signal: AbortSignal): Promise<FrameMapping> {
    return mapFunction(name, this.#index, service, signal);
  }

  async filesChanged(repository: Repository, paths: readonly string[], signal: AbortSignal): Promise<void> {
    this.#rules.forget();
    this.#sourceMaps.forget();
    this.#routes.forget();
    this.#logTexts.forget();
    await this.#index.changed(repository, paths, signal);
  }

  async problems(signal: AbortSignal): Promise<readonly string[]> {
    await this.#rules.all(signal);
    return this.#rules.problems;
  }

  async #sources(
    frame: StackFrame,
    path: FramePath,
    context: FrameContext,
    roots: LearnedRoots,
    signal: AbortSignal,
  ): Promise<PlaceSources> {
    return {
      index: this.#index,
      repositories: this.#repositories,
      service: context.service,
      choice: await chooseRepository(context.repositoryUrl, this.#repositories, signal),
      roots,
      ruled: await this.#rules.ruled(path.segments, context.service, signal),
      projects: await this.#projects.placesOf(frame, path, signal),
      hasCommit: context.commit !== null,
    };
  }

  async #decide(frame: StackFrame, path: FramePath, { commit }: FrameContext, sources: PlaceSources, signal: AbortSignal): Promise<Found> {
    const places = placesOf(path, sources);
    const possible = await checkPlaces(places, frame, commit, signal);
    return possible.length === 0 ? nowhere(whyNone(places.length > 0, commit)) : chosen(possible, path, frame);
  }

  /** Code of the workspace may have been installed like a library: it is named as a candidate, never as the place. */
  #inLibrary(refusal: string, { segments }: FramePath): Found {
    const below = segments.slice(librarySegment(segments) + 1);
    const own = below.length < 2 ? [] : this.#index.match(below, null).filter(({ shared }) => shared === below.length);
    const candidates = own.slice(0, MAX_CANDIDATES).map(({ repository, path }) => ({ root: repository.root ?? '', path, score: 0.3 }));
    const hint = ' The workspace has such a file; a rule {"app": …} in .aidog/mappings.json makes it count as your own.';
    return {
      mapping: { location: null, deployed: null, candidates, reason: candidates.length > 0 ? refusal + hint : refusal },
      learned: null,
    };
  }
}

/** The places that can be, read as far as needed: what cannot catch up with the first, whatever its text says, is not read. */
async function checkPlaces(
  places: readonly Place[],
  frame: StackFrame,
  commit: string | null,
  signal: AbortSignal,
): Promise<readonly CheckedPlace[]> {
  const [likeliest, ...others] = places;
  const first = likeliest === undefined ? null : await checkPlace(likeliest, frame, commit, signal);
  const isAhead = (place: Place) => first !== null && first.score >= MAPPING_BAR && bestScore(place, frame) <= first.score - LEAD;
  const rest = await Promise.all(others.filter((place) => !isAhead(place)).map((place) => checkPlace(place, frame, commit, signal)));
  return [first, ...rest].flatMap((place) => (place === null ? [] : [place]));
}

/** The best of some places, when it is good enough and ahead of all others; else none, but candidates. */
function chosen(places: readonly CheckedPlace[], path: FramePath, frame: StackFrame): Found {
  const possible = places.toSorted((left, right) => right.score - left.score);
  const [best, second] = possible;
  if (best === undefined) return nowhere('No tracked file of the workspace has this name.');
  const isAmbiguous = second !== undefined && second.score > best.score - LEAD;
  if (best.score < MAPPING_BAR || isAmbiguous || isGeneratedModule(frame)) {
    const reason = isGeneratedModule(frame) && !isAmbiguous ? GENERATED : unsure(best, isAmbiguous);
    return { mapping: { ...NOWHERE, candidates: candidatesOf(possible, true), reason }, learned: null };
  }
  const { location, deployed, reason, place } = best;
  return {
    mapping: { location, deployed, candidates: location === null ? candidatesOf(possible, false) : [], reason },
    learned: { segments: path.segments, repository: place.repository, path: place.path, score: best.score },
  };
}

const GENERATED = 'Not sure enough: the line is one of what the bundler made of the file, not of the file itself.';

function candidatesOf(possible: readonly CheckedPlace[], isUnsure: boolean): FrameMapping['candidates'] {
  return possible.slice(0, MAX_CANDIDATES).map(({ place, score }) => ({
    root: place.repository.root ?? '',
    path: place.path,
    score: isUnsure ? Math.min(AMBIGUOUS, score) : score,
  }));
}

function unsure(best: CheckedPlace, isAmbiguous: boolean): string {
  return isAmbiguous ? `Not sure enough, since other files fit as well. ${best.reason}` : `Not sure enough: ${best.reason}`;
}

function whyNone(hasPlaces: boolean, commit: string | null): string {
  if (commit !== null && hasPlaces) return 'No file of the workspace that is called so has this line in the deployed commit.';
  return 'No tracked file of the workspace has this name.';
}

const NOWHERE: Omit<FrameMapping, 'reason'> = { location: null, deployed: null, candidates: [] };

const nowhere = (reason: string): Found => ({ mapping: { ...NOWHERE, reason }, learned: null });
