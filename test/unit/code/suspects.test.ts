import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BLAME_BAR, isToBlame } from '../../../src/code/blame';
import { rankSuspects, type SuspectInput } from '../../../src/code/suspects';
import type { Change, Commit } from '../../../src/domain/change';

const HOUR = 3_600_000;
const ONSET = Date.UTC(2026, 10, 20, 12);
const sha = (digit: string) => digit.repeat(40);

const commit = (digit: string, hoursBefore: number, message: string, path: string, ...rows: string[]): Commit => ({
  sha: sha(digit),
  repository: 'shop',
  author: 'Mira',
  timestampMs: ONSET - hoursBefore * HOUR,
  message,
  files: [path],
  diff: `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -10,6 +10,6 @@ function around() {\n${rows.join('\n')}\n`,
});

const deployment = (hoursBefore: number, service: string, digit: string): Change => ({
  timestampMs: ONSET - hoursBefore * HOUR,
  kind: 'deployment',
  service,
  title: '',
  text: '',
  author: null,
  version: '2.0',
  commit: sha(digit),
  attributes: {},
});

const rank = (commits: readonly Commit[], more: Partial<SuspectInput> = {}) =>
  rankSuspects({
    commits,
    failingFrames: [],
    blamed: [],
    errorText: '',
    resources: [],
    queries: [],
    service: 'checkout',
    symptom: 'errors',
    onsetMs: ONSET,
    deployments: [],
    ...more,
  });

const PRICING = 'services/checkout/pricing.js';
const guard = commit(
  '1',
  4,
  'Keep the price rules in one table\n\nBecause.',
  PRICING,
  ' const a = 1;',
  '-  if (customer.loyalty && customer.loyalty.tier) off += 1;',
  '+  off += TIERS[customer.loyalty.tier];',
  ' return off;',
);
const wording = commit(
  '2',
  3,
  'Say which product is out of stock',
  'services/checkout/orders.js',
  '-  refuse();',
  '+  refuse(product.title);',
);
const styles = commit('3', 2, 'Restyle the button', 'services/checkout/static/a.css', '-a { b: c }', '+a { b: d }');
const test = commit('4', 1, 'Test loyalty tiers', 'services/checkout/test/pricing.test.js', '+assert(customer.loyalty.tier)');
const all = [guard, wording, styles, test];
const message = "Cannot read properties of undefined (reading 'tier')";
const frames = [
  { path: PRICING, line: 11, function: 'part' },
  { path: 'services/checkout/orders.js', line: 40, function: 'placeOrder' },
];

