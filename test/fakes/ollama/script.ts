/** What a model of the scripted server says to one question. */
export interface ScriptedAnswer {
  /** The answer; a value is sent as its JSON. Invented ids, broken schemas, fences and think blocks are just other texts. */
  readonly text?: unknown;
  /** Sent as `message.thinking` before the answer. */
  readonly thinking?: string;
  readonly fault?: Fault;
}

/** How an answer goes wrong. `text` is what was said by then. */
export type Fault =
  /** Nothing at all comes back, not even headers. */
  | { readonly kind: 'hang' }
  /** A piece of white space every `everyMs`, for ever: always alive, never done. */
  | { readonly kind: 'slow_drip'; readonly everyMs: number }
  /** Half of the answer, then silence with the connection open. */
  | { readonly kind: 'stall' }
  /** A line that is no JSON in the middle of the stream. */
  | { readonly kind: 'broken_line' }
  /** Half of the answer, then a line with `error`; the status stays 200. */
  | { readonly kind: 'error_in_stream'; readonly message: string }
  /** The stream ends without `done`. */
  | { readonly kind: 'no_done' }
  /** The connection is torn in the middle of a line. */
  | { readonly kind: 'torn' }
  /** Half of the answer, with `done_reason: length`. */
  | { readonly kind: 'cut' }
  /** An HTTP error in Ollama's shape. */
  | { readonly kind: 'status'; readonly status: number; readonly message?: string; readonly headers?: Readonly<Record<string, string>> }
  /** A web page instead of JSON, as a proxy sends it. */
  | { readonly kind: 'html'; readonly status: number };

/** A model that the server has. */
export interface ScriptedModel {
  readonly name: string;
  readonly sizeBytes?: number;
  readonly family?: string;
  readonly parameters?: string;
  readonly quantization?: string;
  readonly capabilities?: readonly string[];
  readonly contextTokens?: number;
}

/** A model that can be pulled: its parts in bytes, and whether fetching fails. */
export interface PullableModel {
  readonly name: string;
  readonly parts: readonly number[];
  /** Fails once after so many parts; what was fetched by then is kept, as Ollama does. */
  readonly failsAfterParts?: number;
  /** Stays silent after so many parts, for tests of cancelling. */
  readonly hangsAfterParts?: number;
}

export interface OllamaScript {
  /** `llama3.2:3b` alone where not given. */
  readonly models?: readonly ScriptedModel[];
  readonly pullable?: readonly PullableModel[];
  /**
   * Answers to chats, in their order; the last one is repeated. A function decides by the request, which has Ollama's shape.
   */
  readonly answers?: readonly ScriptedAnswer[] | ((request: ChatBody, number: number) => ScriptedAnswer);
  /** Of every route except `GET /`, before anything else is looked at; null for none. */
  readonly fault?: Fault;
  readonly version?: string;
}

/** The body of `POST /api/chat` as far as tests look at it. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly format?: unknown;
  readonly think?: boolean | string;
  readonly truncate?: boolean;
  readonly keep_alive?: string | number;
  readonly options?: Readonly<Record<string, unknown>>;
}

export const DEFAULT_MODEL: ScriptedModel = { name: 'llama3.2:3b', sizeBytes: 2_019_393_189, parameters: '3.2B', quantization: 'Q4_K_M' };
