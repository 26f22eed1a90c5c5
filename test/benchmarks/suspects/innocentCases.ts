import { commit, type SuspectCase } from './suspectCase';

/** No commit is to blame, and a decoy does what could cause something much like it. */
export const innocentCases: readonly SuspectCase[] = [
  {
    name: 'node-lost',
    service: 'chat',
    title: 'chat restarts',
    calls: { web: ['chat'] },
    series: [['chat', 'pod_restarts', null, 0, 8]],
    logs: [['chat', 'error', 'pod was evicted: node worker-7 is NodeNotReady, spot instance was reclaimed']],
    commits: [
      commit('decoy', 50, 'chat: notice trouble sooner', {
        'deploy/chat/deployment.yaml': '-          failureThreshold: 6\n+          failureThreshold: 2',
      }),
      commit('decoy2', 9, 'chat: emoji', { 'services/chat/emoji.ts': '+export const WAVE = "👋";' }),
    ],
    deployments: [
      [45, 'chat', 'decoy'],
      [5, 'chat', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'failover',
    service: 'billing',
    title: 'billing: connection errors',
    calls: { web: ['billing'], billing: ['billingdb'] },
    series: [['billing', 'http_5xx_ratio', 'fraction', 0.001, 0.44]],
    logs: [['billing', 'error', 'terminating connection due to administrator command; the pool has no connection left']],
    commits: [
      commit('decoy', 70, 'billing: a smaller pool is enough', { 'services/billing/config.yaml': '-  pool_size: 40\n+  pool_size: 15' }),
      commit('decoy2', 8, 'billing: tidy', { 'services/billing/total.py': '-    t = sum(x)\n-    return t\n+    return sum(x)' }),
    ],
    deployments: [
      [65, 'billing', 'decoy'],
      [4, 'billing', 'decoy2'],
    ],
    events: [[1, 'billingdb', 'Maintenance of the database host', 'A failover to the standby was started.']],
    guilty: null,
  },
  {
    name: 'name-server',
    service: 'payouts',
    title: 'payouts cannot resolve the bank',
    calls: { web: ['payouts'] },
    series: [['payouts', 'transfer_error_ratio', 'fraction', 0.001, 0.95]],
    logs: [['payouts', 'error', 'getaddrinfo ENOTFOUND api.bank.example']],
    commits: [
      commit('decoy', 40, 'payouts: pictures from the new host', {
        'services/payouts/config.yaml': '-  assets_host: static.shop.example\n+  assets_host: cdn.shop.example',
      }),
      commit('decoy2', 9, 'payouts: a clearer receipt', { 'services/payouts/receipt.rb': '-  "Paid"\n+  "Paid out"' }),
    ],
    deployments: [
      [35, 'payouts', 'decoy'],
      [5, 'payouts', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'secret-expired',
    service: 'sync',
    title: 'sync: 401',
    calls: { web: ['sync'] },
    series: [['sync', 'http_401_ratio', 'fraction', 0, 1]],
    logs: [['sync', 'error', '401 invalid_client: the client secret has expired on 2026-04-30']],
    commits: [
      commit('decoy', 60, 'sync: fewer scopes', { 'services/sync/src/auth.ts': "-  scope: 'files contacts',\n+  scope: 'files'," }),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of somebody's diff
      commit('decoy2', 7, 'sync: log the count', { 'services/sync/src/run.ts': '+  log.info(`${files.length}`);' }),
    ],
    deployments: [
      [55, 'sync', 'decoy'],
      [3, 'sync', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'bots',
    service: 'shopfront',
    title: 'shopfront is slow',
    calls: { edge: ['shopfront'], shopfront: ['itemsdb'] },
    series: [
      ['shopfront', 'request_latency_p95', 'millisecond', 80, 2900],
      ['shopfront', 'http_requests_per_second', 'request', 300, 2600],
      ['itemsdb', 'cpu_utilization', 'percent', 30, 97],
    ],
    logs: [['shopfront', 'warn', 'request queued for 2400 ms']],
    commits: [
      commit('decoy', 110, 'shopfront: fresher prices', { 'services/shopfront/cache.yaml': '-  price_ttl: 120s\n+  price_ttl: 60s' }),
      commit('decoy2', 8, 'shopfront: rename', { 'services/shopfront/src/a.ts': '-const b = list();\n+const items = list();' }),
    ],
    deployments: [
      [100, 'shopfront', 'decoy'],
      [4, 'shopfront', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'network-loss',
    service: 'relay',
    title: 'relay: time-outs',
    calls: { web: ['relay'], relay: ['hub'] },
    series: [
      ['relay', 'rpc_error_ratio', 'fraction', 0.001, 0.3],
      ['relay', 'tcp_retransmits_per_second', null, 2, 900],
    ],
    logs: [['relay', 'error', 'hub did not answer in time: deadline exceeded']],
    commits: [
      commit('decoy', 95, 'relay: fail faster', {
        'services/relay/client.go': '-\tTimeout: 3 * time.Second,\n+\tTimeout: 1 * time.Second,',
      }),
      commit('decoy2', 6, 'relay: rename the metric', { 'services/relay/metrics.go': '-\tName: "relay_out",\n+\tName: "relay_sent",' }),
    ],
    deployments: [
      [90, 'relay', 'decoy'],
      [2, 'relay', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'logs-of-another',
    service: 'vault',
    title: 'vault: disk full',
    calls: { web: ['vault', 'blog'] },
    series: [['vault', 'disk_used_percent', 'percent', 60, 99]],
    logs: [['vault', 'error', 'write failed: no space left on device']],
    commits: [
      commit('decoy', 90, 'blog: log more', { 'services/blog/config.yaml': '-log_level: info\n+log_level: debug' }),
      commit('decoy2', 9, 'vault: tidy imports', { 'services/vault/main.go': '-import "fmt"\n+import "errors"' }),
    ],
    deployments: [
      [80, 'blog', 'decoy'],
      [4, 'vault', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'bad-input-from-partner',
    service: 'imports',
    title: 'imports fail',
    calls: { web: ['imports'] },
    series: [['imports', 'row_error_ratio', 'fraction', 0.01, 0.8]],
    logs: [['imports', 'error', 'partner file 2026-05-18.csv: unexpected end of line 40012, the file is cut off']],
    commits: [
      commit('decoy', 45, 'imports: larger batches', { 'services/imports/run.py': '-BATCH = 500\n+BATCH = 800' }),
      commit('decoy2', 12, 'imports: fewer retries', { 'services/imports/fetch.py': '-RETRIES = 5\n+RETRIES = 4' }),
    ],
    deployments: [
      [40, 'imports', 'decoy'],
      [8, 'imports', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'slow-further-on',
    service: 'orders',
    title: 'p95 latency of orders is high',
    calls: { orders: ['parts'], parts: ['parts-db'] },
    series: [['orders', 'trace.http.request', 'millisecond', 40, 1240]],
    logs: [],
    spans: [
      { service: 'orders', resource: 'POST /orders', beforeMs: 40, afterMs: 1240 },
      { service: 'parts', resource: 'GET /parts', beforeMs: 20, afterMs: 1220 },
      { service: 'parts-db', resource: 'SELECT * FROM parts WHERE id = ?', type: 'sql', beforeMs: 8, afterMs: 1208 },
    ],
    commits: [commit('decoy', 60, 'orders: fresher portraits', { 'services/orders/portraits.ts': '-  ttl: 600,\n+  ttl: 60,' })],
    deployments: [[6, 'orders', 'decoy']],
    guilty: null,
  },
  {
    name: 'loop-without-its-calls',
    service: 'ledger',
    title: 'p95 latency of ledger is high',
    calls: { ledger: ['rates'] },
    series: [['ledger', 'trace.http.request', 'millisecond', 40, 1240]],
    logs: [],
    spans: [
      { service: 'ledger', resource: 'POST /entries', beforeMs: 40, afterMs: 1240 },
      { service: 'rates', resource: 'GET /rates', beforeMs: 20, afterMs: 20 },
    ],
    commits: [
      commit('decoy', 60, 'ledger: check the books at night', {
        'services/ledger/nightly.ts': '+  for (const id of ids) {\n+    await db.query(ONE, [id]);\n+  }',
      }),
    ],
    deployments: [[6, 'ledger', 'decoy']],
    guilty: null,
  },
  {
    name: 'reverted-before',
    service: 'tickets',
    title: 'Errors of tickets',
    calls: { web: ['tickets'] },
    series: [['tickets', 'trace.http.request.errors', 'request', 0.1, 60]],
    logs: [
      [
        'tickets',
        'error',
        "TypeError: Cannot read properties of undefined (reading 'value')\n    at seat (services/tickets/seat.ts:13:11)",
      ],
    ],
    commits: [
      commit('decoy', 60, 'tickets: simplify seat', {
        'services/tickets/seat.ts': "-  if (row === undefined) throw new Error('no row');\n   return row.value;",
      }),
      commit('decoy2', 25, 'Revert "tickets: simplify seat"', {
        'services/tickets/seat.ts': "+  if (row === undefined) throw new Error('no row');\n   return row.value;",
      }),
    ],
    deployments: [
      [40, 'tickets', 'decoy'],
      [20, 'tickets', 'decoy2'],
    ],
    guilty: null,
  },
];
