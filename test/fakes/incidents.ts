import type { Change, Commit } from '../../src/domain/change';
import type { LogEvent } from '../../src/domain/log';
import type { Monitor } from '../../src/domain/monitor';
import type { Span } from '../../src/domain/span';
import type { Point, TimeSeries } from '../../src/domain/timeSeries';
import { createFakeRepository } from './repository';
import { span } from './spans';
import type { World } from './telemetry';

const MINUTE_MS = 60_000;
export const NOW_MS = Date.UTC(2026, 4, 4, 12, 20);
/** What is broken began ten minutes ago. */
export const ONSET_MS = NOW_MS - 10 * MINUTE_MS;

const sha = (letter: string) => letter.repeat(40);
export const OLD = sha('1');
export const GUILTY = sha('a');
export const INNOCENT = sha('b');

export const PRICES = 'shop/prices.js';
const PRICES_TEXT = [
  "import { findTier } from './tiers.js';",
  '',
  'export function price(item, customer) {',
  '  const tier = customer.plan.tier;',
  '  return item.cents * tier.factor;',
  '}',
  '',
].join('\n');
const PRICES_DIFF = [
  `diff --git a/${PRICES} b/${PRICES}`,
  `--- a/${PRICES}`,
  `+++ b/${PRICES}`,
  '@@ -1,6 +1,6 @@',
  " import { findTier } from './tiers.js';",
  ' ',
  ' export function price(item, customer) {',
  '-  const tier = customer.plan?.tier ?? findTier(customer);',
  '+  const tier = customer.plan.tier;',
  '   return item.cents * tier.factor;',
  ' }',
  '',
].join('\n');
const README_DIFF = [
  'diff --git a/README.md b/README.md',
  '--- a/README.md',
  '+++ b/README.md',
  '@@ -1 +1 @@',
  '-Shop',
  '+The shop',
  '',
].join('\n');

const commit = (id: string, minutesAgo: number, message: string, file: string, diff: string): Commit => ({
  sha: id,
  repository: 'shop',
  author: 'Ada',
  timestampMs: NOW_MS - minutesAgo * MINUTE_MS,
  message,
  files: [file],
  diff,
});

export const repository = () =>
  createFakeRepository({
    commits: [
      commit(OLD, 9000, 'Start the shop', 'README.md', README_DIFF),
      commit(GUILTY, 60, 'Simplify the tier of a customer', PRICES, PRICES_DIFF),
      commit(INNOCENT, 40, 'Say what this is', 'README.md', README_DIFF),
    ],
    files: { [PRICES]: PRICES_TEXT, 'README.md': 'The shop\n', 'shop/orders.js': 'one\ntwo\nthree\nfour\n' },
    blame: { [`${PRICES}:4`]: GUILTY },
  });

export const deployment = (commitSha: string, minutesBeforeOnset: number, version = '1.1.0'): Change => ({
  timestampMs: ONSET_MS - minutesBeforeOnset * MINUTE_MS,
  kind: 'deployment',
  service: 'shop',
  title: `Deployed shop ${version}`,
  text: '',
  author: 'Ada',
  version,
  commit: commitSha,
  attributes: {},
});

export const monitor = (given: Partial<Monitor> = {}): Monitor => ({
  id: 1,
  name: 'Orders fail',
  type: 'query alert',
  query: 'avg(last_5m):avg:shop.error_rate{service:shop} > 5',
  message: 'More than 5 % of orders fail',
  tags: ['service:shop'],
  state: 'Alert',
  triggeredAtMs: NOW_MS - 7 * MINUTE_MS,
  criticalThreshold: 5,
  warningThreshold: null,
  priority: 2,
  ...given,
});

/** One value a minute over the last two hours: `usual` until the onset, `now` since. */
export function stepped(metric: string, usual: number, now: number, given: Partial<TimeSeries> = {}): TimeSeries {
  const points = Array.from({ length: 120 }, (_, index): Point => {
    const atMs = NOW_MS - (120 - index) * MINUTE_MS;
    const level = atMs < ONSET_MS ? usual : now;
    return [atMs / 1000, level * (1 + 0.02 * (index % 3))];
  });
  return { metric, tags: ['service:shop'], unit: 'percent', intervalSec: 60, points, ...given };
}

export const STACK = [
  "TypeError: Cannot read properties of undefined (reading 'tier')",
  '    at price (/srv/app/shop/prices.js:4:31)',
  '    at order (/srv/app/shop/orders.js:3:10)',
  '    at Layer.handle (/srv/app/node_modules/express/lib/router/layer.js:95:5)',
].join('\n');

