import type { Json } from '../domain/json';
import type { ModelRequest } from '../domain/languageModel';
import type { Patience } from './watch';

/** One request on its way to one model. */
export interface Call {
  readonly signal: AbortSignal;
  /** Read anew for each body: the budget of time may have less left. */
  readonly patience: Patience;
  /** Told of the answer so far, in characters. */
  readonly onText: (characters: number) => void;
  /**
   * Told of each body that goes out, before it does, and of how many tokens may come back; throws where these do not fit into the
   * budget, and then nothing goes out. Headers and with them keys are never part of it.
   */
  readonly onSent: (url: string, body: Json, maxOutputTokens: number) => void;
  /** Told of an answer that is of no use, so that the model is asked once more: it is paid for all the same. */
  readonly onWasted: (answer: RawAnswer) => void;
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
