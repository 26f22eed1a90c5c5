import assert from 'node:assert/strict';
import { dayBeforeOf } from '../../../../src/investigation/home/dayBefore';
import type { ServiceCounts } from '../../../../src/investigation/home/serviceCounts';

const DAY_SEC = 86_400;
/** Twelve steps of five minutes: busy in the middle. */
const before: ServiceCounts = {
  service: 'checkout',
  env: null,
  operation: 'a',
  fromSec: 0,
  stepSec: 300,
  hits: [0, 0, 0, 300, 300, 300, 300, 300, 300, 0, 0, 0],
  errors: [0, 0, 0, 30, 30, 30, 30, 30, 30, 0, 0, 0],
  p95Ms: [null, null, null, 100, 100, 100, 100, 100, 100, null, null, null],
};
/** The half hour of the busy steps, a day later. */
const [fromSec, toSec] = [DAY_SEC + 1500, DAY_SEC + 2100];

describe('the day before', () => {
  it('gives the share, the latency and the rate of the same time', () => {
    assert.equal(dayBeforeOf('errors', before)(fromSec, toSec), 0.1);
    assert.equal(dayBeforeOf('latency', before)(fromSec, toSec), 100);
    assert.equal(dayBeforeOf('traffic', before)(fromSec, toSec), 1);
  });

  it('looks ten minutes to either side, since habits do not keep to the minute', () => {
    assert.equal(dayBeforeOf('traffic', before)(DAY_SEC + 1500, DAY_SEC + 1500), 1);
    assert.ok((dayBeforeOf('traffic', before)(DAY_SEC + 900, DAY_SEC + 1200) ?? 1) < 1);
  });

  it('knows nothing of times without requests, outside of what was read, or at all', () => {
    assert.equal(dayBeforeOf('errors', before)(DAY_SEC, DAY_SEC), null);
    assert.equal(dayBeforeOf('traffic', before)(DAY_SEC + 9000, DAY_SEC + 9000), null);
    assert.equal(dayBeforeOf('traffic', before)(0, 0), null);
    assert.equal(dayBeforeOf('traffic', null)(fromSec, toSec), null);
  });
});
