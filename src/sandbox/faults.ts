import type { HttpRequest } from './http';

/** How a request goes wrong. */
export type Fault =
  /** Answered with this status; `headers` and `body` as given. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** 429 with Datadog's rate-limit headers. */
  | { readonly kind: 'rateLimited'; readonly resetSec: number }
  /** Never answered; the connection stays open until the sandbox closes. */
  | { readonly kind: 'hang' }
  /** The connection breaks in the middle of the answer's body. */
  | { readonly kind: 'truncate' }
  /** The answer is right but late. */
  | { readonly kind: 'slow'; readonly delayMs: number };

export interface FaultRule {
  readonly fault: Fault;
  /** Requests that it befalls; absent: all. */
  readonly matches?: (request: HttpRequest) => boolean;
  /** How many matching requests it befalls; absent: one. */
  readonly times?: number;
}

/** Faults that a test or a demonstration asks for. */
export interface Faults {
  inject(rule: FaultRule): void;
  clear(): void;
  /** The fault for this request, used up by asking; null for none. */
  take(request: HttpRequest): Fault | null;
}

export function createFaults(): Faults {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    inject(rule) {
      rules.push({ rule, left: rule.times ?? 1 });
    },
    clear() {
      rules = [];
    },
    take(request) {
      const found = rules.find(({ rule }) => rule.matches?.(request) ?? true);
      if (found === undefined) return null;
      found.left -= 1;
      if (found.left <= 0) rules = rules.filter((entry) => entry !== found);
      return found.rule.fault;
    },
  };
}
