import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIds } from '../../../../src/signals/logs/lineIds';
import { ownCopy } from '../../../../src/signals/logs/ownCopy';
import { medianAndSpread } from '../../../../src/signals/logs/spread';

describe('LineIds', () => {
  it('gives back what was put in, across blocks', () => {
    const ids = new LineIds();
    for (let id = 0; id < 140_000; id++) ids.push(id * 3);
    assert.equal(ids.length, 140_000);
    let at = 0;
    for (const id of ids) if (id !== at++ * 3) assert.fail(`${id} at ${at}`);
    assert.equal(at, 140_000);
  });

  it('can be replaced in place', () => {
    const ids = new LineIds();
    for (const id of [3, 1, 2]) ids.push(id);
    ids.replace((id) => id * 10);
    assert.deepEqual([...ids], [30, 10, 20]);
  });

  it('is empty at first', () => {
    assert.deepEqual([...new LineIds()], []);
  });
});

describe('ownCopy', () => {
  it('is the beginning of the text, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, length) => {
        assert.equal(ownCopy(text, length), text.slice(0, length));
      }),
    );
    assert.equal(ownCopy('a\ud800b', 10), 'a\ud800b');
  });
});

describe('medianAndSpread', () => {
  it('is hardly moved by few far values', () => {
    assert.deepEqual(medianAndSpread([1, 2, 3, 4, 1e9]), { median: 3, spread: 1.4826 });
    assert.deepEqual(medianAndSpread([5, 5, 5]), { median: 5, spread: 0 });
    assert.deepEqual(medianAndSpread([]), { median: 0, spread: 0 });
  });
});
