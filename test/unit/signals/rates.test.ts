import assert from 'node:assert/strict';
import { rateOf } from '../../../src/signals/rates';
import { series } from '../../fakes/spans';

/** An hour of one value a minute, then ten minutes of another. */
const rate = (before: number, during: number) =>
  rateOf(
    series([...new Array<number>(60).fill(before), ...new Array<number>(10).fill(during)]),
    { fromMs: 0, toMs: 3_600_000 },
    { fromMs: 3_600_000, toMs: 4_200_000 },
  );

describe('rateOf', () => {
  it('is usual while the count goes on as before, chance included', () => {
    assert.equal(rate(2, 2), 'usual');
    assert.equal(rate(2, 2.5), 'usual');
    assert.equal(rate(2, 0), 'usual');
  });

  it('is risen when the count plainly exceeds what the quiet rate gives for that long', () => {
    assert.equal(rate(2, 6), 'risen');
    assert.equal(rate(0, 1), 'risen');
  });

  it('is unknown where the quiet stretch saw too little for a rate', () => {
    assert.equal(rate(0, 0), 'unknown');
    assert.equal(rate(0.01, 0.1), 'unknown');
  });
});
