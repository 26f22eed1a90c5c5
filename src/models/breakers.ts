import { BrokenCircuitError, type CircuitBreakerPolicy, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { AppError, type ErrorKind } from '../domain/errors';
import { modelResting } from '../domain/modelErrors';
import { isRefusal } from './explain';
import { NoConnection } from './http';

/** So many failures in a row, each after its own retries, and a model is left alone. */
const FAILURES = 2;
const REST_MS = 60_000;

/** Failures of the server, rather than of the question, the key or the settings, which a person mends and then tries at once. */
const COUNTED: readonly ErrorKind[] = ['unreachable', 'server', 'rate_limited', 'bad_answer'];

/**
 * Keeps a model that fails again and again from being waited for: it is left alone for a minute, then one request decides
 * whether it is back. Lives longer than an investigation.
 */
export class Breakers {
  readonly #byPlace = new Map<string, CircuitBreakerPolicy>();

  constructor(private readonly restMs = REST_MS) {}

  /** `who` is the model for a person; with the address it is what fails. */
  async run<T>(who: string, address: string, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#of(`${who} ${address}`).execute(work);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? modelResting(who) : error;
    }
  }

  #of(place: string): CircuitBreakerPolicy {
    const known = this.#byPlace.get(place);
    if (known) return known;
    const made = circuitBreaker(handleWhen(isCounted), { halfOpenAfter: this.restMs, breaker: new ConsecutiveBreaker(FAILURES) });
    this.#byPlace.set(place, made);
    return made;
  }
}

/** Where nobody listens that is known at once, and whoever starts the server shall not have to wait. */
function isCounted(error: Error): boolean {
  if (!(error instanceof AppError) || !COUNTED.includes(error.kind)) return false;
  return !(error.cause instanceof NoConnection && isRefusal(error.cause));
}
