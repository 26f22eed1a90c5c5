import type { Json } from '../domain/json';
import type { ModelAnswer, ModelRequest } from '../domain/languageModel';
import { modelTimeSpent } from '../domain/modelErrors';
import type { PromptOutcome } from '../domain/modelUse';
import type { Shared } from './deps';
import { type Asked, explained } from './explain';
import { HttpFailure, NoConnection } from './http';
import type { Amount } from './meter';
import { costOf, priceOf } from './prices';
import { DEFAULT_RETRIES, withRetries } from './retries';
import { estimateRequest, estimateTokens } from './tokens';
import type { RawAnswer, Transport } from './transport';
import { OutOfPatience, type Patience } from './watch';

export interface Opened {
  readonly asked: Asked;
  readonly transport: Transport;
}

/** One question to one model with its retries: held to the budget, recorded, and explained when it fails. */
export class Exchange {
  #characters = 0;
  #isTaken = false;
  #note: ((outcome: PromptOutcome) => void) | null = null;
  #sentAtMs = 0;

  constructor(
    private readonly request: ModelRequest,
    private readonly opened: Opened,
    private readonly shared: Shared,
    private readonly signal: AbortSignal,
    private readonly onText: (characters: number) => void,
  ) {}

  /** Rejects with an `AppError`. */
  async run(): Promise<ModelAnswer> {
    const { meter, retries, settings } = this.shared;
    const { choice, who } = this.opened.asked;
    const price = priceOf(choice, settings.prices);
    const asked = estimateRequest(this.request);
    const amount = (tokensIn: number, tokensOut: number): Amount => ({
      tokens: tokensIn + tokensOut,
      costUsd: costOf(price, tokensIn, tokensOut),
    });
    const reservation = meter.reserve(amount(asked, this.request.maxOutputTokens));
    let taken = amount(0, 0);
    try {
      const options = { ...DEFAULT_RETRIES, ...retries };
      const raw = await withRetries(
        () => this.#attempt(),
        options,
        this.signal,
        () => meter.msLeft,
      );
      const tokensIn = raw.tokensIn ?? asked;
      const tokensOut = raw.tokensOut ?? estimateTokens(raw.text);
      taken = amount(tokensIn, tokensOut);
      return { text: raw.text, isCut: raw.isCut, tokensIn, tokensOut, costUsd: taken.costUsd, model: who };
    } catch (error) {
      // A server that took the question in may charge for it, whatever became of the answer.
      if (this.#isTaken) taken = amount(asked, Math.ceil(this.#characters / 4));
      throw explained(error, this.opened.asked, this.signal);
    } finally {
      reservation.settle(taken);
    }
  }

  async #attempt(): Promise<RawAnswer> {
    const { meter, patience } = this.shared;
    const { asked, transport } = this.opened;
    const { signal } = this;
    const limits = within(patience, meter.msLeft);
    try {
      const onText = (characters: number) => {
        this.#characters = characters;
        this.onText(characters);
      };
      const raw = await transport.send(this.request, { signal, patience: limits, onText, onSent: (url, body) => this.#sent(url, body) });
      this.#close({ text: raw.text, problem: null });
      return raw;
    } catch (thrown) {
      const error = isBudgetOver(thrown, patience, limits) ? modelTimeSpent(meter.secondsLimit ?? 0, thrown) : thrown;
      if (error instanceof HttpFailure || error instanceof NoConnection) this.#isTaken = this.#characters > 0;
      this.#close({ text: null, problem: explained(error, asked, signal).message });
      throw error;
    }
  }

  #sent(url: string, body: Json): void {
    this.#close({ text: null, problem: 'This form of the request got no answer of use, so it was asked in another one.' });
    this.#sentAtMs = this.shared.clock.nowMs();
    this.#isTaken = true;
    const at = new Date(this.#sentAtMs).toISOString();
    this.#note = this.shared.recorder.record({ at, purpose: this.request.name, model: this.opened.asked.who, url, body });
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
