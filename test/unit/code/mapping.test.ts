import assert from 'node:assert/strict';
import { createFrameMapper, MAPPING_BAR } from '../../../src/code/mapping';
import type { StackFrame } from '../../../src/domain/frame';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const SHA = 'a'.repeat(40);

const frame = (file: string | null, line: number | null = 2, more: Partial<StackFrame> = {}): StackFrame => ({
  function: null,
  file,
  line,
  column: 1,
  kind: 'app',
  ...more,
});

const PRICING = 'function discount(cart) {\n  return cart.coupon.percent;\n}\nfunction total() {\n  return 1;\n}\n';
const known = (commit: string | null = SHA, service: string | null = null) => ({ commit, service });

describe('Mapping a frame to the workspace', () => {
  it('places a file by its path and follows the line from the deployed commit', async () => {
    const repository = createMemoryRepository({
      now: { 'services/checkout/pricing.js': `'use strict';\n${PRICING}` },
      trees: { [SHA]: { 'services/checkout/pricing.js': PRICING } },
    });
    const { location, deployed, reason } = await createFrameMapper([repository]).map(
      frame('/srv/shop/services/checkout/pricing.js', 2, { function: 'Object.discount' }),
      known(),
      signal,
    );
    assert.deepEqual(
      [location?.root, location?.path, location?.line, location?.status],
      ['/projects/shop', 'services/checkout/pricing.js', 3, 'moved'],
    );
    assert.deepEqual(deployed, { file: 'services/checkout/pricing.js', line: 2, function: 'Object.discount' });
    assert.ok((location?.score ?? 0) > 0.9);
    assert.match(reason, /last 3 parts of the path.*function discount.*moved from 2 to 3 since aaaaaaaaaaaa/);
  });

  it('says edited, deleted and unchanged', async () => {
    const now = { 'src/pricing.js': 'function discount(cart) {\n  return 0;\n}\n' };
    const mapper = createFrameMapper([
      createMemoryRepository({ now, trees: { [SHA]: { 'src/pricing.js': PRICING, 'src/gone.js': PRICING } } }),
    ]);
    const status = async (file: string, line: number) => (await mapper.map(frame(file, line), known(), signal)).location?.status;
    assert.equal(await status('/app/src/pricing.js', 1), 'exact');
    assert.equal(await status('/app/src/pricing.js', 2), 'edited');
    assert.equal(await status('/app/src/pricing.js', 5), 'deleted');
    assert.equal(await status('/app/src/gone.js', 2), 'deleted');
  });

  it('does not take a file that the deployed commit did not have', async () => {
    const mapper = createFrameMapper([createMemoryRepository({ now: { 'src/pricing.js': PRICING }, trees: { [SHA]: {} } })]);
    const { location, deployed, reason } = await mapper.map(frame('/srv/src/pricing.js'), known(), signal);
    assert.equal(location, null);
    assert.equal(deployed, null);
    assert.match(reason, /deployed commit/);
  });

  it('does not take a file whose deployed version has fewer lines', async () => {
    const mapper = createFrameMapper([
      createMemoryRepository({ now: { 'src/pricing.js': PRICING }, trees: { [SHA]: { 'src/pricing.js': 'x\n' } } }),
    ]);
    assert.equal((await mapper.map(frame('/srv/src/pricing.js', 40), known(), signal)).location, null);
  });

  it('finds a file that was renamed since it was deployed', async () => {
    const repository = createMemoryRepository({
      now: { 'services/checkout/prices/rules.js': PRICING },
      trees: { [SHA]: { 'services/checkout/pricing.js': PRICING } },
      renamed: { 'services/checkout/pricing.js': 'services/checkout/prices/rules.js' },
    });
    const { location, deployed } = await createFrameMapper([repository]).map(
      frame('/srv/shop/services/checkout/pricing.js'),
      known(),
      signal,
    );
    assert.equal(location?.path, 'services/checkout/prices/rules.js');
    assert.equal(deployed?.file, 'services/checkout/pricing.js');
  });

  it('keeps the line and lowers the score when the commit is not known', async () => {
    const repository = createMemoryRepository({ now: { 'src/pricing.js': PRICING }, trees: { [SHA]: { 'src/pricing.js': PRICING } } });
    const mapper = createFrameMapper([repository]);
    const unknown = await mapper.map(frame('/srv/src/pricing.js'), known(null), signal);
    const certain = await mapper.map(frame('/srv/src/pricing.js'), known(), signal);
    assert.deepEqual([unknown.location?.line, unknown.location?.status], [2, 'unknown']);
    assert.ok(unknown.location!.score < certain.location!.score);
    assert.match(unknown.reason, /which commit ran is not known/);
    const missing = await mapper.map(frame('/srv/src/pricing.js'), known('b'.repeat(40)), signal);
    assert.match(missing.reason, /the commit bbbbbbbbbbbb is not in this repository/);
  });

  it('is surer when the function agrees with the text, and less sure when it does not', async () => {
    const mapper = createFrameMapper([createMemoryRepository({ now: { 'src/pricing.js': PRICING } })]);
    const score = async (name: string | null) =>
      (await mapper.map(frame('/x/src/pricing.js', 2, { function: name }), known(null), signal)).location?.score ?? 0;
    assert.ok((await score('discount')) > (await score(null)));
    assert.ok((await score('total')) < (await score(null)));
  });

  it('never maps libraries, the runtime, evaluated or minified code', async () => {
    const mapper = createFrameMapper([
      createMemoryRepository({ now: { 'lib/route.js': 'x\n'.repeat(200), 'loader.js': 'x\n', 'app.min.js': 'x\n' } }),
    ]);
    const refused: [StackFrame, RegExp][] = [
      [frame('/srv/node_modules/express/lib/route.js', 2, { kind: 'library' }), /library/],
      [frame('node:internal/loader.js', 2, { kind: 'runtime' }), /runtime/],
      [frame(null, null, { kind: 'native' }), /runtime/],
      [frame(null, 1, { kind: 'eval' }), /generated/],
      [frame('/srv/app.min.js', 1, { column: 90_000 }), /minified/],
      [frame(null), /no file/],
      [frame('lib/route.js', null), /no file and line/],
    ];
    for (const [given, reason] of refused) {
      const mapping = await mapper.map(given, known(null), signal);
      assert.equal(mapping.location, null);
      assert.deepEqual(mapping.candidates, []);
      assert.match(mapping.reason, reason);
    }
  });

  it('cannot be led out of the workspace', async () => {
    const mapper = createFrameMapper([createMemoryRepository({ now: { 'src/pricing.js': PRICING } })]);
    for (const file of [
      '../../../../etc/passwd',
      '/etc/passwd',
      'C:\\Windows\\win.ini',
      'file:///etc/passwd',
      'https://evil.example/x.js',
      '../src/../../secret.js',
    ]) {
      const { location, candidates } = await mapper.map(frame(file, 1), known(null), signal);
      assert.equal(location, null, file);
      assert.deepEqual(candidates, [], file);
    }
    assert.equal((await mapper.map(frame('/a/../b/../../src/pricing.js'), known(null), signal)).location?.path, 'src/pricing.js');
  });

  it('offers candidates instead of guessing between equals', async () => {
    const mapper = createFrameMapper([
      createMemoryRepository({ now: { 'services/cart/pricing.js': PRICING, 'services/checkout/pricing.js': PRICING } }),
    ]);
    const { location, candidates, reason } = await mapper.map(frame('/app/pricing.js'), known(null), signal);
    assert.equal(location, null);
    assert.deepEqual(candidates.map(({ path }) => path).sort(), ['services/cart/pricing.js', 'services/checkout/pricing.js']);
    for (const { score } of candidates) assert.ok(score < MAPPING_BAR);
    assert.match(reason, /Not sure enough/);
  });

  it('prefers the folder of the service that ran', async () => {
    const now = { 'services/cart/src/pricing.js': PRICING, 'services/checkout/src/pricing.js': PRICING };
    const mapper = createFrameMapper([createMemoryRepository({ now })]);
    const { location } = await mapper.map(frame('/app/src/pricing.js'), known(null, 'checkout-service'), signal);
    assert.equal(location?.path, 'services/checkout/src/pricing.js');
  });

  it('wants more than the name of a file that every project has', async () => {
    const now = { 'src/index.js': PRICING };
    const mapper = createFrameMapper([createMemoryRepository({ now })]);
    assert.equal((await mapper.map(frame('/srv/other-program/index.js'), known(null), signal)).location, null);
    assert.equal((await mapper.map(frame('/srv/shop/src/index.js'), known(null), signal)).location?.path, 'src/index.js');
  });

  it('maps a Windows path and a bundled module', async () => {
    const mapper = createFrameMapper([createMemoryRepository({ now: { 'src/cart/pricing.ts': PRICING } })]);
    for (const file of [
      'D:\\build\\src\\cart\\pricing.ts',
      'webpack://shop/./src/cart/pricing.ts?749a',
      'file:///app/src/cart/pricing.ts',
    ]) {
      assert.equal((await mapper.map(frame(file), known(null), signal)).location?.path, 'src/cart/pricing.ts', file);
    }
  });

  it('finds Java and Kotlin files by their package', async () => {
    const now = { 'core/src/main/java/com/acme/shop/Pricing.java': PRICING, 'core/src/main/java/com/acme/other/Pricing.java': PRICING };
    const mapper = createFrameMapper([createMemoryRepository({ now })]);
    const { location } = await mapper.map(
      frame('Pricing.java', 2, { function: 'com.acme.shop.Pricing$Cart.discount' }),
      known(null),
      signal,
    );
    assert.equal(location?.path, 'core/src/main/java/com/acme/shop/Pricing.java');
  });

  it('learns where a service was deployed and places its other frames by that', async () => {
    const now = {
      'services/checkout/src/deep/pricing.js': PRICING,
      'services/checkout/index.js': PRICING,
      'services/cart/index.js': PRICING,
    };
    const trees = { [SHA]: now };
    const mapper = createFrameMapper([createMemoryRepository({ now, trees })]);
    const exception = {
      type: 'Error',
      message: '',
      relation: null,
      frames: [frame('/app/index.js'), frame('/app/src/deep/pricing.js', 2, { function: 'discount' })],
    };
    assert.equal((await mapper.map(frame('/app/index.js'), known(SHA, 'orders'), signal)).location, null);
    const mapped = await mapper.mapException(exception, known(SHA, 'orders'), signal);
    assert.deepEqual(
      mapped.frames.map((other) => other.workspace?.path),
      ['services/checkout/index.js', 'services/checkout/src/deep/pricing.js'],
    );
  });

  it('searches all repositories', async () => {
    const shop = createMemoryRepository({ now: { 'src/pricing.js': PRICING } });
    const library = createMemoryRepository({ now: { 'packages/money/round.js': PRICING }, root: '/projects/money', name: 'money' });
    const { location } = await createFrameMapper([shop, library]).map(frame('/srv/packages/money/round.js'), known(null), signal);
    assert.equal(location?.root, '/projects/money');
  });

  it('knows the deployed place also where there is no working tree', async () => {
    const repository = createMemoryRepository({ now: { 'src/cart/pricing.js': PRICING }, root: null });
    const { location, deployed, candidates } = await createFrameMapper([repository]).map(
      frame('/srv/src/cart/pricing.js'),
      known(null),
      signal,
    );
    assert.equal(location, null);
    assert.deepEqual(deployed, { file: 'src/cart/pricing.js', line: 2, function: 'discount' });
    assert.equal(candidates[0]?.path, 'src/cart/pricing.js');
  });

  it('reads the list of files once', async () => {
    const repository = createMemoryRepository({ now: { 'src/pricing.js': PRICING } });
    const mapper = createFrameMapper([repository]);
    for (let times = 0; times < 5; times += 1) await mapper.map(frame('/srv/src/pricing.js'), known(null), signal);
    assert.equal(repository.lists, 1);
  });

  it('reads the list again after a failure', async () => {
    const repository = createMemoryRepository({ now: { 'src/pricing.js': PRICING } });
    const list = repository.listFiles;
    repository.listFiles = async () => {
      throw new Error('called off');
    };
    const mapper = createFrameMapper([repository]);
    await assert.rejects(mapper.map(frame('/srv/src/pricing.js'), known(null), signal), /called off/);
    repository.listFiles = list;
    assert.ok((await mapper.map(frame('/srv/src/pricing.js'), known(null), signal)).location);
  });

  it('finds nothing in an empty workspace', async () => {
    const { location, reason } = await createFrameMapper([]).map(frame('/srv/src/pricing.js'), known(), signal);
    assert.equal(location, null);
    assert.match(reason, /No tracked file/);
  });
});
