import type { ModelBudget } from '../domain/languageModel';
import { modelMoneySpent, modelTimeSpent, modelTokensSpent } from '../domain/modelErrors';
import type { ModelSpending } from '../domain/modelUse';

/** What a request may take at most, or took; money is null where no price is known. */
export interface Amount {
  readonly tokens: number;
  readonly costUsd: number | null;
}

/** A request that is under way. Exactly one of its methods is called, once. */
export interface Reservation {
  settle(taken: Amount): void;
}

/** Keeps account of what models take in one investigation. What is under way counts with the most that it can take. */
export class Meter {
  #requests = 0;
  #tokens = 0;
  #costUsd = 0;
  #isCostKnown = true;
  #reservedTokens = 0;
  #reservedUsd = 0;
  #underWay = 0;
  #busyMs = 0;
  #busySinceMs = 0;

  constructor(
    private readonly budget: ModelBudget,
    private readonly nowMs: () => number,
    private readonly onSpent: (spending: ModelSpending) => void = () => undefined,
  ) {}

  /** Throws the sentence to show when a request of this size does not fit into what is left. */
  reserve(most: Amount): Reservation {
    this.check(most);
    this.#begin(most);
    return { settle: (taken) => this.#end(most, taken) };
  }

  /** Throws like {@link reserve}, and keeps nothing. */
  check(most: Amount): void {
    const { tokens, costUsd, seconds } = this.budget;
    if (seconds !== null && this.#ms() >= seconds * 1000) throw modelTimeSpent(seconds);
    if (tokens !== null && this.#tokens + this.#reservedTokens + most.tokens > tokens) throw modelTokensSpent(tokens);
    if (costUsd !== null && this.#costUsd + this.#reservedUsd + (most.costUsd ?? 0) > costUsd) throw modelMoneySpent(costUsd);
  }

  /** Milliseconds that requests may still take; infinite without a limit. */
  get msLeft(): number {
    const { seconds } = this.budget;
    return seconds === null ? Number.POSITIVE_INFINITY : Math.max(0, seconds * 1000 - this.#ms());
  }

  get secondsLimit(): number | null {
    return this.budget.seconds;
  }

  snapshot(): ModelSpending {
    return {
      requests: this.#requests,
      tokens: this.#tokens,
      tokensLimit: this.budget.tokens,
      costUsd: this.#costUsd,
      costLimitUsd: this.budget.costUsd,
      isCostKnown: this.#isCostKnown,
      seconds: this.#ms() / 1000,
      secondsLimit: this.budget.seconds,
    };
  }

  #begin({ tokens, costUsd }: Amount): void {
    this.#requests += 1;
    this.#reservedTokens += tokens;
    this.#reservedUsd += costUsd ?? 0;
    if (this.#underWay++ === 0) this.#busySinceMs = this.nowMs();
  }

  #end(most: Amount, taken: Amount): void {
    this.#reservedTokens -= most.tokens;
    this.#reservedUsd -= most.costUsd ?? 0;
    this.#tokens += taken.tokens;
    this.#costUsd += taken.costUsd ?? 0;
    if (taken.costUsd === null && taken.tokens > 0) this.#isCostKnown = false;
    if (--this.#underWay === 0) this.#busyMs += this.nowMs() - this.#busySinceMs;
    this.onSpent(this.snapshot());
  }

  #ms(): number {
    return this.#busyMs + (this.#underWay > 0 ? this.nowMs() - this.#busySinceMs : 0);
  }
}
