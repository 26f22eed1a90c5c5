import type * as z from 'zod/mini';
import type { AgentCall, AnswerStage } from '../domain/agentTrace';
import type { Json } from '../domain/json';
import type { LanguageModel } from '../domain/languageModel';
import type { SentField } from '../domain/modelPrivacy';
import type { Clock } from '../domain/ports';
import type { PromptSection } from './promptText';

/** What an agent makes of a valid answer: null where too little of it is fit. `faults` says what was left out, without quoting it. */
export interface Accepted<O> {
  readonly output: O | null;
  readonly faults: readonly string[];
}

/**
 * A task that a language model may do and code can do. `A` is the model's answer, `O` what comes of it. Whatever decides,
 * orders, or acts stays with code: a model fills words, and every claim of them cites evidence.
 */
export interface Agent<I, A extends Json, O> {
  /** `[a-z_]`; also the name of the prompt file. */
  readonly name: string;
  readonly maxOutputTokens: number;
  /** Built for each request: ids are enums, nothing is optional, and there are no numbers. */
  outputSchema(input: I): z.ZodMiniType<A>;
  /** What the model is told of the input, most important first. */
  sections(input: I): readonly PromptSection[];
  accept(answer: A, input: I): Accepted<O>;
  /** A good answer without any model. */
  fallback(input: I): O;
}

/** Hides in what is sent what must not leave the machine, and puts it back into what comes. */
export interface AgentRedaction {
  redact(text: string): string;
  restore(text: string): string;
}

/** One call of a model or one whole run of an agent, for the record. */
export interface AgentReport {
  /** `agents.incidentSummarizer` for a run, with the sums of its turns; `models.incidentSummarizer` for each turn with a model. */
  readonly agent: string;
  /** Epoch milliseconds. */
  readonly startedAtMs: number;
  readonly ms: number;
  readonly ok: boolean;
  readonly note: string;
  readonly call: AgentCall;
}

export interface AgentDeps {
  readonly model: LanguageModel | null;
  /** The text of `media/prompts/<name>.md`. */
  readonly readPrompt: (name: string) => Promise<string>;
  readonly redaction: AgentRedaction | null;
  /** What may be sent; null or absent for everything. */
  readonly fields?: readonly SentField[] | null;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly trace: (report: AgentReport) => void;
  /** An agent whose model has not answered by then answers itself. */
  readonly limitMs: number;
}

export interface AgentResult<O> {
  readonly output: O;
  readonly stage: AnswerStage;
  /** Why it is not the model's own answer; null where it is. */
  readonly why: string | null;
  readonly call: AgentCall;
}
