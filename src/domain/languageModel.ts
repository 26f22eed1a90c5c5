import type { Json } from './json';

/** Which API a language model is spoken to with. `editor` is what VS Code offers (`vscode.lm`). */
export type ModelProvider = 'ollama' | 'openai' | 'anthropic' | 'editor';

/** A model and where it is. Keys are not part of it. */
export interface ModelChoice {
  readonly provider: ModelProvider;
  /** As the server names it, such as `llama3.2:3b`; for `editor` the id of VS Code's model, or empty for its first one. */
  readonly model: string;
  /** Address of the server without a slash at its end; null for the provider's own. */
  readonly baseUrl: string | null;
  /** Whose model it is where the API is another one's: MiniMax speaks Anthropic's, also behind a gateway whose address does not tell. */
  readonly vendor?: 'minimax';
}

/** One request for one answer that is JSON of a schema. */
export interface ModelRequest {
  /** What the answer is for, such as `hypothesis_ranker`; `[a-z_]`. */
  readonly name: string;
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** JSON schema (draft 2020-12) of the answer. */
  readonly schema: Json;
  readonly maxOutputTokens: number;
}

export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** What came back, as it came. */
export interface ModelAnswer {
  readonly text: string;
  /** Whether the answer ended because it became too long. */
  readonly isCut: boolean;
  /** As the server counted, else estimated from the text. */
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** US dollars; null where no price is known. 0 for a model on this machine. */
  readonly costUsd: number | null;
  /** Who answered, such as `ollama:llama3.2:3b`; differs from the model that was asked first when a fallback answered. */
  readonly model: string;
}

/**
 * A language model. `complete` streams under the hood and rejects with an `AppError` that says what to do: not reachable, key
 * refused, model unknown, overloaded, silent for too long, a broken answer. Aborting ends the request within two seconds.
 */
export interface LanguageModel {
  /** For a person and for the record: `ollama:llama3.2:3b`. */
  readonly name: string;
  /** Whether what is sent leaves this machine. */
  readonly isRemote: boolean;
  /** `onText` is told of the answer so far, in characters. */
  complete(request: ModelRequest, signal: AbortSignal, onText?: (characters: number) => void): Promise<ModelAnswer>;
}

/** What may be spent on one investigation; null for no limit. */
export interface ModelBudget {
  readonly tokens: number | null;
  readonly costUsd: number | null;
  readonly seconds: number | null;
}
