import type { Json } from '../domain/json';
import type { ModelRequest } from '../domain/languageModel';
import type { Patience } from './watch';

/** One request on its way to one model. */
export interface Call {
  readonly signal: AbortSignal;
  readonly patience: Patience;
  /** Told of the answer so far, in characters. */
  readonly onText: (characters: number) => void;
  /** Told of each body that goes out, before it does. Headers and with them keys are never part of it. */
  readonly onSent: (url: string, body: Json) => void;
}

/** An answer as the server gave it; counts are null where it does not count. */
export interface RawAnswer {
  readonly text: string;
  readonly isCut: boolean;
  /** Whether the model thought before it answered; thoughts are none of the text, but count as output. */
  readonly hasThought: boolean;
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
}

/** One way to speak to one model. Rejects with a class of `http.ts` or `watch.ts`, or with an `AppError`. */
export interface Transport {
  send(request: ModelRequest, call: Call): Promise<RawAnswer>;
}
