import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ANSWER_LENGTH, bandsOf, modelCalls, readAnswers } from '../../../src/onnx/contract';

const input = (shape: readonly (number | string)[]) => [{ name: 'context', shape }];
const quantiles = (shape: readonly (number | string)[]) => [{ name: 'quantiles', shape }];

describe('modelCalls', () => {
  it('takes one output of nine quantiles, for one context or many', () => {
    assert.deepEqual(modelCalls(input(['N', 512]), quantiles(['N', 9, 60])), { input: 'context', isBatched: true, outputs: ['quantiles'] });
    assert.equal(modelCalls(input([1, 512]), quantiles([1, 9, 60]))?.isBatched, false);
    assert.equal(modelCalls(input([-1, 1, 512]), quantiles([-1, 9, 60]))?.isBatched, true);
  });

  it('takes three outputs by their names', () => {
    const three = ['p10', 'p50', 'p90', 'other'].map((name) => ({ name, shape: [1, 60] }));
    assert.deepEqual(modelCalls(input([1, 512]), three)?.outputs, ['p10', 'p50', 'p90']);
    assert.equal(modelCalls(input([1, 512]), three.slice(1)), null);
  });

  it('takes no other shapes', () => {
    assert.equal(modelCalls(input([1, 256]), quantiles([1, 9, 60])), null);
    assert.equal(modelCalls(input([1, 512]), quantiles([1, 9, 64])), null);
    assert.equal(modelCalls(input([1, 512]), quantiles([1, 60, 9])), null);
    assert.equal(modelCalls([...input([1, 512]), ...input([1, 512])], quantiles([1, 9, 60])), null);
    assert.equal(modelCalls([], []), null);
  });
});

describe('readAnswers', () => {
  it('puts the used quantiles in order, whatever came', () => {
    const value = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 540, maxLength: 540 }), (values) => {
        const answers = readAnswers([Float32Array.from(values)], 1);
        const [band] = bandsOf(answers!);
        band!.median.forEach((middle, step) => {
          assert.ok(band!.p10[step]! <= middle && middle <= band!.p90[step]!);
        });
      }),
    );
  });

  it('takes nothing that has another size or is no number', () => {
    assert.equal(readAnswers([], 1), null);
    assert.equal(readAnswers([new Float32Array(539)], 1), null);
    assert.equal(readAnswers([new Float32Array(540).fill(Number.NaN)], 1), null);
    assert.equal(readAnswers([new Float32Array(60), new Float32Array(60), new Float32Array(59)], 1), null);
    assert.equal(readAnswers([new Float32Array(120), new Float32Array(120), new Float32Array(120)], 2)?.length, 2 * ANSWER_LENGTH);
  });
});
