import { BrokenCircuitError, type CircuitBreakerPolicy, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { AppError, type ErrorKind } from '../domain/errors';
import { modelResting } from '../domain/modelErrors';

/** So many failures in a row, each after its own retries, and a model is left alone. */
const FAILURES = 2;
const REST_MS = 60_000;

/** Failures that say something about the server rather than about the question, the settings or the person who cancelled. */
const COUNTED: readonly ErrorKind[] = ['unreachable', 'server', 'rate_limited', 'bad_answer', 'forbidden', 'not_found'];

/**
 * Keeps a model that fails again and again from being waited for: it is left alone for a minute, then one request decides
 * whether it is back. Lives longer than an investigation.
 */
export class Breakers {
  readonly #byName = new Map<string, CircuitBreakerPolicy>();

  constructor(private readonly restMs = REST_MS) {}

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#of(name).execute(work);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? modelResting(name) : error;
    }
  }

  #of(name: string): CircuitBreakerPolicy {
    const known = this.#byName.get(name);
    if (known) return known;
    const counted = handleWhen((error) => error instanceof AppError && COUNTED.includes(error.kind));
    const made = circuitBreaker(counted, { halfOpenAfter: this.restMs, breaker: new ConsecutiveBreaker(FAILURES) });
    this.#byName.set(name, made);
    return made;
  }
}
