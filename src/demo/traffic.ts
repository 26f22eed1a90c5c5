import { createRandom } from './random';

/** One request of a visitor. */
export interface VisitorRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

export type VisitKind = 'home' | 'browse' | 'product' | 'cart' | 'order' | 'guestOrder';

/** What one visitor does, request after request. */
export interface Visit {
  readonly kind: VisitKind;
  readonly requests: readonly VisitorRequest[];
}

/** Which part of the visits is of which kind; the parts add up to 1. */
export const MIX: Readonly<Record<VisitKind, number>> = {
  home: 0.12,
  browse: 0.33,
  product: 0.27,
  cart: 0.03,
  order: 0.15,
  guestOrder: 0.1,
};

const CATEGORIES = ['bowls', 'cups', 'plates', 'vases', 'teapots', 'tiles'];
const CUSTOMERS = ['c-101', 'c-102', 'c-103', 'c-104'];
const CODES = ['WELCOME10', 'AUTUMN15'];
const PRODUCTS = 288;
const CODE_PART = 0.3;
/** One order in so many comes with a card that the acquirer declines: the shop's everyday trouble, evenly spread. */
const ORDERS_PER_DECLINE = 40;

/**
 * Visits over the day as a multiple of the mean: few in the early morning, most in the evening, with a bump at noon.
 * `1 + 0.5 cos(2π (h − 20) / 24) + 0.2 cos(4π (h − 13) / 24)` with `h` the hour of the day in UTC; between 0.3 and 1.7.
 */
export function dailyShape(epochMs: number): number {
  const hour = (epochMs / 3_600_000) % 24;
  return 1 + 0.5 * Math.cos((2 * Math.PI * (hour - 20)) / 24) + 0.2 * Math.cos((4 * Math.PI * (hour - 13)) / 24);
}

/** An endless row of visits that the seed determines. */
export function* visits(seed: number): Generator<Visit, never> {
  const random = createRandom(seed);
  let orders = 0;
  for (let count = 1; ; count++) {
    const kind = kindFor(random());
    const isDeclined = (kind === 'order' || kind === 'guestOrder') && ++orders % ORDERS_PER_DECLINE === 0;
    yield visitOf(kind, { id: `${seed}-${count}`, card: isDeclined ? 'tok_declined' : 'tok_good' }, random);
  }
}

function kindFor(part: number): VisitKind {
  let sum = 0;
  for (const [kind, share] of Object.entries(MIX) as [VisitKind, number][]) {
    sum += share;
    if (part < sum) return kind;
  }
  return 'browse';
}

function visitOf(kind: VisitKind, { id, card }: { readonly id: string; readonly card: string }, random: () => number): Visit {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const productId = 1 + Math.floor(random() * PRODUCTS);
  const fill: VisitorRequest = { method: 'POST', path: `/cart/${id}`, body: { productId, quantity: 1 } };
  const order = (who: Readonly<Record<string, string>>): VisitorRequest => ({
    method: 'POST',
    path: '/checkout',
    body: {
      cart: id,
      ...who,
      ...(random() < CODE_PART ? { discountCode: pick(CODES) } : {}),
      card,
    },
  });
  switch (kind) {
    case 'home':
      return { kind, requests: [{ method: 'GET', path: '/' }] };
    case 'browse':
      return { kind, requests: [{ method: 'GET', path: `/browse/${pick(CATEGORIES)}?page=${random() < 0.7 ? 0 : 1}` }] };
    case 'product':
      return { kind, requests: [{ method: 'GET', path: `/product/${productId}` }] };
    case 'cart':
      return { kind, requests: [fill] };
    case 'order':
      return { kind, requests: [fill, order({ customerId: pick(CUSTOMERS) })] };
    case 'guestOrder':
      return { kind, requests: [fill, order({ email: `guest-${id}@mail.example` })] };
  }
}

export interface TrafficOptions {
  /** The storefront. */
  readonly url: string;
  /** Mean of visits a second over the day. */
  readonly visitsPerSec: number;
  readonly seed: number;
  /** Time of day that the shape is taken at; fixed, the rate stays. */
  readonly timeOfDayMs: () => number;
}

export interface Traffic {
  stop(): void;
}

/** Sends visits until stopped, as many as come, however slow the shop answers (open loop, exponential gaps). */
export function startTraffic({ url, visitsPerSec, seed, timeOfDayMs }: TrafficOptions): Traffic {
  const row = visits(seed);
  const random = createRandom(seed + 1);
  const ended = new AbortController();
  let timer: NodeJS.Timeout;
  const next = () => {
    const gapSec = -Math.log(1 - random()) / (visitsPerSec * dailyShape(timeOfDayMs()));
    timer = setTimeout(() => {
      void visit(url, row.next().value, ended.signal);
      next();
    }, gapSec * 1000);
  };
  next();
  return {
    stop() {
      clearTimeout(timer);
      ended.abort();
    },
  };
}

/** A visitor leaves at the first request that fails to be answered; what the shop answers is the shop's matter. */
async function visit(url: string, { requests }: Visit, ended: AbortSignal): Promise<void> {
  try {
    for (const { method, path, body } of requests) {
      const response = await fetch(new URL(path, url), {
        method,
        headers: { 'content-type': 'application/json', 'user-agent': 'visitor' },
        body: body && JSON.stringify(body),
        signal: AbortSignal.any([ended, AbortSignal.timeout(10_000)]),
      });
      await response.arrayBuffer();
    }
  } catch {
    return;
  }
}
