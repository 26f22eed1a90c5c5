import type { FrameMapping, StackFrame, StackTrace } from '../domain/frame';
import type { Repository } from '../domain/ports';
import type { ResolvedException, ResolvedFrame, ResolvedTrace } from '../domain/resolvedTrace';
import { parseStack } from './frames/parseStack';
import { createFrameMapper, type FrameContext, type FrameMapper } from './mapping';

export interface StackSources {
  readonly repositories: readonly Repository[];
  /** What ran: a commit id, a tag or a version; null when it is not known. */
  readonly commit: string | null;
  readonly service: string | null;
}

/** So many different frames are looked up; a log that repeats one trace a thousand times has few. */
const MAX_PLACED_FRAMES = 2_000;

/**
 * Reads all stack traces of a text and says for each frame where it is in the repositories. Frames of one trace help to
 * place each other. An empty list when there is no stack in the text.
 */
export async function resolveStack(text: string, sources: StackSources, signal: AbortSignal): Promise<ResolvedTrace[]> {
  const mapper = createFrameMapper(sources.repositories);
  const context = { commit: sources.commit, service: sources.service };
  const resolved: ResolvedTrace[] = [];
  for (const trace of tracesOf(text)) resolved.push(await resolveTrace(trace, new Placing(mapper, context), signal));
  return resolved;
}

function tracesOf(text: string): readonly StackTrace[] {
  const exceptions = parseStack(text);
  return exceptions.length === 0 ? [] : [{ language: 'javascript', exceptions, culpritFrame: null, range: { start: 0, end: text.length } }];
}

async function resolveTrace(trace: StackTrace, placing: Placing, signal: AbortSignal): Promise<ResolvedTrace> {
  const frames = trace.exceptions.flatMap((exception) => exception.frames);
  for (const frame of frames) await placing.place(frame, signal);
  for (const frame of frames) await placing.placeAgain(frame, signal);
  const exceptions = trace.exceptions.map(
    ({ type, message, relation, frames }): ResolvedException => ({
      type,
      message,
      relation,
      frames: frames.map((frame) => resolvedFrame(frame, placing.mappingOf(frame))),
    }),
  );
  return { language: trace.language, exceptions, culpritFrame: culpritOf(trace.culpritFrame, exceptions), range: trace.range };
}

/** The mappings of the frames of one trace, each different frame mapped once. */
class Placing {
  readonly #mapper: FrameMapper;
  readonly #context: FrameContext;
  readonly #mappings = new Map<string, FrameMapping>();

  constructor(mapper: FrameMapper, context: FrameContext) {
    this.#mapper = mapper;
    this.#context = context;
  }

  async place(frame: StackFrame, signal: AbortSignal): Promise<void> {
    const key = keyOf(frame);
    if (this.#mappings.has(key) || this.#mappings.size >= MAX_PLACED_FRAMES) return;
    this.#mappings.set(key, await this.#mapper.map(frame, this.#context, signal));
  }

  /** What could not be placed alone may be placed with what the others have taught. */
  async placeAgain(frame: StackFrame, signal: AbortSignal): Promise<void> {
    const key = keyOf(frame);
    const before = this.#mappings.get(key);
    if (before === undefined || before.deployed !== null || before.candidates.length === 0) return;
    this.#mappings.set(key, await this.#mapper.map(frame, this.#context, signal));
  }

  mappingOf(frame: StackFrame): FrameMapping {
    return this.#mappings.get(keyOf(frame)) ?? TOO_MANY;
  }
}

const TOO_MANY: FrameMapping = {
  location: null,
  deployed: null,
  candidates: [],
  reason: `The trace has more than ${MAX_PLACED_FRAMES.toLocaleString('en')} different frames; this one was not looked up.`,
};

const keyOf = ({ function: name, file, line, column, kind }: StackFrame) => JSON.stringify([name, file, line, column, kind]);

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
