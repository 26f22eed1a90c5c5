import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen, type IPolicy, wrap } from 'cockatiel';
import { AppError, type ErrorKind } from '../domain/errors';
import { modelResting } from '../domain/modelErrors';
import { isRefusal } from './explain';
import { NoConnection } from './http';
import { OutOfPatience } from './watch';

/** So many failures in a row, each after its own retries, and a model is left alone; one that kept a person waiting is at once. */
const FAILURES = 2;
const REST_MS = 60_000;

/** Failures of the server, rather than of the question, the key or the settings, which a person mends and then tries at once. */
const COUNTED: readonly ErrorKind[] = ['unreachable', 'server', 'rate_limited', 'bad_answer'];

/**
 * Keeps a model that hangs, or fails again and again, from being waited for: it is left alone for a minute, then one request
 * decides whether it is back. Lives longer than an investigation.
 */
export class Breakers {
  readonly #byPlace = new Map<string, IPolicy>();

  constructor(private readonly restMs = REST_MS) {}

  /**
   * `who` is the model for a person; with the address it is what fails. Whoever allows more seconds than before asks at once.
   */
  async run<T>(who: string, address: string, timeoutSec: number, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#of(`${who} ${address} ${timeoutSec}`).execute(work);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? modelResting(who) : error;
    }
  }

  #of(place: string): IPolicy {
    const known = this.#byPlace.get(place);
    if (known) return known;
    const after = (failures: number, isSuch: (error: Error) => boolean) =>
      circuitBreaker(handleWhen(isSuch), { halfOpenAfter: this.restMs, breaker: new ConsecutiveBreaker(failures) });
    const made = wrap(after(1, hasKeptWaiting), after(FAILURES, isCounted));
    this.#byPlace.set(place, made);
    return made;
  }
}

const hasKeptWaiting = (error: Error): boolean => error instanceof AppError && error.cause instanceof OutOfPatience;

/** Where nobody listens that is known at once, and whoever starts the server shall not have to wait. */
function isCounted(error: Error): boolean {
  if (!(error instanceof AppError) || !COUNTED.includes(error.kind)) return false;
  return !(error.cause instanceof NoConnection && isRefusal(error.cause));
}
