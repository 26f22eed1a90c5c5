import { cancelled, isCancellation, messageFor } from '../domain/errors';
import type { Investigation, InvestigationEvent, StageName } from '../domain/investigation';
import type { InvestigationDeps } from './deps';
import { EvidenceBook } from './evidenceBook';

/** One question to a source: who asks, what stands for the answer when it fails, and what to note about it. */
export interface Question<T> {
  readonly agent: string;
  readonly otherwise: T;
  ask(signal: AbortSignal): Promise<T>;
  note(answer: T): string;
}

/** Calls to the network that an investigation may make, retries included. */
export const MAX_API_CALLS = 15;

/** What the stages of one investigation share: sources, the facts so far, and the way to report. */
export class Run {
  readonly evidence = new EvidenceBook();
  readonly startedAtMs: number;
  #stage: StageName = 'gather';
  #answers = 0;
  #firstError: unknown = null;
  readonly #callsBefore: number;
  readonly #problems = new Set<string>();
  readonly #unanswered = new Set<string>();

  constructor(
    readonly deps: InvestigationDeps,
    readonly onEvent: (event: InvestigationEvent) => void,
    readonly signal: AbortSignal,
  ) {
    this.startedAtMs = performance.now();
    this.#callsBefore = deps.telemetry.apiCalls();
  }

  /** The stage that runs now. */
  get stageName(): StageName {
    return this.#stage;
  }

  /** Calls made so far, retries included. */
  get callsMade(): number {
    return this.deps.telemetry.apiCalls() - this.#callsBefore;
  }

  /** Calls that may still be made; 0 when questions that were asked again, for a failure or a refusal, have used up more than there were. */
  get callsLeft(): number {
    return Math.max(0, MAX_API_CALLS - this.callsMade);
  }

  /** Says that something was not read because the calls had to do for what matters more. `what` is a plural noun, `question` its agent. */
  leaveOut(what: string, question: string): void {
    this.#unanswered.add(question);
    this.addProblem(
      `${what} were not read: an investigation makes ${MAX_API_CALLS} calls at most, and questions that had to be asked again had used them up.`,
    );
  }

  /** The agents whose question failed or was left out. */
  get unanswered(): ReadonlySet<string> {
    return this.#unanswered;
  }

  get problems(): readonly string[] {
    return [...this.#problems];
  }

  /** What was thrown first when no telemetry source answered at all; null otherwise. */
  get totalFailure(): unknown {
    return this.#answers === 0 ? this.#firstError : null;
  }

  addProblem(sentence: string): void {
    this.#problems.add(sentence);
  }

  found(found: Partial<Investigation>): void {
    this.onEvent({ kind: 'found', found });
  }

  /** Says how far the present stage is. */
  progress(note: string): void {
    this.onEvent({ kind: 'stage', stage: this.#stage, status: 'running', note });
  }

  throwIfCancelled(): void {
    if (this.signal.aborted) throw cancelled();
  }

  /** Runs a stage between its events; what it throws goes on. */
  async stage<T>(stage: StageName, work: () => Promise<T>, note: (result: T) => string): Promise<T> {
    this.throwIfCancelled();
    this.#stage = stage;
    this.onEvent({ kind: 'stage', stage, status: 'running', note: '' });
    try {
      const result = await work();
      this.throwIfCancelled();
      this.onEvent({ kind: 'stage', stage, status: 'done', note: note(result) });
      return result;
    } catch (error) {
      const isOver = this.signal.aborted || isCancellation(error);
      this.onEvent({ kind: 'stage', stage, status: isOver ? 'cancelled' : 'failed', note: isOver ? '' : messageFor(error) });
      throw isOver ? cancelled() : error;
    }
  }

  /** Asks a source. A failure becomes a problem and the stand-in answer; only a cancellation is thrown. */
  async ask<T>(question: Question<T>): Promise<T> {
    try {
      return await this.need(question);
    } catch (error) {
      if (this.signal.aborted || isCancellation(error)) throw cancelled();
      this.#unanswered.add(question.agent);
      this.addProblem(messageFor(error));
      return question.otherwise;
    }
  }

  /** Asks a source without which there is nothing to investigate: its failure is thrown. */
  async need<T>(question: Omit<Question<T>, 'otherwise'>): Promise<T> {
    const startedAt = this.deps.clock.nowMs();
    const began = performance.now();
    const stage = this.#stage;
    const trace = (ok: boolean, note: string) =>
      this.onEvent({
        kind: 'trace',
        entry: { at: new Date(startedAt).toISOString(), stage, agent: question.agent, ms: Math.round(performance.now() - began), ok, note },
      });
    try {
      this.throwIfCancelled();
      const answer = await question.ask(this.signal);
      if (isTelemetry(question.agent)) this.#answers++;
      trace(true, question.note(answer));
      return answer;
    } catch (error) {
      if (isTelemetry(question.agent)) this.#firstError ??= error;
      if (!isCancellation(error)) this.deps.log.error(`${question.agent} failed`, error);
      trace(false, messageFor(error));
      throw error;
    }
  }

  /** Does a piece of computation and notes it in the trace. */
  compute<T>(agent: string, work: () => T, note: (result: T) => string): Promise<T> {
    return this.need({ agent, ask: async () => work(), note });
  }
}

const isTelemetry = (agent: string) => agent.startsWith('datadog.');
