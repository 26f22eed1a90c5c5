import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Activity } from '../../../../src/signals/logs/activity';

const total = (activity: Activity) =>
  activity.windows.reduce((sum, { counts }) => sum + [...counts.values()].reduce((all, count) => all + count, 0), 0);

describe('Activity', () => {
  it('counts each kind by window', () => {
    const activity = new Activity(10);
    for (const [place, kind] of [
      [20, 1],
      [25, 1],
      [29, 2],
      [41, 1],
    ] as const)
      activity.add(place, kind, false);
    assert.equal(activity.start, 20);
    assert.deepEqual(
      activity.windows.map(({ counts }) => [...counts]),
      [
        [
          [1, 2],
          [2, 1],
        ],
        [],
        [[1, 1]],
      ],
    );
  });

  it('widens its windows so that there are few, and loses nothing', () => {
    const activity = new Activity(1);
    for (let place = 0; place < 5000; place++) activity.add(place, place % 3, false);
    assert.ok(activity.windows.length <= 512 && activity.windows.length > 256);
    assert.equal(activity.width, 16);
    assert.equal(total(activity), 5000);
  });

  it('takes what comes before the first place into the first window', () => {
    const activity = new Activity(10);
    activity.add(100, 1, false);
    activity.add(5, 2, false);
    assert.deepEqual([...(activity.windows[0]?.counts.keys() ?? [])], [1, 2]);
  });

  it('calls a window quiet only when all in it is', () => {
    const activity = new Activity(10);
    activity.add(0, 1, true);
    activity.add(10, 1, true);
    activity.add(11, 1, false);
    assert.deepEqual(
      activity.windows.map(({ isQuiet }) => isQuiet),
      [true, false],
    );
  });

  it('counts kinds beyond a bound together', () => {
    const activity = new Activity(10);
    for (let kind = 0; kind < 2000; kind++) activity.add(0, kind, false);
    assert.ok((activity.windows[0]?.counts.size ?? 0) <= 501);
    assert.equal(total(activity), 2000);
  });

  it('holds whatever jumps the clock makes', () => {
    const place = fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1e12, max: 1e12 + 1e6 }));
    fc.assert(
      fc.property(fc.array(place, { maxLength: 30 }), (places) => {
        const activity = new Activity(1000);
        for (const each of places) activity.add(each, 1, false);
        assert.ok(activity.windows.length <= 512);
        assert.equal(total(activity), places.length);
      }),
    );
  });
});
