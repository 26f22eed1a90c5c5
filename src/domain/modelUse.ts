import type { Json } from './json';
import type { ModelBudget, ModelChoice, ModelMessage, ModelProvider, ModelRequest } from './languageModel';
import type { ModelPrivacy } from './modelPrivacy';

/** Which models are asked, with what, and how much they may take. No model at all where `primary` is null. */
export interface ModelSettings {
  readonly primary: ModelChoice | null;
  /** Asked when the first one does not answer; a local one behind a remote one, or the other way round. */
  readonly fallback: ModelChoice | null;
  /**
   * Keys by address, as in {@link ModelChoice.baseUrl}, or by provider for the provider's own address. A provider's key is
   * never sent to another address.
   */
  readonly keys: Readonly<Record<string, string>>;
  readonly budget: ModelBudget;
  /** What models cost, by label, such as `openai:gpt-4o`; absent for none. */
  readonly prices?: Readonly<Record<string, ModelPrice>>;
  /** Seconds that one answer may take in all. */
  readonly timeoutSec: number;
  /** Tokens of context that Ollama is told to make room for. */
  readonly numCtx: number;
  /** What is held back from models that are not on this machine; {@link defaultModelPrivacy} where it is absent. */
  readonly privacy?: ModelPrivacy;
  /** An embedding model of Ollama and where it is, to find runbooks by meaning; null or absent for none. */
  readonly embeddings?: { readonly model: string; readonly baseUrl: string | null } | null;
}

export const defaultModelSettings: ModelSettings = {
  primary: null,
  fallback: null,
  keys: {},
  budget: { tokens: 100_000, costUsd: 1, seconds: 300 },
  timeoutSec: 120,
  numCtx: 8192,
};

/** A person who is asked whether a model may be sent anything is waited for so long; no answer counts as no. */
export const PERMISSION_WAIT_SEC = 120;

/** Where a catalogue is read: a server and what it is asked with. */
export interface ModelServer {
  readonly provider: ModelProvider;
  /** null for the provider's own address. */
  readonly baseUrl: string | null;
  /** null where none is needed. */
  readonly key: string | null;
}

/** One model that a server offers. */
export interface ModelInfo {
  readonly name: string;
  /** For a person: `3.2B Q4_K_M`, `Claude Sonnet 4.5`; null where the server says no more than the name. */
  readonly description: string | null;
  /** Of the model's file; null where it is not on this machine. */
  readonly sizeBytes: number | null;
}

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly inputUsd: number;
  readonly outputUsd: number;
}

/** What a model can do, as its server tells; null where it does not. */
export interface ModelAbilities {
  /** Tokens that fit into question and answer together. */
  readonly contextTokens: number | null;
  /** Such as `completion`, `tools`, `thinking`. */
  readonly capabilities: readonly string[] | null;
}

/** That a model answered, and how fast. */
export interface ModelCheck {
  /** Who answered, such as `ollama:llama3.2:3b`. */
  readonly model: string;
  readonly ms: number;
  /** Whether the answer was JSON of the schema that was asked for. */
  readonly followsSchema: boolean;
}

/** How far a download is. */
export interface PullProgress {
  /** In Ollama's words: `pulling manifest`, `verifying sha256 digest`. */
  readonly status: string;
  /** Of the part that is being fetched; null where nothing is counted. */
  readonly completedBytes: number | null;
  readonly totalBytes: number | null;
}

/** What models took so far, beside what they may take; limits are null where there is none. */
export interface ModelSpending {
  readonly requests: number;
  readonly tokens: number;
  readonly tokensLimit: number | null;
  /** Known costs only. */
  readonly costUsd: number;
  readonly costLimitUsd: number | null;
  /** False once a model without a known price was asked: the limit of money cannot hold it. */
  readonly isCostKnown: boolean;
  /** Time during which at least one request was under way. */
  readonly seconds: number;
  readonly secondsLimit: number | null;
}

/** One request exactly as it was sent, without its headers, and what came of it. */
export interface SentPrompt {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** What it was for, as in `ModelRequest.name`. */
  readonly purpose: string;
  readonly model: string;
  readonly url: string;
  /** The body of the request. */
  readonly body: Json;
  /** null while it is under way. */
  readonly outcome: PromptOutcome | null;
}

export interface PromptOutcome {
  readonly ms: number;
  /** What came back; null where nothing usable did. */
  readonly text: string | null;
  /** The sentence that says why there is no answer; null where there is one. */
  readonly problem: string | null;
}

/** What the agents would send to a model for an investigation, with the settings of now. */
export interface PromptPreview {
  /** Whether it is for a model that is not on this machine, so that secrets are replaced and fields held back. */
  readonly isRemote: boolean;
  /** One for each agent, in the order in which they would be sent. */
  readonly prompts: readonly ModelRequest[];
  /** How many values were replaced, by kind, such as `SECRET` or `EMAIL`. */
  readonly hidden: Readonly<Record<string, number>>;
}

/** What is asked of a language model of VS Code; `vscode.lm` knows no system messages, so `messages` hold everything. */
export interface EditorModelRequest {
  /** VS Code's id of the model; empty for the first one that there is. */
  readonly model: string;
  /** Name of the one tool whose input is the answer; `[a-z_]`. */
  readonly tool: string;
  readonly messages: readonly ModelMessage[];
  /** JSON schema of the tool's input. */
  readonly schema: Json;
  readonly maxOutputTokens: number;
}

export interface EditorModelAnswer {
  /** The tool's input as JSON, or the text where the model called no tool. */
  readonly text: string;
  /** Id of the model that answered. */
  readonly model: string;
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
}
