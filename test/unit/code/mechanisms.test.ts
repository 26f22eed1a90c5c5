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
    ['a new version of a dependency', 'dependency_changed', 'package.json', ['-    "pg": "8.11.0",', '+    "pg": "8.12.0",']],
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
    ['a dependency of a lock file', 'dependency_changed', 'package-lock.json', ['-  "version": "1.0.0"', '+  "version": "1.0.1"']],
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
