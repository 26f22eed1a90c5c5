import type { Random } from '../traces/random';

/** What a service answers to and how. */
export interface Service {
  readonly name: string;
  readonly kind: 'service' | 'database' | 'cache' | 'queue';
  /** Milliseconds that it works for one request itself. */
  readonly ownMs: number;
  readonly callees: readonly Call[];
}

export interface Call {
  readonly callee: string;
  /** Of the caller's requests, how many make the call. */
  readonly share: number;
}

/** Services by name, callers ahead of those that they call; the first one answers people. */
export type System = ReadonlyMap<string, Service>;

export const SHAPES = ['chain', 'fan-out', 'diamond', 'shared database', 'layers'] as const;
export type Shape = (typeof SHAPES)[number];

const SIZES: Readonly<Record<Shape, readonly [number, number]>> = {
  chain: [5, 7],
  'fan-out': [6, 10],
  diamond: [6, 12],
  'shared database': [6, 14],
  layers: [20, 40],
};

/** Names as companies give them, each in a fashion of its own. */
const COMPANIES = [
  ['storefront-web', 'basket-api', 'pricing', 'stock-svc', 'billing-gateway', 'ledger', 'mailer', 'search', 'reviews', 'loyalty'],
  ['Portal.Web', 'Claims.Api', 'Policy.Service', 'Quote.Engine', 'Customer.Api', 'Document.Store', 'Rating', 'Fraud.Check', 'Audit', 'Tax'],
  ['mobile_bff', 'trips', 'fares', 'seats', 'wallet', 'maps_proxy', 'drivers', 'matching', 'push_sender', 'geo_index'],
  ['edge', 'acct', 'txn-router', 'kyc', 'limits', 'fx', 'cards', 'statement', 'notify', 'risk-score'],
] as const;
const STORES = {
  database: ['orders-db', 'main-postgres', 'mysql-primary'],
  cache: ['redis-sessions', 'memcached'],
  queue: ['kafka-events'],
} as const;

interface Draft {
  readonly name: string;
  readonly kind: Service['kind'];
  readonly callees: number[];
}

export function createSystem(shape: Shape, random: Random): System {
  const count = random.whole(...SIZES[shape]);
  const names = random.pick(COMPANIES);
  const drafts: Draft[] = Array.from({ length: count }, (_, at) => ({
    name: at < names.length ? (names[at] as string) : `${names[at % names.length]}-${Math.floor(at / names.length) + 1}`,
    kind: 'service',
    callees: [],
  }));
  connect(shape, drafts, random);
  addStores(drafts, shape === 'shared database' ? drafts.length : 2, random);
  return new Map(drafts.map((draft) => [draft.name, serviceOf(draft, drafts, random)]));
}

function connect(shape: Shape, drafts: Draft[], random: Random): void {
  const last = drafts.length - 1;
  const call = (caller: number, callee: number) => drafts[caller]?.callees.push(callee);
  for (let at = 1; at <= last; at++) {
    if (shape === 'chain') call(at - 1, at);
    else if (shape === 'fan-out') call(0, at);
    else if (shape === 'diamond') call(at === last ? 1 : 0, at);
    else call(random.whole(Math.max(0, Math.floor(at / 3) - 1), Math.floor((at - 1) / 2)), at);
  }
  if (shape === 'diamond') for (let at = 2; at < last; at++) call(at, last);
}

/** The first store is asked by `askers` services, the others by one or two. */
function addStores(drafts: Draft[], askers: number, random: Random): void {
  const services = drafts.length;
  for (const kind of ['database', 'cache', 'queue'] as const) {
    const at = drafts.push({ name: random.pick(STORES[kind]), kind, callees: [] }) - 1;
    const count = kind === 'database' ? Math.min(askers, services - 1) : random.whole(1, 2);
    const from = kind === 'database' && askers > 2 ? 1 : random.whole(1, services - count);
    for (let caller = from; caller < from + count; caller++) drafts[caller]?.callees.push(at);
  }
}

function serviceOf({ name, kind, callees }: Draft, drafts: readonly Draft[], random: Random): Service {
  const ownMs = kind === 'service' ? random.between(4, 40) : random.between(0.6, 6);
  const calls = callees.map((at): Call => ({ callee: drafts[at]?.name ?? '', share: random.chance(0.7) ? 1 : random.between(0.4, 0.9) }));
  return { name, kind, ownMs, callees: calls };
}

export const dependenciesOf = (system: System): Record<string, string[]> =>
  Object.fromEntries(
    [...system].flatMap(([name, { callees }]) => (callees.length === 0 ? [] : [[name, callees.map(({ callee }) => callee)]])),
  );
