import type { FrameMapping, StackFrame, StackTrace } from '../domain/frame';
import type { Repository } from '../domain/ports';
import type { ResolvedException, ResolvedFrame, ResolvedTrace } from '../domain/resolvedTrace';
import { parseStackTraces } from './frames/parseStack';
import { createFrameMapper, type FrameContext, type FrameMapper } from './mapping';
import { DeployedCommits } from './namedCommits';
import { readTraceLabels } from './traceLabels';

export interface StackSources {
  readonly repositories: readonly Repository[];
  /** One that is kept for these repositories knows more and answers faster; a new one when absent. */
  readonly mapper?: FrameMapper;
  /** What ran: a commit id, a tag or a version; null for what the text around each trace names. */
  readonly commit: string | null;
  /** Null for the service that the text names. */
  readonly service: string | null;
}

/** So many different frames of a text are looked up; a log that repeats one trace a thousand times has few. */
const MAX_PLACED_FRAMES = 5_000;

/**
 * Reads all stack traces of a text and says for each frame where it is in the repositories. Frames of one trace help to
 * place each other. An empty list when there is no stack in the text.
 */
export async function resolveStack(text: string, sources: StackSources, signal: AbortSignal): Promise<ResolvedTrace[]> {
  const traces = parseStackTraces(text);
  if (traces.length === 0) return [];
  const placing = new Placing(sources.mapper ?? createFrameMapper(sources.repositories));
  const labelsOf = readTraceLabels(text);
  const commits = new DeployedCommits(sources.repositories);
  const resolved: ResolvedTrace[] = [];
  for (const trace of traces) {
    signal.throwIfAborted();
    const labels = labelsOf(trace.range);
    const service = sources.service ?? labels.service;
    const named = sources.commit ?? labels.commit ?? labels.version;
    const commit = named === null ? await commits.inPaths(trace, signal) : await commits.named(named, service, signal);
    const context = { commit, service, repositoryUrl: labels.repositoryUrl };
    resolved.push(await resolveTrace(trace, context, placing, signal));
  }
  return resolved;
}

async function resolveTrace(trace: StackTrace, context: FrameContext, placing: Placing, signal: AbortSignal): Promise<ResolvedTrace> {
  const all = trace.exceptions.flatMap(({ frames }) => frames);
  await placing.placeAll(all, context, signal);
  const exceptions = trace.exceptions.map(
    ({ type, message, relation, frames }): ResolvedException => ({
      type,
      message,
      relation,
      frames: frames.map((frame) => resolvedFrame(frame, placing.mappingOf(frame, context))),
    }),
  );
  const culpritFrame = culpritOf(trace.culpritFrame, exceptions);
  const { commit, service } = context;
  return { language: trace.language, exceptions, culpritFrame, commit, service, range: trace.range };
}

/** The mappings of a text's frames; frames that are alike and ran in the same build are mapped once. */
class Placing {
  readonly #mapper: FrameMapper;
  readonly #mappings = new Map<string, FrameMapping>();

  constructor(mapper: FrameMapper) {
    this.#mapper = mapper;
  }

  async placeAll(frames: readonly StackFrame[], context: FrameContext, signal: AbortSignal): Promise<void> {
    const fresh = new Map<string, StackFrame>();
    for (const frame of frames) {
      const key = keyOf(frame, context);
      if (!this.#mappings.has(key) && this.#mappings.size + fresh.size < MAX_PLACED_FRAMES) fresh.set(key, frame);
    }
    const mappings = await this.#mapper.mapTrace([...fresh.values()], context, signal);
    for (const [at, key] of [...fresh.keys()].entries()) this.#mappings.set(key, mappings[at] ?? TOO_MANY);
  }

  mappingOf(frame: StackFrame, context: FrameContext): FrameMapping {
    return this.#mappings.get(keyOf(frame, context)) ?? TOO_MANY;
  }
}

const TOO_MANY: FrameMapping = {
  location: null,
  deployed: null,
  candidates: [],
  reason: `The text has more than ${MAX_PLACED_FRAMES.toLocaleString('en')} different frames; this one was not looked up.`,
};

const keyOf = ({ function: name, file, line, column, kind }: StackFrame, { commit, service, repositoryUrl }: FrameContext) =>
  JSON.stringify([name, file, line, column, kind, commit, service, repositoryUrl]);

function resolvedFrame(frame: StackFrame, mapping: FrameMapping): ResolvedFrame {
  const { function: name, file, line, column, kind, range } = frame;
  const { location, deployed, candidates, reason } = mapping;
  return { function: name, file, line, column, kind, range: range ?? null, workspace: location, deployed, candidates, reason };
}

/** A frame of the program that is in the workspace is a better start than one that is not, in the same exception. */
function culpritOf(parsed: number | null, exceptions: readonly ResolvedException[]): number | null {
  if (parsed === null) return null;
  let first = 0;
  for (const { frames } of exceptions) {
    const next = first + frames.length;
    if (parsed < next) {
      const placed = frames.findIndex((frame, at) => first + at >= parsed && frame.workspace !== null);
      return placed === -1 ? parsed : first + placed;
    }
    first = next;
  }
  return parsed;
}
