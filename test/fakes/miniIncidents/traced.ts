import { answered, commit, deployed, query, sha, since, within } from './requests';
import { database, event, gaugeOf, hump, level, type MiniIncident, mini, often, step } from './world';

const LONG = { minutes: 100 };
const errors = (shape: (ago: number) => number) => gaugeOf('orders.http.errors', shape, LONG);
const latency = (shape: (ago: number) => number) => gaugeOf('orders.http.latency', shape, { ...LONG, unit: 'millisecond' });
const requests = gaugeOf('orders.http.requests', level(120), LONG);
const harmless = commit('d', 60, 'Reword the page of baskets', 'src/page.ts', '-3,1 +3,1', ['-title("Cart")', '+title("Basket")']);
const dropped = commit('a', 90, 'Shorten totals', 'src/total.ts', '-3,4 +3,3', [
  ' export function total(basket) {',
  '-  if (!basket.plan) return 0;',
  '   const { plan } = basket;',
  '   return plan.price;',
]);
const looped = commit('b', 90, 'Show the lines of each basket', 'src/baskets.ts', '-7,2 +7,5', [
  ' export async function baskets(all) {',
  '+  for (const basket of all) {',
  '+    basket.lines = await db.query("SELECT * FROM lines WHERE basket = $1", [basket.id]);',
  '+  }',
  '   return all;',
]);
const missing = {
  type: 'TypeError',
  message: "Cannot read properties of undefined (reading 'price')",
  stack:
    "TypeError: Cannot read properties of undefined (reading 'price')\n    at total (src/total.ts:5:15)\n    at show (src/page.ts:9:3)",
};
const refused = { type: 'Redis::CannotConnectError', message: 'connect ECONNREFUSED sessions:6379' };
const relay = { type: 'HTTPError', message: 'api.mailrelay.example answered 503 Service Unavailable' };