describe('Ranking suspect commits', () => {
  it('puts the commit that wrote the failing line first, far above the bar', () => {
    const deployments = [deployment(1, 'checkout', '1')];
    const [first, second] = rank(all, { failingFrames: frames, blamed: [sha('1')], errorText: message, deployments });
    assert.equal(first?.sha, sha('1'));
    assert.equal(first?.evidenceClass, 'blamed_line');
    assert.equal(first?.title, 'Keep the price rules in one table');
    assert.equal(first?.author, 'Mira');
    assert.equal(first?.committedAt, '2026-11-20T08:00:00.000Z');
    assert.equal(first?.mechanism, 'null_check_dropped');
    assert.deepEqual(first?.location, { file: PRICING, line: 11, function: 'around' });
    assert.ok(first!.score > 0.9);
    assert.ok(second!.score < BLAME_BAR);
    assert.match(first!.reasons.join('\n'), /wrote services\/checkout\/pricing\.js:11, the failing line \(git blame\)/);
    assert.match(first!.reasons.join('\n'), /the check that customer\.loyalty exists was removed/);
  });

  it('gets there without blame, and without line numbers', () => {
    const [numbered] = rank(all, { failingFrames: frames, errorText: message });
    assert.deepEqual([numbered?.sha, numbered?.evidenceClass], [sha('1'), 'same_function']);
    const bare = {
      ...guard,
      diff: guard.diff
        .split('\n')
        .slice(3)
        .join('\n')
        .replace(/@@ -.*@@ /, '@@ '),
    };
    const [first] = rank([bare, wording], { failingFrames: frames, errorText: message });
    assert.equal(first?.sha, sha('1'));
    assert.ok(first!.score > BLAME_BAR);
  });

  it('says once what several frames of a recursion show', () => {
    const [found] = rank(all, { failingFrames: [frames[0]!, frames[0]!, frames[0]!], errorText: message });
    assert.equal(new Set(found!.reasons).size, found!.reasons.length, found!.reasons.join('\n'));
  });

  it('knows a function by its name when the change is further away', () => {
    const far = { ...frames[0]!, line: 90, function: 'Object.around' };
    const [first] = rank([commit('1', 4, 'x', PRICING, '-  a();', '+  b();')], { failingFrames: [far] });
    assert.equal(first?.evidenceClass, 'same_function');
    assert.match(first!.reasons[0]!, /changed Object\.around in/);
  });

  it('takes a line nearby for less than the line itself, and a change of the function for more than one beside it', () => {
    const at = (...rows: string[]) =>
      rank([commit('1', 4, 'x', PRICING, ...rows)], { failingFrames: [{ path: PRICING, line: 13, function: 'inner' }] })[0]!;
    const itself = at(' function inner() {', '   a();', '   b();', '-  return 1;', '+  return cart.coupon;');
    const inside = at(' function inner() {', '-  a();', '+  b();', '   c();', '   return cart.coupon;');
    const beside = at('-const VAT = 1;', '+const VAT = 2;', ' ', ' function inner() {', '   return cart.coupon;');
    const after = at(' function inner() {', '   return 1;', ' }', '-start();', '+begin();');
    assert.ok(itself.score > inside.score && inside.score > beside.score, `${[itself.score, inside.score, beside.score]}`);
    assert.ok(inside.score >= BLAME_BAR && beside.score < BLAME_BAR);
    assert.match(after.reasons[0]!, /changed the line/);
  });

  it('points at the line that now stands where a check was removed', () => {
    const removal = commit('1', 4, 'x', PRICING, ' const a = 1;', '-  if (!cart.coupon) return 0;', ' return cart.coupon.percent;');
    const [first] = rank([removal], { failingFrames: [{ path: PRICING, line: 11, function: 'around' }] });
    assert.deepEqual([first?.location?.line, first?.mechanism], [11, 'null_check_dropped']);
    assert.ok(first!.score > BLAME_BAR);
  });

  it('does not blame a commit because it touched the same file, or a caller', () => {
    const elsewhere = commit('1', 4, 'x', PRICING, '-  a();', '+  b();');
    const [same] = rank([elsewhere], { failingFrames: [{ path: PRICING, line: 400, function: 'other' }] });
    assert.equal(same?.evidenceClass, 'same_file');
    assert.ok(same!.score < BLAME_BAR);
    const [caller] = rank([elsewhere], {
      failingFrames: [
        { path: 'lib/x.js', line: 1, function: 'x' },
        { path: PRICING, line: 10, function: 'around' },
      ],
    });
    assert.ok(caller!.score < BLAME_BAR);
  });

  it('finds what slowed a service down by its mechanism', () => {
    const loop = commit(
      '1',
      4,
      'One way to read a rating',
      'services/catalog/products.js',
      '-  const rows = all(`SELECT * FROM reviews WHERE id IN (?, ?) GROUP BY id`);',
      '+  for (const product of products) {',
      "+    product.stars = one('SELECT AVG(stars) FROM reviews WHERE id = ?', product.id);",
      '+  }',
    );
    const registration = commit(
      '2',
      1,
      'Let browsers keep the list',
      'services/catalog/index.js',
      '-  app.get(path, handler);',
      '+  app.get(path, cacheControl, handler);',
    );
    const ranked = rank([loop, registration], {
      service: 'catalog',
      symptom: 'latency',
      deployments: [deployment(0.5, 'catalog', '1')],
      failingFrames: [{ path: 'services/catalog/index.js', line: 10, function: null }],
      queries: ['SELECT AVG(stars) FROM reviews WHERE id = ?'],
    });
    assert.deepEqual([ranked[0]?.sha, ranked[0]?.mechanism, ranked[0]?.evidenceClass], [sha('1'), 'query_in_loop', 'mechanism']);
    assert.deepEqual(ranked[0]?.location, { file: 'services/catalog/products.js', line: 11, function: 'around' });
    assert.ok(ranked[0]!.score > 0.8);
    assert.ok(ranked[1]!.score < BLAME_BAR);
  });

  it('does not blame a mechanism that explains something else, or lies in another service', () => {
    const slow = commit('1', 4, 'x', PRICING, '-  retries: 1,', '+  retries: 9,');
    assert.ok(rank([slow])[0]!.score < BLAME_BAR);
    const other = commit('1', 4, 'x', 'services/search/db.js', '-  maxConnections: 50,', '+  maxConnections: 5,');
    assert.ok(rank([other], { symptom: 'latency' })[0]!.score < BLAME_BAR);
    const shared = commit('1', 4, 'x', 'pkg/db/pool.js', '-  maxConnections: 50,', '+  maxConnections: 5,');
    assert.ok(rank([shared], { symptom: 'latency' })[0]!.score > BLAME_BAR);
  });

  it('blames nobody when something outside does not answer and an innocent deployment came last', () => {
    const innocent = commit(
      '1',
      1,
      "Log the acquirer's reference",
      'services/payments/index.js',
      '   const reference = await charge(orderId);',
      '-  logger.info(`charged`);',
      '+  logger.info(`charged`, { reference });',
    );
    const busy = commit(
      '2',
      2,
      'Keep references',
      'services/payments/index.js',
      '   const reference = await charge(orderId);',
      '-  save(orderId);',
      '+  save(orderId, reference);',
    );
    for (const errorText of [
      'acquirer answered 503 to POST /v2/charges',
      'connect ECONNREFUSED 10.0.0.7:443',
      'fetch failed: getaddrinfo ENOTFOUND acquirer',
      'acquirer did not answer POST /v2/charges',
    ]) {
      const ranked = rank([innocent, busy], {
        errorText,
        service: 'payments',
        failingFrames: [
          { path: 'services/payments/acquirer.js', line: 11, function: 'charge' },
          { path: 'services/payments/index.js', line: 10, function: 'around' },
        ],
        deployments: [deployment(0.2, 'payments', '1')],
      });
      for (const suspect of ranked) assert.ok(suspect.score < BLAME_BAR, `${errorText}: ${suspect.score}`);
    }
  });

  it('does not take who asked for what is at fault when errors speak of disks, quotas, dates and peers', () => {
    const login = commit(
      '1',
      1,
      'Simplify login',
      'src/login.ts',
      '   const token = await sso.token(user)',
      "-  if (token === undefined) throw new LoginError('no token')",
      '   return session(token.value)',
    );
    const under = (errorText: string) =>
      rank([login], {
        errorText,
        failingFrames: [{ path: 'src/login.ts', line: 11, function: 'around' }],
        deployments: [deployment(0.2, 'checkout', '1')],
      })[0]!;
    const own = under("TypeError: Cannot read properties of undefined (reading 'value')");
    assert.ok(own.isDirect && own.score > BLAME_BAR);
    for (const errorText of [
      'ENOSPC: no space left on device, write',
      '429 Too Many Requests: monthly quota exceeded',
      'FATAL: the database system is in recovery mode',
      'upstream connect error: 503 from billing',
      'sso.token did not return within 3000 ms',
      'certificate has expired',
      'getaddrinfo EAI_AGAIN sso.internal',
    ]) {
      const found = under(errorText);
      assert.ok(!found.isDirect && !isToBlame(found, [found], []), `${errorText}: ${found.score}`);
    }
  });

  it('takes a failing line for direct evidence of trouble around it where the change makes just that', () => {
    const limit = commit('1', 1, 'Tune', 'src/stock.ts', ' const client = {', '-  timeout: 6000,', '+  timeout: 50,', ' };');
    const [found] = rank([limit], {
      errorText: 'stock: context deadline exceeded',
      failingFrames: [{ path: 'src/stock.ts', line: 11, function: 'around' }],
      deployments: [deployment(0.2, 'checkout', '1')],
    });
    assert.ok(found!.isDirect && isToBlame(found!, [found!], []));
  });

  it('blames the call itself when its timeout was lowered and calls time out', () => {
    const lowered = commit(
      '1',
      1,
      'Tidy the client',
      'services/payments/acquirer.js',
      '-const TIMEOUT_MS = 5000;',
      '+const TIMEOUT_MS = 50;',
    );
    const [first] = rank([lowered], { service: 'payments', errorText: 'acquirer: context deadline exceeded (timeout)' });
    assert.ok(first!.score > BLAME_BAR);
  });

  it('finds what brought in a name that the error quotes', () => {
    const favourites = commit('1', 1, 'Wire up favourites', 'services/checkout/dao.py', '+    text("SELECT id FROM dashboard_favorites")');
    const [first, second] = rank([favourites, wording], { errorText: 'relation "dashboard_favorites" does not exist' });
    assert.equal(first?.sha, sha('1'));
    assert.equal(first?.location?.line, 10);
    assert.ok(first!.score > BLAME_BAR && second!.score < BLAME_BAR);
  });

  it('suspects a dependency only when the errors speak of it', () => {
    const bump = commit('1', 1, 'Bump', 'go.mod', '-\tgoogle.golang.org/protobuf v1.31.0', '+\tgoogle.golang.org/protobuf v1.34.2');
    assert.ok(rank([bump], { errorText: 'panic: protobuf: duplicate registration' })[0]!.score > BLAME_BAR);
    assert.ok(rank([bump], { errorText: 'panic: index out of range' })[0]!.score < BLAME_BAR);
  });

  it('gives tests, styles and comments next to nothing', () => {
    const comment = commit('5', 1, 'Explain', PRICING, '+  // tier is undefined for guests');
    const ranked = rank([styles, test, comment], { failingFrames: frames, blamed: [sha('5')], errorText: message });
    for (const suspect of ranked) assert.ok(suspect.score < 0.1, suspect.title);
    assert.match(ranked[0]!.reasons.at(-1)!, /hardly matters/);
  });

  it('leaves out what was made after the onset, or never deployed', () => {
    const late = { ...guard, timestampMs: ONSET + HOUR };
    assert.deepEqual(rank([late], { blamed: [sha('1')] }), []);
    assert.deepEqual(rank([guard], { blamed: [sha('1')], carriers: new Map([[sha('1'), null]]) }), []);
  });

  it('gives the last commit and the last deployment no advantage of their own', () => {
    const scores = rank([commit('1', 20, 'a', PRICING, '-a();', '+b();'), commit('2', 0.1, 'b', PRICING, '-c();', '+d();')]).map(
      (suspect) => suspect.score,
    );
    assert.equal(scores[0], scores[1]);
    assert.ok(scores[0]! <= 0.1);
  });

  it('reads commits without a diff', () => {
    const [suspect] = rank([{ ...guard, diff: '' }], { failingFrames: frames });
    assert.deepEqual([suspect?.evidenceClass, suspect?.location?.file], ['same_file', PRICING]);
  });

  it('is the same whatever the order of the commits', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 4 }), (commits) => {
        const given = { failingFrames: frames, blamed: [sha('1')], errorText: message };
        assert.deepEqual(rank(commits, given), rank(all, given));
      }),
      { numRuns: 20 },
    );
  });

  it('scores within 0 and 1, sorted, with a reason for each', () => {
    const path = fc.constantFrom(PRICING, 'lib/a.js', 'services/search/b.go', 'README.md', 'go.mod');
    const row = fc
      .tuple(
        fc.constantFrom('+', '-', ' '),
        fc.constantFrom('a.b', 'if (!a) return;', 'timeout: 5', 'timeout: 9', 'for (const a of b) {', '  await db.query(a)', '// x', '}'),
      )
      .map((parts) => parts.join(''));
    const commits = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -5, max: 500 }), path, fc.array(row, { maxLength: 8 })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(commits, fc.constantFrom('errors', 'latency', 'other'), fc.string({ maxLength: 40 }), (given, symptom, errorText) => {
        const ranked = rank(
          given.map(([digit, hours, file, rows]) => commit(String(digit), hours, 'x', file, ...rows)),
          { symptom, errorText, failingFrames: frames, blamed: [sha('3')] },
        );
        const scores = ranked.map((suspect) => suspect.score);
        assert.deepEqual(
          scores,
          scores.toSorted((left, right) => right - left),
        );
        for (const suspect of ranked) {
          assert.ok(suspect.score >= 0 && suspect.score <= 1 && suspect.reasons.length > 0);
          assert.ok(suspect.location === null || suspect.location.line >= 1);
        }
      }),
    );
  });

  describe('with what Git says about the failing functions', () => {
    const helper = commit('5', 5, 'Tidy the tier table', 'services/checkout/tiers.js', '-const TIERS = {};', '+const TIERS = null;');
    const frame = { path: PRICING, line: 30, function: 'part' };
    const history = (changed: readonly string[], wroteLine: string | null = null) => [{ frame, wroteLine, changedFunction: changed }];
    const scoreOf = (more: Partial<SuspectInput>) => rank([helper], { failingFrames: [frame], ...more })[0]!;

    it('suspects who changed the function although the diff shows another file', () => {
      const [before, after] = [scoreOf({}), scoreOf({ histories: history([sha('5')]) })];
      assert.ok(after.score > before.score);
      assert.equal(after.evidenceClass, 'same_function');
      assert.ok(after.reasons.some((reason) => reason === `changed part in ${PRICING} (git log)`));
    });

    it('suspects who wrote the line that called the failing one, less than who wrote that', () => {
      const caller = { path: 'services/checkout/orders.js', line: 40, function: 'placeOrder' };
      const histories = [...history([]), { frame: caller, wroteLine: sha('5'), changedFunction: [] }];
      const found = scoreOf({ failingFrames: [frame, caller], histories });
      assert.ok(found.reasons.some((reason) => /wrote .*orders\.js:40 \(git blame\) on the way to the failure/.test(reason)));
      assert.ok(found.score < scoreOf({ histories: history([]), blamed: [sha('5')] }).score);
    });

    it('does not believe a history of another place', () => {
      const other = [{ frame: { ...frame, path: 'elsewhere.js' }, wroteLine: null, changedFunction: [sha('5')] }];
      assert.equal(scoreOf({ histories: other }).score, scoreOf({}).score);
    });
  });

  it('never blames work that was not pushed, unless a deployment carried it', () => {
    const unpushed = new Set([sha('1')]);
    const ranked = rank(all, { failingFrames: frames, errorText: message, unpushed });
    assert.ok(!ranked.some((suspect) => suspect.sha === sha('1')));
    const carriers = new Map([[sha('1'), { deployment: deployment(1, 'checkout', '1'), isArrival: true }]]);
    assert.equal(rank(all, { failingFrames: frames, errorText: message, unpushed, carriers })[0]?.sha, sha('1'));
  });
});
