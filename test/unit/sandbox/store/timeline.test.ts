import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTimeline, lowerBound } from '../../../../src/sandbox/store/timeline';

const all = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER };
const someTimes = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 80 });

function timelineOf(times: readonly number[], maxItems = 1000, evicted: number[] = []) {
  const timeline = createTimeline<number>({ timeMs: (time) => time, maxItems, onEvict: (time) => evicted.push(time) });
  for (const time of times) timeline.add(time);
  return timeline;
}

describe('a timeline', () => {
  it('gives the items of a half-open window in order, whatever order they came in', () => {
    fc.assert(
      fc.property(someTimes, fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), (times, a, b) => {
        const window = { fromMs: Math.min(a, b), toMs: Math.max(a, b) };
        const expected = times.filter((time) => time >= window.fromMs && time < window.toMs).sort((x, y) => x - y);
        assert.deepEqual([...timelineOf(times).within(window)], expected);
      }),
    );
  });

  it('lets the oldest go when there are too many, and tells', () => {
    fc.assert(
      fc.property(someTimes, fc.integer({ min: 0, max: 50 }), (times, maxItems) => {
        const evicted: number[] = [];
        const timeline = timelineOf(times, maxItems, evicted);
        timeline.prune(Number.NEGATIVE_INFINITY);
        const sorted = [...times].sort((x, y) => x - y);
        const gone = Math.max(0, times.length - maxItems);
        assert.deepEqual([...timeline.within(all)], sorted.slice(gone));
        assert.deepEqual(evicted, sorted.slice(0, gone));
        assert.equal(timeline.size, times.length - gone);
      }),
    );
  });

  it('forgets what is older by whole stretches of ten seconds', () => {
    const timeline = timelineOf([1000, 9000, 11_000, 25_000]);
    timeline.prune(20_000);
    assert.deepEqual([...timeline.within(all)], [25_000]);
  });

  it('keeps the order of items with the same time', () => {
    const timeline = createTimeline<{ at: number; name: string }>({ timeMs: ({ at }) => at, maxItems: 10 });
    for (const [at, name] of [
      [2, 'c'],
      [1, 'a'],
      [1, 'b'],
    ] as const)
      timeline.add({ at, name });
    assert.deepEqual(
      [...timeline.within(all)].map(({ name }) => name),
      ['a', 'b', 'c'],
    );
  });
});

describe('lowerBound', () => {
  it('is where a value would go in before its equals', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 9].map((value) => lowerBound([1, 2, 2, 5], value)),
      [0, 0, 1, 3, 4],
    );
  });
});
