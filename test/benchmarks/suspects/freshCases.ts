import { commit, type SuspectCase } from './suspectCase';

/** Written after the rules stood, to see what they make of what they were not made for. */
export const freshCases: readonly SuspectCase[] = [
  {
    name: 'goroutine-for-each-event',
    service: 'notify',
    title: 'notify memory',
    calls: { orders: ['notify'] },
    series: [
      ['notify', 'go_memstats_heap_inuse_bytes', 'byte', 90_000_000, 1_800_000_000],
      ['notify', 'go_goroutines', null, 60, 48_000],
    ],
    logs: [['notify', 'error', 'runtime: out of memory: cannot allocate 4194304-byte block']],
    commits: [
      commit('guilty', 66, 'notify: do not block the consumer', {
        'notify/internal/consume/consumer.go':
          ' \tfor event := range events {\n-\t\tc.queue <- event\n+\t\tgo c.deliver(context.Background(), event)\n \t}',
      }),
      commit('decoy-buffer', 30, 'notify: reuse buffers', {
        'notify/internal/render/render.go': '-\tvar buf bytes.Buffer\n+\tbuf := pool.Get().(*bytes.Buffer)\n+\tdefer pool.Put(buf)',
      }),
      commit('decoy-newest', 8, 'notify: memory in the health answer', {
        'notify/internal/health/health.go': '+\tanswer["heap_bytes"] = stats.HeapInuse',
      }),
    ],
    deployments: [
      [50, 'notify', 'guilty'],
      [6, 'notify', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'offset-never-moves',
    service: 'exporter',
    title: 'exporter does not finish',
    calls: { exporter: ['records'] },
    series: [
      ['exporter', 'job_duration_seconds', 'second', 240, 3600],
      ['records', 'requests_per_second', null, 12, 310],
    ],
    logs: [['exporter', 'error', 'export aborted: deadline of 3600 s exceeded after 1086000 pages']],
    commits: [
      commit('guilty', 84, 'exporter: read pages with a helper', {
        'exporter/exporter/pages.py':
          ' def all_records(client):\n     page = 0\n     while True:\n         rows = client.records(page=page, size=500)\n-        if not rows:\n-            return\n-        yield from rows\n-        page += 1\n+        yield from rows\n+        if len(rows) == 0:\n+            break',
      }),
      commit('decoy-size', 40, 'exporter: log each thousandth page', {
        'exporter/exporter/log.py': '+    if page % 1000 == 0:\n+        log.info("page %d", page)',
      }),
      commit('decoy-deadline', 15, 'exporter: give exports an hour', {
        'deploy/exporter/cronjob.yaml': '-  activeDeadlineSeconds: 1800\n+  activeDeadlineSeconds: 3600',
      }),
    ],
    deployments: [
      [70, 'exporter', 'guilty'],
      [12, 'exporter', 'decoy-deadline'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'session-cookie-strict',
    service: 'sso',
    title: 'sso login failures',
    calls: { portal: ['sso'] },
    series: [['sso', 'login_failed_ratio', 'fraction', 0.03, 0.92]],
    logs: [['sso', 'warn', 'callback refused: state cookie is missing (403)']],
    commits: [
      commit('guilty', 20, 'sso: stricter cookies', {
        'sso/src/cookies.ts':
          ' export const stateCookie = {\n   httpOnly: true,\n   secure: true,\n-  sameSite: "lax" as const,\n+  sameSite: "strict" as const,\n };',
      }),
      commit('decoy-callback', 34, 'sso: say why a callback was refused', {
        'sso/src/callback.ts': '-    return refuse(403);\n+    return refuse(403, "state cookie is missing");',
      }),
      commit('decoy-newest', 6, 'portal: login button on the right', {
        'portal/src/Nav.tsx': '-      <LoginButton align="left" />\n+      <LoginButton align="right" />',
      }),
    ],
    deployments: [
      [11, 'sso', 'guilty'],
      [4, 'portal', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'enum-without-a-branch',
    service: 'fulfilment',
    title: 'fulfilment errors',
    calls: { orders: ['fulfilment'] },
    series: [['fulfilment', 'errors_per_minute', null, 0, 210]],
    logs: [
      [
        'fulfilment',
        'error',
        'System.Text.Json.JsonException: The JSON value could not be converted to Acme.Fulfilment.OrderState. Path: $.state, value "on_hold"',
      ],
    ],
    commits: [
      commit('guilty', 26, 'orders: put suspicious orders on hold', {
        'orders/app/models/order.rb':
          '-  enum :state, { placed: 0, paid: 1, shipped: 2 }\n+  enum :state, { placed: 0, paid: 1, shipped: 2, on_hold: 3 }',
        'orders/app/services/fraud_check.rb': '+    order.update!(state: :on_hold) if score > 80',
      }),
      commit('decoy-json', 41, 'fulfilment: camel case for our own answers', {
        'fulfilment/Program.cs': '+  o.JsonSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;',
      }),
      commit('decoy-newest', 5, 'fulfilment: count orders by state', {
        'fulfilment/Metrics/OrderMetrics.cs': '+    _counter.Add(1, new("state", order.State.ToString()));',
      }),
    ],
    deployments: [
      [13, 'orders', 'guilty'],
      [3, 'fulfilment', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'transaction-around-a-call',
    service: 'wallet',
    title: 'wallet connections',
    calls: { shop: ['wallet'], wallet: ['wallet-pg', 'psp'] },
    series: [
      ['wallet', 'hikaricp_connections_pending', null, 0, 140],
      ['wallet', 'http_p95_ms', 'millisecond', 90, 30_000],
      ['psp', 'http_p95_ms', 'millisecond', 700, 710],
    ],
    logs: [['wallet', 'error', 'HikariPool-1 - Connection is not available, request timed out after 30000ms']],
    commits: [
      commit('guilty', 37, 'wallet: charge and book in one step', {
        'wallet/src/main/kotlin/com/acme/wallet/ChargeService.kt':
          '+    @Transactional\n     fun charge(order: Order): Receipt {\n-        val payment = psp.charge(order.amount)\n-        return bookings.book(order, payment)\n+        val booking = bookings.open(order)\n+        val payment = psp.charge(order.amount)\n+        return bookings.close(booking, payment)\n     }',
      }),
      commit('decoy-pool', 22, 'wallet: grow the pool', {
        'wallet/src/main/resources/application.yml': '-      maximum-pool-size: 20\n+      maximum-pool-size: 30',
      }),
      commit('decoy-newest', 7, 'shop: show the balance in the header', { 'shop/src/Header.vue': '+    <span>{{ balance }}</span>' }),
    ],
    deployments: [
      [32, 'wallet', 'guilty'],
      [18, 'wallet', 'decoy-pool'],
      [5, 'shop', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'nodes-too-small',
    service: 'encoder',
    title: 'encoder CPU',
    calls: { studio: ['encoder'] },
    series: [
      ['encoder', 'node_cpu_utilization', 'percent', 48, 100],
      ['encoder', 'queue_depth', null, 4, 620],
    ],
    logs: [['encoder', 'warn', 'frame 18820 encoded in 940 ms']],
    commits: [
      commit('guilty', 55, 'infra: cheaper nodes for batch work', {
        'terraform/encoder/nodes.tf': '-  instance_type = "c7i.4xlarge"\n+  instance_type = "t3.large"\n   disk_size     = 100',
      }),
      commit('decoy-codec', 29, 'encoder: warn about slow frames', {
        'encoder/src/frames.cpp': '+    if (ms > 500) LOG_WARN("frame {} encoded in {} ms", frame.id, ms);',
      }),
      commit('decoy-threads', 12, 'encoder: name the threads', {
        'encoder/src/pool.cpp': '+    pthread_setname_np(pthread_self(), "encode");',
      }),
    ],
    deployments: [[10, 'encoder', 'decoy-threads']],
    guilty: 'guilty',
  },
  {
    name: 'exception-now-escapes',
    service: 'recommend',
    title: 'recommend errors',
    calls: { home: ['recommend'], recommend: ['model'] },
    series: [['recommend', 'http_5xx_ratio', 'fraction', 0.001, 0.12]],
    logs: [
      [
        'recommend',
        'error',
        'redis.exceptions.ResponseError: WRONGTYPE Operation against a key holding the wrong kind of value',
        'Traceback (most recent call last):\n  File "/srv/recommend/store.py", line 13, in recent\n    return [int(x) for x in redis.lrange(key, 0, 50)]\nredis.exceptions.ResponseError: WRONGTYPE Operation against a key holding the wrong kind of value',
      ],
    ],
    commits: [
      commit('guilty', 16, 'recommend: keep recent items in a list', {
        'recommend/store.py':
          ' def recent(user):\n-    return [int(x) for x in redis.smembers(f"recent:{user}")]\n+    return [int(x) for x in redis.lrange(f"recent:{user}", 0, 50)]\n \n def remember(user, item):\n-    redis.sadd(f"recent:{user}", item)\n+    redis.lpush(f"recent:{user}", item)',
      }),
      commit('decoy-model', 31, 'model: smaller vectors', { 'model/embed.py': '-DIMENSIONS = 512\n+DIMENSIONS = 256' }),
      commit('decoy-newest', 5, 'recommend: type hints', {
        'recommend/api.py': '-def handler(request):\n+def handler(request: Request) -> Response:',
      }),
    ],
    deployments: [
      [8, 'recommend', 'guilty'],
      [3, 'recommend', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'gateway-forgets-header',
    service: 'files',
    title: 'files refuses requests',
    calls: { gateway: ['files'] },
    series: [
      ['files', 'http_401_ratio', 'fraction', 0.004, 0.99],
      ['gateway', 'http_401_ratio', 'fraction', 0.006, 0.61],
    ],
    logs: [['files', 'warn', 'unauthorized: no Authorization header']],
    commits: [
      commit('guilty', 19, 'gateway: one list of headers to pass on', {
        'gateway/nginx/files.conf':
          '   location /files/ {\n-    proxy_set_header Authorization $http_authorization;\n-    proxy_set_header X-Request-Id $request_id;\n+    include headers.conf;\n     proxy_pass http://files;',
        'gateway/nginx/headers.conf': '+proxy_set_header X-Request-Id $request_id;\n+proxy_set_header X-Forwarded-For $remote_addr;',
      }),
      commit('decoy-auth', 44, 'files: clearer words for unauthorized requests', {
        'files/src/auth.go': '-\t\tlog.Warn("unauthorized")\n+\t\tlog.Warn("unauthorized: " + reason)',
      }),
      commit('decoy-newest', 6, 'files: names with umlauts', { 'files/src/names.go': '+\tname = norm.NFC.String(name)' }),
    ],
    deployments: [
      [9, 'gateway', 'guilty'],
      [4, 'files', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
];
