import type { Json } from '../domain/json';
import type { ModelAnswer, ModelRequest } from '../domain/languageModel';
import { modelTimeSpent } from '../domain/modelErrors';
import type { PromptOutcome } from '../domain/modelUse';
import type { Shared } from './deps';
import { type Asked, explained } from './explain';
import { HttpFailure, NoConnection } from './http';
import type { Amount, Reservation } from './meter';
import { costOf, priceOf } from './prices';
import { DEFAULT_RETRIES, withRetries } from './retries';
import { estimateRequest, estimateTokens } from './tokens';
import type { Call, RawAnswer, Transport } from './transport';
import { OutOfPatience, type Patience } from './watch';

export interface Opened {
  readonly asked: Asked;
  readonly transport: Transport;
}

/** One question to one model with its retries: each body that goes out is held to the budget and recorded, a failure explained. */
export class Exchange {
  readonly #askedTokens: number;
  /** What of the answers was paid for. */
  #tokensIn = 0;
  #tokensOut = 0;
  /** For the body that is under way. */
  #reservation: Reservation | null = null;
  #characters = 0;
  #note: ((outcome: PromptOutcome) => void) | null = null;
  #sentAtMs = 0;

  constructor(
    private readonly request: ModelRequest,
    private readonly opened: Opened,
    private readonly shared: Shared,
    private readonly signal: AbortSignal,
    private readonly onText: (characters: number) => void,
  ) {
    this.#askedTokens = estimateRequest(request);
  }

  /** Rejects with an `AppError`. */
  async run(): Promise<ModelAnswer> {
    const { meter, retries } = this.shared;
    try {
      const options = { ...DEFAULT_RETRIES, ...retries };
      const { text, isCut } = await withRetries(
        () => this.#attempt(),
        options,
        this.signal,
        () => meter.msLeft,
      );
      const [tokensIn, tokensOut] = [this.#tokensIn, this.#tokensOut];
      return { text, isCut, tokensIn, tokensOut, costUsd: this.#amount(tokensIn, tokensOut).costUsd, model: this.opened.asked.who };
    } catch (error) {
      throw explained(error, this.opened.asked, this.signal);
    }
  }

  async #attempt(): Promise<RawAnswer> {
    const { meter, patience } = this.shared;
    const { asked, transport } = this.opened;
    const { signal } = this;
    meter.check(this.#amount(this.#askedTokens, this.request.maxOutputTokens));
    let limits = patience;
    const call: Call = {
      signal,
      get patience() {
        limits = within(patience, meter.msLeft);
        return limits;
      },
      onText: (characters) => {
        this.#characters = characters;
        this.onText(characters);
      },
      onSent: (...sent) => this.#sent(...sent),
      onWasted: (raw) => this.#pay(raw),
    };
    try {
      const raw = await transport.send(this.request, call);
      this.#pay(raw);
      this.#close({ text: raw.text, problem: null });
      return raw;
    } catch (thrown) {
      const error = isBudgetOver(thrown, patience, limits) ? modelTimeSpent(meter.secondsLimit ?? 0, thrown) : thrown;
      // A server that took the question in may charge for it, whatever became of the answer.
      const isRefused = (error instanceof HttpFailure || error instanceof NoConnection) && this.#characters === 0;
      this.#settle(isRefused ? 0 : this.#askedTokens, Math.ceil(this.#characters / 4));
      this.#close({ text: null, problem: explained(error, asked, signal).message });
      throw error;
    }
  }

  #sent(url: string, body: Json, maxOutputTokens: number): void {
    this.#close({ text: null, problem: 'This form of the request got no answer of use, so it was asked in another one.' });
    // What is not paid for by now was refused for its form.
    this.#settle(0, 0);
    this.#reservation = this.shared.meter.reserve(this.#amount(this.#askedTokens, maxOutputTokens));
    this.#characters = 0;
    this.#sentAtMs = this.shared.clock.nowMs();
    const at = new Date(this.#sentAtMs).toISOString();
    this.#note = this.shared.recorder.record({ at, purpose: this.request.name, model: this.opened.asked.who, url, body });
  }

  #pay({ text, tokensIn, tokensOut }: RawAnswer): void {
    this.#settle(tokensIn ?? this.#askedTokens, tokensOut ?? estimateTokens(text));
  }

  #settle(tokensIn: number, tokensOut: number): void {
    if (this.#reservation === null) return;
    this.#tokensIn += tokensIn;
    this.#tokensOut += tokensOut;
    this.#reservation.settle(this.#amount(tokensIn, tokensOut));
    this.#reservation = null;
  }

  #amount(tokensIn: number, tokensOut: number): Amount {
    const price = priceOf(this.opened.asked.choice, this.shared.settings.prices);
    return { tokens: tokensIn + tokensOut, costUsd: costOf(price, tokensIn, tokensOut) };
  }

  #close(outcome: Omit<PromptOutcome, 'ms'>): void {
    this.#note?.({ ...outcome, ms: Math.round(this.shared.clock.nowMs() - this.#sentAtMs) });
    this.#note = null;
  }
}

function within({ firstMs, idleMs, totalMs }: Patience, msLeft: number): Patience {
  return { firstMs: Math.min(firstMs, msLeft), idleMs, totalMs: Math.min(totalMs, msLeft) };
}

/** Whether it was the budget of time that ended a request before its own limits would have. */
function isBudgetOver(error: unknown, own: Patience, limits: Patience): boolean {
  if (!(error instanceof OutOfPatience) || error.why === 'stalled') return false;
  return error.why === 'slow' ? limits.totalMs < own.totalMs : limits.firstMs < own.firstMs;
}
