import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FrameContext } from '../../../src/code/frameContext';
import { createFrameMapper } from '../../../src/code/mapping';
import type { FrameMapping, StackFrame } from '../../../src/domain/frame';
import type { Repository } from '../../../src/domain/ports';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const TEXT = 'function discount(cart) {\n  return cart.coupon.percent;\n}\n';
const nothing: FrameContext = { commit: null, service: null };

const frame = (file: string, more: Partial<StackFrame> = {}): StackFrame => ({
  function: null,
  file,
  line: 2,
  column: 1,
  kind: 'app',
  ...more,
});
const repositoryOf = (paths: readonly string[], more: { root?: string; name?: string; remotes?: readonly string[] } = {}) =>
  createMemoryRepository({ now: Object.fromEntries(paths.map((path) => [path, TEXT])), ...more });
const map = (repositories: readonly Repository[], file: string, context = nothing): Promise<FrameMapping> =>
  createFrameMapper(repositories).map(frame(file), context, signal);

const folder = fc.constantFrom('src', 'app', 'lib', 'checkout', 'cart', 'services', 'main', 'web');
const name = fc.constantFrom('pricing.js', 'index.js', 'cart.js', 'main.go', 'app.js');
const path = fc.tuple(fc.array(folder, { maxLength: 4 }), name).map(([folders, last]) => [...folders, last].join('/'));
const prefix = fc.constantFrom(
  '/',
  '/srv/',
  '/app/',
  '/home/me/shop/',
  '',
  'file:///app/',
  'C:\\build\\',
  'webpack://shop/./',
  'https://shop.example/',
);

describe('A mapping', () => {
  it('never names a file that is not tracked, nor a line without a reason', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(path, { maxLength: 30 }), prefix, path, async (paths, start, wanted) => {
        const { location, candidates, reason } = await map([repositoryOf(paths)], `${start}${wanted}`);
        for (const found of [location, ...candidates]) assert.ok(found === null || paths.includes(found.path));
        assert.match(reason, /\.$/);
        if (location !== null) assert.ok(location.score >= 0.5 && location.score <= 1);
      }),
    );
  });

  it('is not led elsewhere by files that share less of the path: it stays, or is declared open', async () => {
    const deployed = fc.constantFrom('/srv/', '/opt/shop/', '/app/');
    await fc.assert(
      fc.asyncProperty(
        fc.array(folder, { minLength: 1, maxLength: 4 }),
        deployed,
        fc.uniqueArray(path, { maxLength: 40 }),
        async (folders, root, others) => {
          const right = [...folders, 'pricing.js'].join('/');
          const before = await map([repositoryOf([right])], `${root}${right}`);
          const unrelated = others.filter((other) => !`${root}${right}`.endsWith(`/${other}`) && other !== right);
          const after = await map([repositoryOf([right, ...unrelated])], `${root}${right}`);
          assert.equal(before.location?.path ?? right, right);
          if (after.location !== null) assert.equal(after.location.path, right);
          else assert.ok(after.candidates.some((candidate) => candidate.path === right));
        },
      ),
    );
  });

  it('does not depend on the order in which files are listed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(path, { maxLength: 30 }), prefix, path, async (paths, start, wanted) => {
        const [there, back] = await Promise.all(
          [paths, paths.toReversed()].map((listed) => map([repositoryOf(listed)], `${start}${wanted}`)),
        );
        assert.equal(there?.location?.path, back?.location?.path);
      }),
    );
  });

  it('survives hostile paths', async () => {
    const repository = repositoryOf(['src/pricing.js', 'etc/passwd', 'passwd']);
    for (const file of [
      '../../etc/shadow',
      '/srv/\0/src/pricing.js',
      `${'a/'.repeat(10_000)}pricing.js`,
      'a/'.repeat(10_000),
      `${'../'.repeat(300)}src/absent.js`,
      '%2e%2e/%2e%2e/etc/shadow',
      'file:///%00',
      '__proto__',
      'constructor',
      '/',
      '\\\\',
      '',
      ' ',
      '💥.js',
    ]) {
      const { location } = await map([repository], file);
      assert.equal(location, null, JSON.stringify(file.slice(0, 40)));
    }
    await fc.assert(fc.asyncProperty(fc.string({ maxLength: 200, unit: 'binary' }), async (text) => void (await map([repository], text))));
  });

  it('takes a usual deployment folder for what it may be: one of the program, or not', async () => {
    const both = await map([repositoryOf(['app/src/pricing.js', 'src/pricing.js'])], '/app/src/pricing.js');
    assert.equal(both.location, null);
    assert.equal(both.candidates.length, 2);
    assert.equal((await map([repositoryOf(['app/src/pricing.js'])], '/app/src/pricing.js')).location?.path, 'app/src/pricing.js');
    const other = await map([repositoryOf(['checkout/src/pricing.js', 'src/pricing.js'])], '/checkout/src/pricing.js');
    assert.equal(other.location?.path, 'checkout/src/pricing.js');
  });
});

