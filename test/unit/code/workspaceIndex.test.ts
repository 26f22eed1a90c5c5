import assert from 'node:assert/strict';
import { LearnedRoots } from '../../../src/code/learnedRoots';
import { pathScore, sameRank, WorkspaceIndex } from '../../../src/code/workspaceIndex';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const tree = (...paths: string[]) => createMemoryRepository({ now: Object.fromEntries(paths.map((path) => [path, 'x\n'])) });
const split = (path: string) => path.split('/');

describe('The index of tracked files', () => {
  it('ranks the longest equal ending first', async () => {
    const index = await WorkspaceIndex.read([tree('a/src/x.js', 'b/src/x.js', 'x.js', 'src/y.js')], signal);
    assert.deepEqual(
      index.match(split('srv/b/src/x.js'), null).map(({ path, shared, isWhole }) => [path, shared, isWhole]),
      [
        ['b/src/x.js', 3, true],
        ['a/src/x.js', 2, false],
        ['x.js', 1, true],
      ],
    );
    assert.deepEqual(index.match(split('srv/z.js'), null), []);
  });

  it("settles a tie for the service's own folder, and knows a tie without one", async () => {
    const index = await WorkspaceIndex.read([tree('services/cart/src/x.js', 'services/checkout/src/x.js')], signal);
    const [first, second] = index.match(split('app/src/x.js'), 'checkout');
    assert.equal(first?.path, 'services/checkout/src/x.js');
    assert.equal(sameRank(first!, second!), false);
    const [one, other] = index.match(split('app/src/x.js'), 'search');
    assert.equal(sameRank(one!, other!), true);
  });

  it('scores whole, long, lonely matches of telling names higher', async () => {
    const score = async (paths: string[], file: string) => {
      const [best, ...others] = (await WorkspaceIndex.read([tree(...paths)], signal)).match(split(file), null);
      return pathScore(best!, others);
    };
    const whole = await score(['services/checkout/pricing.js'], 'srv/services/checkout/pricing.js');
    const part = await score(['services/checkout/pricing.js'], 'app/checkout/pricing.js');
    const name = await score(['services/checkout/pricing.js'], 'app/pricing.js');
    const generic = await score(['services/checkout/index.js'], 'app/index.js');
    assert.ok(whole > part && part > name && name > generic, `${[whole, part, name, generic]}`);
    assert.equal(generic, 0.25);
  });
});

describe('Learned deployment roots', () => {
  it('replace the deployed folders by those of the repository', () => {
    const repository = tree();
    const roots = new LearnedRoots();
    roots.learn('checkout', split('app/src/pricing.js'), repository, 'services/checkout/src/pricing.js');
    roots.learn('checkout', split('srv/lib/http.js'), repository, 'lib/http.js');
    assert.deepEqual(
      roots.apply('checkout', split('app/index.js')).map(({ path }) => path),
      ['services/checkout/index.js'],
    );
    assert.deepEqual(
      roots.apply('checkout', split('srv/index.js')).map(({ path }) => path),
      ['index.js'],
    );
  });

  it('belong to one service', () => {
    const roots = new LearnedRoots();
    roots.learn('checkout', split('app/pricing.js'), tree(), 'services/checkout/pricing.js');
    assert.deepEqual(roots.apply('cart', split('app/index.js')), []);
    assert.deepEqual(roots.apply(null, split('app/index.js')), []);
  });

  it('are each kept once', () => {
    const repository = tree();
    const roots = new LearnedRoots();
    for (let times = 0; times < 3; times += 1) roots.learn('checkout', split('app/a.js'), repository, 'src/a.js');
    assert.equal(roots.apply('checkout', split('app/b.js')).length, 1);
  });
});
