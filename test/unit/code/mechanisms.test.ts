import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MechanismKind } from '../../../src/code/mechanism';
import { findMechanisms } from '../../../src/code/mechanisms';
import { parseUnifiedDiff } from '../../../src/code/unifiedDiff';

const patch = (path: string, ...rows: string[]) =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -10,9 +10,9 @@ function handle(request) {\n${rows.join('\n')}\n`;
const find = (path: string, ...rows: string[]) => findMechanisms(parseUnifiedDiff(patch(path, ...rows)));
const kinds = (path: string, ...rows: string[]) => find(path, ...rows).map((mechanism) => mechanism.kind);

describe('Mechanisms in a diff', () => {
  const present: readonly [string, MechanismKind, string, string[]][] = [
    [
      'a query for each element, as a callback',
      'query_in_loop',
      'a.js',
      ['-const rows = db.all(sql, ids);', '+const rows = await Promise.all(ids.map((id) => db.get(one, id)));'],
    ],
    [
      'a query in a for loop',
      'query_in_loop',
      'a.js',
      [' for (const order of orders) {', '+  order.items = await client.query(sql, [order.id]);', ' }'],
    ],
    [
      'a request in a Go loop',
      'query_in_loop',
      'a.go',
      ['+\tfor _, li := range cart.Items {', '+\t\titem, err := a.catalog.GetItem(ctx, li.SKU)', '+\t}'],
    ],
    [
      'a query in a loop on one line',
      'query_in_loop',
      'a.js',
      ['-  return db.query(all, [ids]);', '+  for (const id of ids.slice(0, 9)) rows.push(await db.query(one, [id]));', '+  return rows;'],
    ],
    [
      'a loop that tries again until it works',
      'retry_added',
      'a.ts',
      [
        '-  return client.get(url);',
        '+  for (let attempt = 0; attempt < 5; attempt++) {',
        '+    try {',
        '+      return await client.get(url);',
        '+    } catch {}',
        '+  }',
      ],
    ],
    [
      'retries on one line',
      'retry_added',
      'a.ts',
      ['+  for (let tries = 0; tries < 5; tries++) {', '+    try { return await client.get(url) } catch {}', '+  }'],
    ],
    ['a query in a Python loop', 'query_in_loop', 'a.py', ['+for order in orders:', '+    cursor.execute(sql, (order.id,))']],
    [
      'a comprehension of reads',
      'query_in_loop',
      'a.js',
      ['-const names = namesOf(ids);', '+const names = ids.map((id) => loadName(id));'],
    ],
    ['a limit that went', 'query_widened', 'a.go', ['-\t        ORDER BY score LIMIT 50`', '+\t        ORDER BY score`']],
    ['a dropped index', 'index_dropped', 'db/0042.sql', ['+DROP INDEX idx_orders_customer;']],
    [
      'a lower timeout',
      'timeout_lowered',
      'a.go',
      ['-\tctx, cancel := context.WithTimeout(ctx, 5*time.Second)', '+\tctx, cancel := context.WithTimeout(ctx, 300*time.Millisecond)'],
    ],
    ['a lower timeout in a file of settings', 'timeout_lowered', 'a.yaml', ['-  request_timeout: 30s', '+  request_timeout: 500ms']],
    ['a smaller pool', 'pool_shrunk', 'a.js', ['-  maxConnections: 50,', '+  maxConnections: 5,']],
    ['a constant for a smaller pool', 'pool_shrunk', 'a.go', ['-const defaultMaxConns = 50', '+const defaultMaxConns = 10']],
    ['a shorter time to live', 'cache_shortened', 'a.go', ['-\t\tDefaultTTL: 15 * time.Minute,', '+\t\tDefaultTTL: 15 * time.Second,']],
    [
      'a cache that went',
      'cache_removed',
      'a.js',
      ['-  const hit = cache.get(key);', '-  if (hit) return hit;', '+  const price = priceOf(key);'],
    ],
    ['more retries', 'retry_added', 'a.js', ['-  retries: 1,', '+  retries: 10,']],
    ['fewer attempts', 'retry_removed', 'a.js', ['-  maxAttempts: 5,', '+  maxAttempts: 1,']],
    [
      'a back-off that went',
      'retry_removed',
      'a.go',
      ['-var p = Policy{MaxAttempts: 8, BaseDelay: 5 * time.Millisecond}', '+var p = Policy{MaxAttempts: 8}'],
    ],
    ['a lower limit', 'limit_lowered', 'a.yaml', ['-  memory_mb: 512', '+  memory_mb: 128']],
    [
      'a check for nil that went',
      'null_check_dropped',
      'a.go',
      ['-\tif resp.ThreeDS == nil {', '-\t\treturn ""', '-\t}', ' \treturn resp.ThreeDS.Status'],
    ],
    [
      'a condition that went',
      'null_check_dropped',
      'a.js',
      ['-  if (customer.loyalty && customer.loyalty.tier in TIERS) off += 1;', '+  off += TIERS[customer.loyalty.tier] ?? 0;'],
    ],
    [
      'an optional chain that went',
      'null_check_dropped',
      'a.ts',
      ['-  return cart.coupon?.percent ?? 0;', '+  return cart.coupon.percent;'],
    ],
    ['a check for None that went', 'null_check_dropped', 'a.py', ['-    if user is None:', '-        return', '     print(user.name)']],
    ['a new error', 'throw_added', 'a.js', ["+  if (cart.total > limit) throw new Error('too much');"]],
    ['a blocking call', 'blocking_call_added', 'a.js', ['-  const text = await readFile(path);', '+  const text = readFileSync(path);']],
    ['a container with less memory', 'limit_lowered', 'values.yaml', ['-    memory: 1Gi', '+    memory: 256Mi']],
    ['a Java heap that is smaller', 'limit_lowered', 'Dockerfile.java', ['-ENV OPTS="-Xmx4g"', '+ENV OPTS="-Xmx512m"']],
    ['half a CPU for one', 'limit_lowered', 'values.yaml', ['-    cpu: 1', '+    cpu: 500m']],
    ['a variable of a manifest', 'pool_shrunk', 'd.yaml', ['   - name: DB_POOL_SIZE', '-    value: "40"', '+    value: "4"']],
    ['larger batches', 'batch_raised', 'a.properties', ['-max.poll.records=200', '+max.poll.records=5000']],
    ['fewer replicas', 'scale_lowered', 'hpa.yaml', ['-  minReplicas: 8', '+  minReplicas: 2']],
    ['a stricter probe', 'probe_tightened', 'd.yaml', ['-    failureThreshold: 5', '+    failureThreshold: 1']],
    ['another port', 'host_changed', 'd.yaml', ['-  port: 5432', '+  port: 6543']],
    ['another host', 'host_changed', 'd.yaml', ['-  host: a.internal', '+  host: b.internal']],
    ['another topic', 'host_changed', 'a.properties', ['-orders.topic=orders', '+orders.topic=orders-v2']],
    ['a log level', 'log_volume_raised', 'a.toml', ['-log_level = "warn"', '+log_level = "debug"']],
    ['a cache that is off', 'cache_removed', 'a.env', ['-USE_CACHE=true', '+USE_CACHE=false']],
    ['another schedule', 'schedule_changed', 'c.yaml', ['-  schedule: "15 3 * * *"', '+  schedule: "*/5 * * * *"']],
    ['another audience', 'access_changed', 'main.tf', ['-  audience = "a.example"', '+  audience = "b.example"']],
    ['a permission that went', 'access_changed', 'iam.tf', ['   actions = [', '-    "storage:PutObject",', '   ]']],
  ];
  for (const [what, kind, path, rows] of present) {
    it(`show ${what}`, () => assert.ok(kinds(path, ...rows).includes(kind), `${kinds(path, ...rows)}`));
  }

  const absent: readonly [string, MechanismKind, string, string[]][] = [
    [
      'a loop that read before as well',
      'query_in_loop',
      'a.js',
      [' for (const id of ids) {', '-  rows.push(await db.get(one, id));', '+  result.push(await db.get(one, id));', ' }'],
    ],
    [
      'a loop that tries again until it works',
      'query_in_loop',
      'a.ts',
      ['+  for (let attempt = 0; attempt < 5; attempt++) {', '+    try { return await client.get(url) } catch {}', '+  }'],
    ],
    [
      'a query for each of the retries that are kept',
      'retry_added',
      'a.ts',
      ['+  for (const retry of retries) {', '+    await db.query(one, [retry.id]);', '+  }'],
    ],
    ['a query in the head of a loop', 'query_in_loop', 'a.js', ['+for (const row of await db.query(all)) sum += row.price;']],
    ['a loop of arithmetic', 'query_in_loop', 'a.js', ['+for (const line of lines) {', '+  total += line.price * line.quantity;', '+}']],
    [
      'a query after a loop',
      'query_in_loop',
      'a.js',
      ['+for (const line of lines) {', '+  total += line.price;', '+}', '+await db.run(sql, total);'],
    ],
    ['two requests at once', 'query_in_loop', 'a.js', ['+const [a, b] = await Promise.all([', '+  call(one),', '+  call(two),', '+]);']],
    ['a comment on loops', 'query_in_loop', 'a.js', ['+// for (const id of ids) await db.get(one, id)']],
    ['a longer timeout', 'timeout_lowered', 'a.js', ['-const TIMEOUT_MS = 500;', '+const TIMEOUT_MS = 5000;']],
    ['the same time in another unit', 'timeout_lowered', 'a.go', ['-\tTimeout: 5 * time.Second,', '+\tTimeout: 5000 * time.Millisecond,']],
    ['a larger pool', 'pool_shrunk', 'a.go', ['-\tcfg.MaxConns = 20', '+\tcfg.MaxConns = 40']],
    ['a limit that moved', 'query_widened', 'a.sql', ['-select a from b limit 5', '+select a, c from b limit 5']],
    [
      'an error that is no longer handled',
      'null_check_dropped',
      'a.go',
      ['-\tif err != nil {', '-\t\treturn err', '-\t}', ' \tlog(err.Error())'],
    ],
    ['a check that moved', 'null_check_dropped', 'a.js', ['-if (!user) return;', '+if (user === null) return;', ' send(user.name);']],
    ['a check whose value is used no more', 'null_check_dropped', 'a.js', ['-if (user) greet(user.name);', '+start();']],
    ['an index that is built beside', 'lock_widened', 'm.sql', ['+CREATE INDEX CONCURRENTLY a_b ON a (b);']],
    ['a host that was only quoted otherwise', 'host_changed', 'd.yaml', ["-  host: 'a.internal'", '+  host: "a.internal"']],
    ['a version of a manifest', 'arithmetic_changed', 'go.mod', ['-\tgithub.com/a/b v1.19.0', '+\tgithub.com/a/b v1.19.1']],
    ['a time that connections may idle', 'concurrency_raised', 'a.go', ['-\tcfg.MaxConnIdleTime = 30', '+\tcfg.MaxConnIdleTime = 300']],
    ['a variable with a default', 'setting_renamed', 'a.py', ['+HOST = os.environ.get("RELAY_HOST", "relay")']],
    ['a resource that is given back', 'not_released', 'a.go', ['+\trows := pool.acquire()', '+\tdefer rows.Close()']],
    ['a setting of a lock file', 'timeout_lowered', 'package-lock.json', ['-  "timeout": 9', '+  "timeout": 1']],
    ['a larger machine', 'scale_lowered', 'n.tf', ['-  instance_type = "t3.large"', '+  instance_type = "t3.2xlarge"']],
    ['a routine beside a limit', 'unbounded_growth', 'a.go', [' sem.Acquire(ctx, 1)', '+\tgo deliver(event)']],
    ['a value that is returned', 'limit_lowered', 'a.rb', ['-  return 404;', '+  return 400;']],
    ['a time in milliseconds', 'timeout_lowered', 'a.ts', ['+  signal: AbortSignal.timeout(config.bankTimeoutMs),']],
    ['seconds that were converted', 'timeout_lowered', 'a.ts', ['+  setTimeout(poll, pollSeconds * 1000);']],
    ['an asynchronous query', 'blocking_call_added', 'a.py', [' async def get():', '+    await session.execute(query)']],
    ['a path of a route', 'probe_tightened', 'routes.yaml', ['-  path: /v1/orders', '+  path: /v2/orders']],
    [
      'a permission under another name',
      'access_changed',
      'iam.tf',
      [' statement {', '-  actions = ["s3:Get"]', '+  actions = ["s3:GetObject"]'],
    ],
    ['a smaller step of a dependency', 'limit_lowered', 'go.mod', ['-\texample.com/limit v1.9.0', '+\texample.com/limit v1.2.0']],
    ['an eager load that became a join', 'query_in_loop', 'a.rb', ['-  orders.includes(:lines)', '+  orders.eager_load(:lines)']],
  ];
  for (const [what, kind, path, rows] of absent) {
    it(`do not show in ${what}`, () => assert.ok(!kinds(path, ...rows).includes(kind)));
  }

  it('point at the call in the loop, in the new file, with its function', () => {
    const [mechanism] = find(
      'src/orders.js',
      ' const a = 1;',
      '-const rows = all(`SELECT * FROM items WHERE order_id IN (?, ?)`);',
      '+for (const order of orders) {',
      '+  order.items = await db.query(sql, order.id);',
      '+}',
    );
    assert.deepEqual([mechanism?.path, mechanism?.line, mechanism?.function], ['src/orders.js', 12, 'handle']);
    assert.match(mechanism?.reason ?? '', /one grouped query became a query for each element/);
    assert.ok(mechanism?.explains.includes('load'));
  });

  it('see through a helper that the same change made', () => {
    const diff = [
      'diff --git a/p.js b/p.js',
      '--- a/p.js',
      '+++ b/p.js',
      '@@ -3,4 +3,4 @@',
      '-  const rows = all(`SELECT id FROM reviews WHERE id IN (?, ?) GROUP BY id`);',
      '+function stars(id) {',
      "+  return one('SELECT AVG(stars) FROM reviews WHERE id = ?', id);",
      '+}',
      '@@ -20,3 +20,3 @@ function list() {',
      ' const products = all(sql);',
      '-return products.map((product) => ({ ...product, stars: known.get(product.id) }));',
      '+return products.map((product) => ({ ...product, stars: stars(product.id) }));',
    ].join('\n');
    const [mechanism] = findMechanisms(parseUnifiedDiff(diff));
    assert.deepEqual([mechanism?.kind, mechanism?.line, mechanism?.function], ['query_in_loop', 21, 'list']);
    assert.ok((mechanism?.weight ?? 0) > 0.8);
  });

  it('say how a setting was changed', () => {
    const [mechanism] = find('a.js', '-const POOL_SIZE = 50;', '+const POOL_SIZE = 5;');
    assert.match(mechanism?.reason ?? '', /POOL_SIZE: 50 → 5/);
  });

  it('have no line where the diff has none', () => {
    const [mechanism] = findMechanisms(parseUnifiedDiff('@@ func newPool() {\n-\tcfg.MaxConns = 40\n+\tcfg.MaxConns = 4', ['db/pool.go']));
    assert.deepEqual([mechanism?.kind, mechanism?.line, mechanism?.function], ['pool_shrunk', null, 'newPool']);
  });

  it('come strongest first, with weights within bounds, from any text', () => {
    const row = fc
      .tuple(
        fc.constantFrom('+', '-', ' '),
        fc.oneof(
          fc.constantFrom(
            'for (const a of b) {',
            '  await db.query(x)',
            'timeout: 5',
            'timeout: 1',
            'if (!x) return',
            'x.y',
            '}',
            'LIMIT 5',
          ),
          fc.string({ maxLength: 30 }),
        ),
      )
      .map(([sign, rest]) => sign + rest.replaceAll('\n', ' '));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 25 }), (rows) => {
        const found = find('a.js', ...rows);
        const weights = found.map((mechanism) => mechanism.weight);
        assert.deepEqual(
          weights,
          weights.toSorted((left, right) => right - left),
        );
        for (const weight of weights) assert.ok(weight > 0 && weight <= 1);
      }),
    );
  });

  // Patterns that backtrack would need minutes; the runner's limit is the bound.
  it('are looked for in long lines without getting stuck', () => {
    const long = [
      `+${'a.'.repeat(200_000)}`,
      `-${'if (!'.repeat(100_000)}`,
      `+${' '.repeat(300_000)}`,
      `-${'x=1,'.repeat(100_000)}`,
      `+${'for ('.repeat(100_000)}`,
    ];
    assert.ok(Array.isArray(find('a.js', ...long)));
  });
});
