import assert from 'node:assert/strict';
import fc from 'fast-check';
import { growForest } from '../../../../src/signals/logs/isolationForest';
import { createRandom } from '../../../../src/signals/logs/random';

const cloud = (count: number) => {
  const random = createRandom(5);
  return Array.from({ length: count }, () => [random() + random(), random() + random()]);
};

describe('growForest', () => {
  it('scores what lies apart above everything in the cloud, also when it was among what it learned from', () => {
    const usual = cloud(300);
    const far = [9, -7];
    const forest = growForest([...usual, far]);
    const highest = Math.max(...usual.map((vector) => forest.score(vector)));
    assert.ok(forest.score(far) > highest);
    assert.ok(forest.score(far) > 0.7);
    assert.ok(forest.score([1, 1]) < 0.5);
  });

  it('sees what is unusual only in combination', () => {
    const line = Array.from({ length: 256 }, (_, at) => [at / 256, at / 256]);
    const forest = growForest(line, { trees: 200 });
    assert.ok(forest.score([0.05, 0.95]) > forest.score([0.5, 0.5]) + 0.1);
  });

  it('is the same for the same seed', () => {
    const vectors = cloud(100);
    const scores = (seed: number) => vectors.map((vector) => growForest(vectors, { seed, trees: 10 }).score(vector));
    assert.deepEqual(scores(3), scores(3));
    assert.notDeepEqual(scores(3), scores(4));
  });

  it('knows nothing of nothing, of one vector, and of equal ones', () => {
    assert.equal(growForest([]).score([1]), 0.5);
    assert.equal(growForest([[1]]).score([2]), 0.5);
    const same = growForest(Array.from({ length: 50 }, () => [3, 3]));
    assert.equal(same.score([3, 3]), same.score([9, 9]));
  });

  it('scores from 0 to 1 whatever it is given, and 0.5 what is no number', () => {
    const vector = fc.tuple(fc.double(), fc.double());
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 20 }), vector, (vectors, one) => {
        const score = growForest(vectors, { trees: 5 }).score(one);
        assert.ok(score >= 0 && score <= 1);
        if (!one.every(Number.isFinite)) assert.equal(score, 0.5);
      }),
    );
  });
});

describe('createRandom', () => {
  it('draws numbers of 0 to below 1 that differ by seed and repeat', () => {
    const draw = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 1000 }, random);
    };
    assert.deepEqual(draw(1), draw(1));
    assert.notDeepEqual(draw(1), draw(2));
    assert.ok(draw(1).every((value) => value >= 0 && value < 1));
    const mean = draw(1).reduce((sum, value) => sum + value, 0) / 1000;
    assert.ok(Math.abs(mean - 0.5) < 0.05);
  });
});
