import type { MappedException } from '../domain/evidence';
import type { FrameMapping, StackException, StackFrame } from '../domain/frame';
import type { Repository } from '../domain/ports';
import type { FrameContext } from './frameContext';
import { FrameLookup, type FrameLookupOptions } from './frameLookup';
import { type LearnedRoots, ServiceRoots } from './learnedRoots';
import { refusalOf } from './refusal';

export interface FrameMapper {
  /** Finds a frame's place in the workspace. Never guesses: below {@link MAPPING_BAR} there is no location, but candidates. */
  map(frame: StackFrame, context: FrameContext, signal: AbortSignal): Promise<FrameMapping>;
  /** Maps the frames of one trace, in order; those that can be placed without doubt help to place the others. */
  mapTrace(frames: readonly StackFrame[], context: FrameContext, signal: AbortSignal): Promise<FrameMapping[]>;
  /** {@link mapTrace} for the frames of an exception. */
  mapException(exception: StackException, context: FrameContext, signal: AbortSignal): Promise<MappedException>;
  /** Where a resource such as `GET /orders/:id` is registered, or a controller's action is declared. Of several places none is chosen. */
  mapRoute(resource: string, context: FrameContext, signal: AbortSignal): Promise<FrameMapping>;
  /** Where a log message was written, by the constant parts of the text in the source. */
  mapLogMessage(message: string, context: FrameContext, signal: AbortSignal): Promise<FrameMapping>;
  /** Where a function is declared that telemetry names without a file, as OpenTelemetry's `code.*` may. */
  mapFunction(name: string, context: FrameContext, signal: AbortSignal): Promise<FrameMapping>;
  /** Says that files or folders of a repository were added, removed, renamed or saved; paths are repository-relative. */
  filesChanged(repository: Repository, paths: readonly string[], signal: AbortSignal): Promise<void>;
  /** What is wrong with the rules of the repositories, one sentence each. */
  problems(signal: AbortSignal): Promise<readonly string[]>;
}

export type { FrameContext } from './frameContext';
export { MAPPING_BAR } from './frameLookup';

/** From here on a mapping teaches where the service's code was deployed. */
const LEARNING_BAR = 0.75;

/**
 * Maps frames to the tracked files of some repositories: rules of the repositories, modules and packages by name, learned
 * deployment roots, the longest unique path suffix, and source maps; then the text, and where the deployed commit is at hand,
 * the requirement that file and line exist in it. The list of files is read once and kept up to date; what is learned about a
 * service stays. Keep one mapper for the same repositories.
 */
export function createFrameMapper(repositories: readonly Repository[], options: FrameLookupOptions = {}): FrameMapper {
  return new WorkspaceFrameMapper(repositories, options);
}

class WorkspaceFrameMapper implements FrameMapper {
  readonly #lookup: FrameLookup;
  readonly #services = new ServiceRoots();

  constructor(repositories: readonly Repository[], options: FrameLookupOptions) {
    this.#lookup = new FrameLookup(repositories, options);
  }

  map(frame: StackFrame, context: FrameContext, signal: AbortSignal): Promise<FrameMapping> {
    return this.#mapAndLearn(frame, context, this.#services.of(context.service), signal);
  }

  async mapTrace(frames: readonly StackFrame[], context: FrameContext, signal: AbortSignal): Promise<FrameMapping[]> {
    const roots = this.#services.of(context.service);
    const mappings: FrameMapping[] = [];
    for (const frame of frames) mappings.push(await this.#mapAndLearn(frame, context, roots, signal));
    for (const [at, frame] of frames.entries())
      if (mappings[at]?.deployed === null && refusalOf(frame) === null)
        mappings[at] = await this.#mapAndLearn(frame, context, roots, signal);
    return mappings;
  }

  async mapException(exception: StackException, context: FrameContext, signal: AbortSignal): Promise<MappedException> {
    const mappings = await this.mapTrace(exception.frames, context, signal);
    const frames = exception.frames.map((frame, at) => ({
      ...frame,
      workspace: mappings[at]?.location ?? null,
      reason: mappings[at]?.reason ?? '',
    }));
    return { ...exception, frames };
  }

  mapRoute(resource: string, context: FrameContext, signal: AbortSignal): Promise<FrameMapping> {
    return this.#lookup.findRoute(resource, context, signal);
  }

  mapLogMessage(message: string, context: FrameContext, signal: AbortSignal): Promise<FrameMapping> {
    return this.#lookup.findLogMessage(message, context, signal);
  }

  mapFunction(name: string, context: FrameContext, signal: AbortSignal): Promise<FrameMapping> {
    return this.#lookup.findFunction(name, context, signal);
  }

  filesChanged(repository: Repository, paths: readonly string[], signal: AbortSignal): Promise<void> {
    return this.#lookup.filesChanged(repository, paths, signal);
  }

  problems(signal: AbortSignal): Promise<readonly string[]> {
    return this.#lookup.problems(signal);
  }

  async #mapAndLearn(frame: StackFrame, context: FrameContext, roots: LearnedRoots, signal: AbortSignal): Promise<FrameMapping> {
    const { mapping, learned } = await this.#lookup.find(frame, context, roots, signal);
    if (learned !== null && learned.score >= LEARNING_BAR) roots.learn(learned.segments, learned.repository, learned.path);
    return mapping;
  }
}
