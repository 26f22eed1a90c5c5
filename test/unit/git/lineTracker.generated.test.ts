import assert from 'node:assert/strict';
import { measureDrift } from '../../benchmarks/drift';

describe('Lines of a generated history in a real repository', () => {
  const small = { commits: 60, files: 5, functions: 8, cases: 250 };
  const seed = Number(process.env.AIDOG_SEED ?? 1);

  for (const isBack of [false, true])
    it(`are followed ${isBack ? 'back to commits' : 'to the working tree'} rightly or declared edited, never wrongly`, async () => {
      const found = await measureDrift({ ...small, seed, isBack });
      assert.deepEqual(found.mistakes, []);
      assert.equal(found.right + found.declared, 250);
      assert.ok(
        found.unchangedFound >= 0.85 * found.unchanged,
        `only ${found.unchangedFound} of ${found.unchanged} unchanged lines were found`,
      );
    }).timeout(60_000);
});