/** A request to `web` that `shop` serves; `error` fills the failing span's tags. */
export function request(id: string, atMs: number, error: Readonly<Record<string, string>> | null, below: readonly Span[] = []): Span[] {
  const traceId = `trace-${id}`;
  const shared = { traceId, startMs: atMs, isError: error !== null };
  return [
    span({ ...shared, spanId: `${id}-1`, service: 'web', resource: 'POST /checkout', durationMs: 60 }),
    span({
      ...shared,
      spanId: `${id}-2`,
      parentId: `${id}-1`,
      service: 'web',
      name: 'http.request',
      durationMs: 55,
      meta: { 'span.kind': 'client' },
      isError: false,
    }),
    span({
      ...shared,
      spanId: `${id}-3`,
      parentId: `${id}-2`,
      service: 'shop',
      resource: 'POST /orders',
      durationMs: 50,
      meta: { 'git.commit.sha': INNOCENT, ...error },
    }),
    ...below.map((one, index) => ({
      ...one,
      traceId,
      spanId: `${id}-${index + 10}`,
      parentId: `${id}-3`,
      service: 'shop',
      startMs: atMs + 1,
    })),
  ];
}

export const many = <T>(count: number, fromMs: number, make: (id: string, atMs: number) => readonly T[]): T[] =>
  Array.from({ length: count }, (_, index) => make(`${fromMs}-${index}`, fromMs + index * 20_000)).flat();

export const log = (atMs: number, message: string, given: Partial<LogEvent> = {}): LogEvent => ({
  timestampMs: atMs,
  service: 'shop',
  status: 'error',
  host: null,
  message,
  attributes: {},
  tags: [],
  ...given,
});

const QUIET_MS = ONSET_MS - 50 * MINUTE_MS;
const ERROR = { 'error.type': 'TypeError', 'error.message': "Cannot read properties of undefined (reading 'tier')", 'error.stack': STACK };

/** A code change makes one path throw; an innocent commit is deployed with it. */
export const errorBurst = (): World => ({
  monitors: [monitor()],
  series: [stepped('shop.error_rate', 0.2, 40), stepped('shop.cpu.usage', 30, 31)],
  spans: [...many(20, QUIET_MS, (id, at) => request(id, at, null)), ...many(20, ONSET_MS, (id, at) => request(id, at, ERROR))],
  logs: many(10, ONSET_MS, (_, at) => [log(at, 'POST /orders failed')]),
  changes: [deployment(OLD, 3000, '1.0.0'), deployment(INNOCENT, 1)],
  dependencies: { web: ['shop'] },
});

/** A provider answers 503, while an innocent deployment happened just before. */
export const providerOutage = (): World => {
  const failed = { 'error.type': 'UpstreamError', 'error.message': 'bank answered 503' };
  const call = span({
    spanId: '',
    name: 'http.request',
    type: 'http',
    durationMs: 30,
    meta: { 'span.kind': 'client', 'out.host': 'api.bank.example', 'http.status_code': '503' },
  });
  return {
    monitors: [monitor()],
    series: [stepped('shop.error_rate', 0.2, 60)],
    spans: [...many(20, QUIET_MS, (id, at) => request(id, at, null)), ...many(20, ONSET_MS, (id, at) => request(id, at, failed, [call]))],
    changes: [deployment(OLD, 3000, '1.0.0'), deployment(INNOCENT, 2)],
    dependencies: { web: ['shop'] },
  };
};

/** One request now makes a query for each item. */
export const manyQueries = (): World => {
  const query = (ms: number) =>
    span({ spanId: '', name: 'pg.query', type: 'sql', resource: 'SELECT * FROM ratings WHERE item = 7', durationMs: ms });
  const slow = many(10, ONSET_MS, (id, at) =>
    request(
      id,
      at,
      null,
      Array.from({ length: 30 }, () => query(12)),
    ),
  ).map((one) => (one.name === 'web.request' ? { ...one, durationMs: one.durationMs + 380 } : one));
  return {
    monitors: [monitor({ name: 'Orders are slow', query: 'avg(last_5m):p95:shop.latency{service:shop} > 200' })],
    series: [stepped('shop.latency', 60, 440, { unit: 'millisecond' })],
    spans: [...many(20, QUIET_MS, (id, at) => request(id, at, null, [query(12)])), ...slow],
    changes: [deployment(INNOCENT, 1)],
    dependencies: { web: ['shop'] },
  };
};

/** The alert was noise: nothing moved. */
export const calm = (): World => ({
  monitors: [monitor({ state: 'OK' })],
  series: [
    stepped('shop.error_rate', 0.2, 0.2),
    stepped('shop.cpu.usage', 30, 30),
    stepped('shop.latency', 60, 60, { unit: 'millisecond' }),
  ],
  spans: [...many(10, QUIET_MS, (id, at) => request(id, at, null)), ...many(10, ONSET_MS, (id, at) => request(id, at, null))],
  dependencies: { web: ['shop'] },
});
