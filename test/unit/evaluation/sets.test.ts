import assert from 'node:assert/strict';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { readSets } from '../../../src/evaluation/sets';
import { withSets } from '../../fakes/caseSets';

const TWO = { net: { c02: { service: 'web' }, c01: { service: 'shop' } }, code: { c01: { commit: null } } };

describe('readSets', () => {
  it('finds the sets of a folder, in order, and the recordings of their cases', async () => {
    await withSets(TWO, async (dir) => {
      const sets = await readSets(dir, []);
      assert.deepEqual(
        sets.map(({ name, cases }) => [name, cases.map((one) => one.name)]),
        [
          ['code', ['c01']],
          ['net', ['c01', 'c02']],
        ],
      );
      assert.deepEqual(sets[1]?.cases[0], { name: 'c01', dir: path.join(dir, 'net', 'c01'), answer: { service: 'shop' } });
    });
  });

  it('takes a set itself, or a folder that keeps its sets in recordings', async () => {
    await withSets(TWO, async (dir) => {
      assert.deepEqual(
        (await readSets(path.join(dir, 'net'), [])).map(({ name }) => name),
        ['net'],
      );
      await mkdir(path.join(dir, 'recordings'));
      await rename(path.join(dir, 'net'), path.join(dir, 'recordings', 'net'));
      assert.deepEqual(
        (await readSets(dir, ['net'])).map(({ name }) => name),
        ['net'],
      );
    });
  });

  it('says which sets there are when one is not there', async () => {
    await withSets(TWO, async (dir) => {
      await assert.rejects(readSets(dir, ['code', 'disk']), /There is no set "disk" below ".*"; there are "code", "net"\./);
    });
  });

  it('says what a set is where there is none', async () => {
    await withSets({}, async (dir) => {
      await assert.rejects(readSets(dir, []), /There is no set of recorded incidents below .* --data DIR/);
      await assert.rejects(readSets(path.join(dir, 'nowhere'), ['x']), /There is no set of recorded incidents/);
    });
  });

  it('names the answers that cannot be read', async () => {
    for (const text of ['{', '[1]', '{"c01": 7}'])
      await withSets({ broken: text }, async (dir) => {
        await assert.rejects(readSets(dir, []), /The answers in ".*answers\.json" cannot be read/);
      });
  });

  it('takes no case for a way out of the folder', async () => {
    await withSets({ sly: '{"../../etc": {}}' }, async (dir) => {
      const [set] = await readSets(dir, []);
      assert.equal(set?.cases[0]?.dir, path.join(dir, 'sly', 'etc'));
    });
  });
});
