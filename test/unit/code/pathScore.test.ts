import assert from 'node:assert/strict';
import { parseFramePath } from '../../../src/code/framePath';
import { scoreMatches } from '../../../src/code/pathScore';
import { WorkspaceIndex } from '../../../src/code/workspaceIndex';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();

async function scores(paths: readonly string[], file: string, service: string | null = null) {
  const repository = createMemoryRepository({ now: Object.fromEntries(paths.map((path) => [path, 'x\n'])) });
  const index = await WorkspaceIndex.read([repository], signal);
  const path = parseFramePath(file);
  assert.ok(path);
  return scoreMatches(path, index.match(path.segments, service)).map(({ match, score, isRivalled }) => ({
    path: match.path,
    score,
    isRivalled,
  }));
}
const best = async (paths: readonly string[], file: string, service?: string) => (await scores(paths, file, service))[0]?.score ?? 0;

describe('What a path alone says', () => {
  it('is more the longer, the more telling and the more complete the equal ending is', async () => {
    const whole = await best(['services/checkout/pricing.js'], '/srv/services/checkout/pricing.js');
    const part = await best(['services/checkout/pricing.js'], '/x/checkout/pricing.js');
    const name = await best(['services/checkout/pricing.js'], '/x/pricing.js');
    const generic = await best(['services/checkout/index.js'], '/x/index.js');
    assert.ok(whole > part && part > name && name > generic, `${[whole, part, name, generic]}`);
  });

  it('is more for a relative path that is equal to its beginning, and below the name of the repository', async () => {
    assert.ok((await best(['apps/shop/lib/cart.ex'], 'lib/cart.ex')) > (await best(['apps/shop/lib/cart.ex'], '/x/lib/cart.ex')));
    assert.ok((await best(['src/cart.js'], '/srv/shop/src/cart.js')) > (await best(['src/cart.js'], '/srv/other/src/cart.js')));
  });

  it("is more in the service's own folder", async () => {
    const paths = ['services/cart/src/pricing.js', 'services/checkout/src/pricing.js'];
    const [first, second] = await scores(paths, '/app/src/pricing.js', 'checkout');
    assert.equal(first?.path, 'services/checkout/src/pricing.js');
    assert.deepEqual([first?.isRivalled, second?.isRivalled], [false, true]);
  });

  it('is not enough for any of several that fit as well', async () => {
    for (const { score, isRivalled } of await scores(['a/deep/pricing.js', 'b/deep/pricing.js'], '/app/deep/pricing.js')) {
      assert.ok(isRivalled);
      assert.ok(score < 0.5);
    }
  });

  it('says nothing of no files, and never more than nearly sure', async () => {
    assert.deepEqual(await scores([], '/x/y.js'), []);
    const long = 'checkout/pricing/rules/discounts/coupon.js';
    assert.ok((await best([long], `/srv/shop/${long}`, 'checkout')) <= 0.95);
  });
});