/** Services with traces and commits: what a deployment broke, what it did not, and alerts that are over. */
export const tracedIncidents: readonly MiniIncident[] = [
  mini('code', 'errors begin with the commit that dropped a check', {
    type: 'error_burst_after_deploy',
    commit: sha('a'),
    title: 'Errors',
    summary: 'orders fails',
    watch: { metric: 'orders.http.errors', threshold: 5 },
    series: [errors(step(0.2, 70, 24)), requests],
    spans: answered((ago) => (since(ago, 24) ? { error: missing, meta: { 'git.commit.sha': sha('a') } } : {})),
    changes: [deployed('a', 26)],
    commits: [dropped],
  }),
  mini('code', 'an incident of somebody else is announced while a commit breaks its own line', {
    type: 'error_burst_after_deploy',
    commit: sha('a'),
    title: 'Errors',
    summary: 'orders fails',
    watch: { metric: 'orders.http.errors', threshold: 5 },
    series: [errors(step(0.2, 70, 24)), requests],
    spans: answered((ago) => (since(ago, 24) ? { error: missing, meta: { 'git.commit.sha': sha('a') } } : {})),
    changes: [deployed('a', 26), event(25, 'Incident: statements are printed late', 'maintenance of the printers', 'other', 'billing')],
    commits: [dropped],
  }),
  mini('code', 'a missing value is read since a deployment, and no repository is at hand', {
    type: 'error_burst_after_deploy',
    title: 'Errors',
    summary: 'orders fails',
    watch: { metric: 'orders.http.errors', threshold: 5 },
    series: [errors(step(0.2, 70, 24)), requests],
    logs: often(24, 30, 'System.NullReferenceException: Object reference not set to an instance of an object.'),
    changes: [event(25, 'Deployed orders 4.4', '', 'deployment')],
  }),
  mini('code', 'each request asks for every line since a commit put the query into a loop', {
    type: 'latency_regression',
    commit: sha('b'),
    title: 'Latency',
    summary: 'orders is slow',
    watch: { metric: 'orders.http.latency', threshold: 300 },
    series: [latency(step(60, 1500, 24)), requests],
    spans: answered((ago) =>
      since(ago, 24) ? { ms: 1500, calls: Array.from({ length: 70 }, () => query(20)) } : { ms: 60, calls: [query(20)] },
    ),
    changes: [deployed('b', 26)],
    commits: [looped],
  }),
  mini('healthy', 'slow queries were over when the latency came back', {
    type: 'healthy',
    title: 'Latency',
    summary: 'orders was slow',
    state: 'OK',
    fired: 30,
    watch: { metric: 'orders.http.latency', threshold: 300 },
    series: [latency(hump(60, 2200, 34, 18)), requests],
    spans: answered((ago) => (within(ago, 34, 16) ? { ms: 2200, calls: [query(2150)] } : { ms: 60, calls: [query(20)] })),
    logs: often(30, 20, 'Slow query took 2150 ms: SELECT * FROM lines'),
  }),
  mini('healthy', 'a cache refused connections until its restart was done', {
    type: 'healthy',
    title: 'Errors',
    summary: 'orders failed',
    state: 'OK',
    fired: 25,
    watch: { metric: 'orders.http.errors', threshold: 5 },
    series: [errors(hump(0.2, 60, 28, 10)), requests],
    spans: answered((ago) => (within(ago, 28, 18) ? { error: refused } : {})),
    logs: often(26, 20, 'Redis::CannotConnectError: connect ECONNREFUSED sessions:6379'),
  }),
  mini('healthy', 'the version that failed was rolled back', {
    type: 'healthy',
    title: 'Errors',
    summary: 'orders failed',
    state: 'OK',
    fired: 37,
    watch: { metric: 'orders.http.errors', threshold: 5 },
    series: [errors(hump(0.2, 60, 40, 18)), requests],
    spans: answered((ago) => (within(ago, 40, 22) ? { error: missing, meta: { 'git.commit.sha': sha('a') } } : {})),
    changes: [deployed('a', 41), event(22, 'Rolled orders back to 7.1', '', 'deployment')],
    commits: [dropped],
  }),
  mini('healthy', 'a nightly job used the processors and has ended', {
    type: 'healthy',
    title: 'CPU',
    summary: 'CPU of orders was above 85 %',
    state: 'OK',
    fired: 42,
    watch: { metric: 'container.cpu.usage_pct', threshold: 85 },
    series: [
      gaugeOf('container.cpu.usage_pct', hump(22, 93, 50, 38), { ...LONG, unit: 'percent' }),
      errors(level(0.2)),
      latency(level(60)),
    ],
  }),
  mini('healthy', 'a limit lies within the usual range of what it watches', {
    type: 'healthy',
    title: 'Latency',
    summary: 'p99 of orders above 62 ms',
    watch: { metric: 'orders.http.latency', threshold: 62 },
    series: [latency(level(60, 0.05)), errors(level(0.2)), requests],
    changes: [deployed('d', 25)],
    commits: [harmless],
  }),
  mini('external', 'a provider fails while a harmless commit arrives', {
    type: 'dependency_outage',
    title: 'Errors',
    summary: 'orders fails',
    watch: { metric: 'orders.http.errors', threshold: 5 },
    series: [errors(step(0.2, 60, 24)), requests],
    spans: answered((ago) => {
      const peer = { 'peer.hostname': 'api.mailrelay.example', 'span.kind': 'client' };
      const call = { ms: 30, name: 'http.client', resource: 'POST /send', type: 'http' };
      if (!since(ago, 24)) return { calls: [{ ...call, meta: peer }] };
      const meta = { ...peer, 'error.type': relay.type, 'error.message': relay.message };
      return { error: relay, calls: [{ ...call, isError: true, meta }] };
    }),
    changes: [deployed('d', 26)],
    commits: [harmless],
  }),
  mini('external', 'a provider that only its errors name refuses more for today', {
    type: 'dependency_outage',
    title: 'Errors',
    summary: 'orders fails',
    watch: { metric: 'orders.http.errors', threshold: 5 },
    series: [errors(step(0.2, 60, 24)), requests],
    logs: often(24, 30, 'maps.example.com responded 403: Quota exceeded for requests per day'),
  }),
  mini('infrastructure', 'other machines take the time of the processors', {
    type: 'cpu_saturation',
    title: 'Latency',
    summary: 'orders is slow',
    watch: { metric: 'orders.http.latency', threshold: 300 },
    series: [latency(step(60, 1100, 24)), requests, gaugeOf('system.cpu.stolen', step(0.5, 47, 24), { ...LONG, unit: 'percent' })],
    spans: answered((ago) => (since(ago, 24) ? { ms: 1100 } : { ms: 60 })),
    changes: [deployed('d', 30)],
    commits: [harmless],
  }),
  mini('infrastructure', 'the disk answers late', {
    type: 'contention',
    title: 'Latency',
    summary: 'orders is slow',
    watch: { metric: 'orders.http.latency', threshold: 300 },
    series: [latency(step(20, 3000, 24)), gaugeOf('system.io.await', step(1.2, 380, 24), { ...LONG, unit: 'millisecond' })],
  }),
  mini('infrastructure', 'the processors of a database are busy whose metrics name no service', {
    type: 'cpu_saturation',
    title: 'Latency',
    summary: 'orders is slow',
    watch: { metric: 'orders.http.latency', threshold: 300 },
    series: [
      latency(step(60, 2100, 24)),
      { ...gaugeOf('aws.rds.cpuutilization', step(25, 99, 25), { ...LONG, unit: 'percent' }), tags: ['dbinstanceidentifier:fin-main'] },
    ],
    spans: answered((ago) => {
      const meta = { 'peer.hostname': 'fin-main.c1.eu-central-1.rds.amazonaws.com' };
      return since(ago, 24)
        ? { ms: 2100, calls: [query(2050, { service: 'orders', meta })] }
        : { ms: 60, calls: [query(20, { service: 'orders', meta })] };
    }),
  }),
  mini('infrastructure', 'requests wait for a row that one of them holds', {
    type: 'contention',
    title: 'Latency',
    summary: 'orders is slow',
    watch: { metric: 'orders.http.latency', threshold: 300 },
    series: [...database(), latency(step(60, 9000, 24))],
    spans: answered((ago) => (since(ago, 24) ? { ms: 9000, calls: [query(8900)] } : { ms: 60, calls: [query(20)] })),
    logs: often(22, 15, 'MySQLTransactionRollbackException: Lock wait timeout exceeded; try restarting transaction'),
  }),
];
