import { commit, type SuspectCase } from './suspectCase';

/** No commit is to blame, though some look as if. */
export const noneCases: readonly SuspectCase[] = [
  {
    name: 'provider-down',
    service: 'sms',
    title: 'sms cannot send',
    calls: { orders: ['sms'] },
    series: [['sms', 'send_error_ratio', 'fraction', 0.004, 0.88]],
    logs: [['sms', 'error', 'POST https://api.texting.example/v1/messages answered 503 Service Unavailable']],
    spans: [
      {
        service: 'sms',
        resource: 'POST /v1/messages',
        beforeMs: 90,
        afterMs: 2100,
        error: '503 Service Unavailable',
        peer: 'api.texting.example',
      },
    ],
    commits: [
      commit('decoy', 25, 'sms: wait longer for the provider', {
        'services/sms/client.py': '-TIMEOUT_S = 5\n+TIMEOUT_S = 8\n-RETRIES = 2\n+RETRIES = 3',
      }),
      commit('decoy2', 12, 'sms: one place for errors', {
        'services/sms/errors.py':
          '-    if response is None:\n-        raise Failed()\n-    return response.status\n+    return response.status',
      }),
    ],
    deployments: [
      [20, 'sms', 'decoy'],
      [8, 'sms', 'decoy2'],
    ],
    events: [[2, 'texting', 'Degraded delivery', 'We see elevated error rates when messages are sent and are looking into it.']],
    guilty: null,
  },
  {
    name: 'certificate-expired',
    service: 'partners',
    title: 'partners: handshake errors',
    calls: { web: ['partners'] },
    series: [['partners', 'outbound_error_ratio', 'fraction', 0.001, 0.99]],
    logs: [
      ['partners', 'error', 'javax.net.ssl.SSLHandshakeException: PKIX path validation failed: certificate expired on Tue Apr 01 2026'],
    ],
    commits: [
      commit('decoy', 40, 'partners: newer ciphers only', {
        'services/partners/src/main/java/acme/Tls.java':
          '-    builder.protocols("TLSv1.1", "TLSv1.2");\n+    builder.protocols("TLSv1.2", "TLSv1.3");',
      }),
      commit('decoy2', 11, 'partners: tidy the client', {
        'services/partners/src/main/java/acme/Client.java':
          '-    return http.send(r, ofString());\n+    HttpResponse<String> a = http.send(r, ofString());\n+    return a;',
      }),
    ],
    deployments: [
      [35, 'partners', 'decoy'],
      [7, 'partners', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'traffic',
    service: 'tickets',
    title: 'tickets is slow',
    calls: { web: ['tickets'], tickets: ['ticketsdb'] },
    series: [
      ['tickets', 'request_latency_p95', 'millisecond', 90, 2600],
      ['web', 'http_requests', 'request', 500, 4100],
      ['tickets', 'http_requests', 'request', 480, 3900],
      ['tickets', 'cpu_utilization', 'percent', 40, 98],
    ],
    logs: [['tickets', 'warn', 'request waited 2100 ms for a worker']],
    commits: [
      commit('decoy', 45, 'tickets: workers as in staging', { 'services/tickets/gunicorn.conf.py': '-workers = 9\n+workers = 8' }),
      commit('decoy2', 9, 'tickets: a friendlier queue page', { 'services/tickets/queue.html': '-<p>Wait</p>\n+<p>Nearly there</p>' }),
    ],
    deployments: [
      [40, 'tickets', 'decoy'],
      [5, 'tickets', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'noisy-neighbour',
    service: 'pricing',
    title: 'pricing latency',
    calls: { web: ['pricing'] },
    series: [
      ['pricing', 'request_latency_p95', 'millisecond', 40, 700],
      ['pricing', 'node_cpu_steal_percent', 'percent', 1, 46],
    ],
    logs: [['pricing', 'warn', 'event loop delay 640 ms; host reports cpu steal 46 %']],
    commits: [
      commit('decoy', 33, 'pricing: read the table once more', {
        'services/pricing/src/table.ts': '-  const table = cache.get(id);\n+  const table = load(id);',
      }),
      commit('decoy2', 8, 'pricing: rename', {
        'services/pricing/src/round.ts': '-export const r = (x: number) => x;\n+export const rounded = (x: number) => x;',
      }),
    ],
    deployments: [
      [28, 'pricing', 'decoy'],
      [5, 'pricing', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'region-impaired',
    service: 'uploads',
    title: 'uploads fail',
    calls: { web: ['uploads'] },
    series: [
      ['uploads', 'storage_error_ratio', 'fraction', 0.001, 0.5],
      ['uploads', 'request_latency_p95', 'millisecond', 140, 4800],
    ],
    logs: [['uploads', 'error', 'PutObject failed: ServiceUnavailable, status 503, region eu-west-9']],
    spans: [
      {
        service: 'uploads',
        resource: 'PutObject',
        beforeMs: 80,
        afterMs: 4100,
        error: 'ServiceUnavailable 503',
        peer: 'objects.eu-west-9.cloud.example',
      },
    ],
    commits: [
      commit('decoy', 50, 'uploads: larger parts', {
        'services/uploads/parts.go': '-const partSize = 5 << 20\n+const partSize = 16 << 20',
      }),
      commit('decoy2', 7, 'uploads: fewer retries', { 'services/uploads/retry.go': '-\tMaxAttempts: 4,\n+\tMaxAttempts: 3,' }),
    ],
    deployments: [
      [45, 'uploads', 'decoy'],
      [4, 'uploads', 'decoy2'],
    ],
    events: [[1, 'cloud', 'Increased error rates for object storage', 'We are investigating increased error rates in EU-WEST-9.']],
    guilty: null,
  },
  {
    name: 'tests-and-docs-only',
    service: 'loyalty',
    title: 'loyalty errors',
    calls: { web: ['loyalty'], loyalty: ['loyaltydb'] },
    series: [['loyalty', 'http_5xx_ratio', 'fraction', 0.002, 0.25]],
    logs: [['loyalty', 'error', 'FATAL: the database system is in recovery mode']],
    commits: [
      commit('decoy', 20, 'loyalty: test the recovery of points', {
        'services/loyalty/tests/recovery_test.py': '+def test_recovery_mode():\n+    assert recover(database) is None',
      }),
      commit('decoy2', 10, 'loyalty: describe the database', { 'services/loyalty/README.md': '+The database system holds the points.' }),
    ],
    deployments: [[15, 'loyalty', 'decoy2']],
    guilty: null,
  },
  {
    name: 'not-deployed-yet',
    service: 'gifts',
    title: 'gifts errors',
    calls: { web: ['gifts'] },
    series: [['gifts', 'http_5xx_ratio', 'fraction', 0.001, 0.3]],
    logs: [['gifts', 'error', "TypeError: Cannot read properties of null (reading 'sender')"]],
    commits: [
      commit('old', 2000, 'gifts: colours', { 'services/gifts/src/colours.ts': '+export const RED = "#f00";' }),
      commit('decoy', 22, 'gifts: trust the sender', {
        'services/gifts/src/card.ts': '-  return gift.sender?.name;\n+  return gift.sender.name;',
      }),
    ],
    deployments: [
      [1900, 'gifts', 'old'],
      [-9, 'gifts', 'decoy'],
    ],
    guilty: null,
  },
  {
    name: 'flag-still-off',
    service: 'coupons',
    title: 'coupons latency',
    calls: { web: ['coupons'], coupons: ['couponsdb'] },
    series: [
      ['coupons', 'request_latency_p95', 'millisecond', 60, 1400],
      ['couponsdb', 'disk_io_wait_percent', 'percent', 2, 71],
    ],
    logs: [['couponsdb', 'warn', 'checkpoint took 48 s: storage volume is degraded, I/O error on /dev/nvme1']],
    commits: [
      commit('decoy', 80, 'coupons: stack them, behind a flag', {
        'services/coupons/stack.py':
          '+    if flags.enabled("stacked_coupons"):\n+        for code in codes:\n+            rows += db.query("SELECT * FROM coupons WHERE code = %s", code)',
      }),
      commit('decoy2', 13, 'coupons: sort', { 'services/coupons/list.py': '-    return rows\n+    return sorted(rows)' }),
    ],
    deployments: [
      [75, 'coupons', 'decoy'],
      [9, 'coupons', 'decoy2'],
    ],
    flags: [[-5, 'coupons', 'stacked_coupons', 'off->on']],
    guilty: null,
  },
  {
    name: 'mechanism-elsewhere',
    service: 'maps',
    title: 'maps: 500s',
    calls: { web: ['maps'] },
    series: [
      ['maps', 'http_5xx_ratio', 'fraction', 0.001, 0.2],
      ['maps', 'memory_used_percent', 'percent', 50, 51],
    ],
    logs: [['maps', 'error', 'tile server: corrupt archive world.pmtiles, checksum mismatch']],
    commits: [
      commit('decoy', 30, 'maps: less memory', { 'deploy/maps/values.yaml': '-  memory: 2Gi\n+  memory: 1Gi' }),
      commit('decoy2', 10, 'maps: more workers', { 'deploy/maps/workers.yaml': '-workers: 4\n+workers: 6' }),
    ],
    deployments: [
      [25, 'maps', 'decoy'],
      [6, 'maps', 'decoy2'],
    ],
    guilty: null,
  },
  {
    name: 'quota-of-provider',
    service: 'geocoder',
    title: 'geocoder refused',
    calls: { web: ['geocoder'] },
    series: [['geocoder', 'lookup_error_ratio', 'fraction', 0.002, 0.7]],
    logs: [['geocoder', 'error', 'api.places.example answered 403: the monthly quota of this account is used up']],
    spans: [
      { service: 'geocoder', resource: 'GET /lookup', beforeMs: 50, afterMs: 45, error: '403 quota used up', peer: 'api.places.example' },
    ],
    commits: [
      commit('decoy', 26, 'geocoder: clearer names', {
        'services/geocoder/lookup.go': '-\tres := get(q)\n-\treturn res\n+\tresult := get(q)\n+\treturn result',
      }),
      commit('decoy2', 8, 'geocoder: one time limit', {
        'services/geocoder/client.go': '-\tTimeout: 4 * time.Second,\n+\tTimeout: 3 * time.Second,',
      }),
    ],
    deployments: [
      [21, 'geocoder', 'decoy'],
      [4, 'geocoder', 'decoy2'],
    ],
    guilty: null,
  },
];
