import assert from 'node:assert/strict';
import fc from 'fast-check';
import { burstingTemplates, changedTemplates, changeReason, judgeFrequency } from '../../../../src/signals/logs/templateChange';

describe('judgeFrequency', () => {
  it('calls new what was never seen before, and does not take it for much when it is rare', () => {
    const once = judgeFrequency(0, 1, 1);
    const often = judgeFrequency(0, 40, 1);
    assert.deepEqual([once.change, often.change], ['new', 'new']);
    assert.ok(once.evidence < 2 && often.evidence > 50);
  });

  it('calls a burst what is three times as frequent as usual and more than chance', () => {
    assert.equal(judgeFrequency(10, 60, 1).change, 'bursting');
    assert.equal(judgeFrequency(10, 29, 1).change, 'known');
    assert.equal(judgeFrequency(1, 4, 1).change, 'known');
    assert.equal(judgeFrequency(1, 2, 0.01).change, 'known');
  });

  it('weighs by how long each side lasted', () => {
    assert.equal(judgeFrequency(60, 60, 1).change, 'known');
    assert.equal(judgeFrequency(60, 60, 0.1).change, 'bursting');
    assert.equal(judgeFrequency(6, 60, 10).change, 'known');
  });

  it('calls vanished what was frequent enough to be missed', () => {
    assert.equal(judgeFrequency(30, 0, 1).change, 'vanished');
    assert.equal(judgeFrequency(2, 0, 1).change, 'known');
    assert.equal(judgeFrequency(30, 0, 0.01).change, 'known');
  });

  it('is finite, at least 0, and greater for more of the same', () => {
    const count = fc.nat(10_000);
    fc.assert(
      fc.property(count, count, fc.double({ min: 0.001, max: 100, noNaN: true }), (before, during, weight) => {
        const { evidence } = judgeFrequency(before, during, weight);
        assert.ok(Number.isFinite(evidence) && evidence >= 0);
        assert.ok(judgeFrequency(before * 2, during * 2, weight).evidence >= evidence - 1e-6);
      }),
    );
  });

  it('can be said in words', () => {
    const said = (before: number, during: number, weight: number) =>
      changeReason(judgeFrequency(before, during, weight), before, during, weight);
    assert.equal(said(0, 12, 1), 'new: seen 12 times, never in the quiet stretch');
    assert.equal(said(5, 60, 0.5), 'bursting: seen 60 times where about 2.5 are usual');
    assert.equal(said(80, 0, 1), 'vanished: not seen, where about 80 are usual');
    assert.equal(said(8, 8, 1), 'as usual: seen 8 times');
  });
});

describe('burstingTemplates', () => {
  it('reports what is new, most frequent first, with a message of the incident', () => {
    const during = ['pool exhausted after 5s', 'pool exhausted after 7s', 'retrying call 3', 'served 12 items'];
    const found = burstingTemplates(['served 9 items', 'served 4 items'], during, 1);
    assert.deepEqual(
      found.map(({ during: count, isNew, example }) => [count, isNew, example]),
      [
        [2, true, 'pool exhausted after 5s'],
        [1, true, 'retrying call 3'],
      ],
    );
  });

  it('reports a burst of something known, weighed by how long each side lasted', () => {
    const known = new Array<string>(4).fill('slow query');
    const many = new Array<string>(20).fill('slow query');
    assert.equal(burstingTemplates(known, many.slice(0, 8), 1).length, 0);
    assert.deepEqual(
      burstingTemplates(known, many, 0.5).map(({ isNew, before }) => [isNew, before]),
      [[false, 4]],
    );
  });
});

describe('changedTemplates', () => {
  it('says where the messages of each template stand, and counts both sides', () => {
    const found = changedTemplates(['cache miss for 1', 'tick'], ['cache miss for 2', 'down', 'cache miss for 3'], 1);
    assert.deepEqual(
      found.map(({ template, before, during, places }) => [template, before, during, places]),
      [
        ['cache miss for <*>', 1, 2, [0, 2]],
        ['down', 0, 1, [1]],
        ['tick', 1, 0, []],
      ],
    );
  });

  it('is empty for nothing', () => {
    assert.deepEqual(changedTemplates([], [], 1), []);
  });
});