describe('Mapping with several repositories', () => {
  const shop = repositoryOf(['src/pricing.js', 'shop/only.js'], {
    root: '/projects/shop',
    name: 'shop',
    remotes: ['github.com/acme/shop'],
  });
  const fork = repositoryOf(['src/pricing.js', 'lib/deep/money.js'], {
    root: '/projects/other',
    name: 'other',
    remotes: ['gitlab.com/acme/other'],
  });
  const at = async (file: string, repositoryUrl: string | null) => map([shop, fork], file, { ...nothing, repositoryUrl });

  it('lets telemetry choose the repository, in any spelling of its address', async () => {
    assert.equal((await at('/x/src/pricing.js', null)).location, null);
    for (const url of ['git@github.com:acme/shop.git', 'https://token@GitHub.com/acme/shop', 'ssh://git@github.com/acme/shop/'])
      assert.equal((await at('/x/src/pricing.js', url)).location?.root, '/projects/shop', url);
    assert.equal((await at('/x/src/pricing.js', 'https://gitlab.com/acme/other.git')).location?.root, '/projects/other');
  });

  it('takes a fork of the repository for it', async () => {
    const { location, reason } = await at('/x/src/pricing.js', 'https://github.com/upstream/shop');
    assert.equal(location?.root, '/projects/shop');
    assert.match(reason, /in the repository that telemetry names/);
  });

  it('finds single frames in another repository all the same', async () => {
    assert.equal((await at('/x/lib/deep/money.js', 'https://github.com/acme/shop')).location?.root, '/projects/other');
  });

  it('is less sure when the repository that telemetry names is not open', async () => {
    const named = await at('/x/lib/deep/money.js', 'https://github.com/acme/unheard-of');
    const unnamed = await at('/x/lib/deep/money.js', null);
    assert.ok((named.location?.score ?? 0) < (unnamed.location?.score ?? 0));
    assert.match(named.reason, /but telemetry names another repository/);
  });
});

describe('Mapping a whole trace', () => {
  const paths = ['services/checkout/src/deep/pricing.js', 'services/checkout/src/index.js', 'services/cart/src/index.js'];
  const trace = [frame('/app/src/index.js'), frame('/app/src/deep/pricing.js', { function: 'discount' })];

  it('places frames by what the others have taught', async () => {
    const mapped = await createFrameMapper([repositoryOf(paths)]).mapTrace(trace, nothing, signal);
    assert.deepEqual(
      mapped.map(({ location }) => location?.path),
      [paths[1], paths[0]],
    );
  });

  it('forgets that again where the service is not known, and keeps it where it is', async () => {
    const mapper = createFrameMapper([repositoryOf(paths)]);
    const index = frame('/app/src/index.js');
    await mapper.mapTrace(trace, nothing, signal);
    assert.equal((await mapper.map(index, nothing, signal)).location, null);
    const orders = { commit: null, service: 'orders' };
    await mapper.mapTrace(trace, orders, signal);
    assert.equal((await mapper.map(index, orders, signal)).location?.path, paths[1]);
    assert.equal((await mapper.map(index, { ...orders, service: 'search' }, signal)).location, null);
  });

  it('stops when called off', async () => {
    await assert.rejects(
      createFrameMapper([
        createMemoryRepository({
          now: {},
          stamp: () => {
            throw new DOMException('stopped', 'AbortError');
          },
        }),
      ]).mapTrace(trace, nothing, signal),
    );
  });
});
