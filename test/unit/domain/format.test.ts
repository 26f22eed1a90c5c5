import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  confidenceWord,
  formatAge,
  formatBytes,
  formatCount,
  formatDateTime,
  formatDay,
  formatDollars,
  formatDuration,
  formatNumber,
  formatPercent,
  formatPlural,
  formatQuantity,
  formatScore,
  formatSha,
  formatTick,
  formatTime,
  formatTimeRange,
} from '../../../src/domain/format';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const utc = { timeZone: 'UTC' };

/** Each row: the text that is expected, and what makes it. */
function holds(rows: readonly (readonly [string, () => string])[]): void {
  for (const [expected, make] of rows) it(`writes ${expected}`, () => assert.equal(make(), expected));
}

describe('numbers', () => {
  holds([
    ['0', () => formatNumber(0)],
    ['0.023', () => formatNumber(0.023)],
    ['6.83', () => formatNumber(6.8312)],
    ['-1.5', () => formatNumber(-1.5)],
    ['999', () => formatNumber(999.4)],
    ['1,235', () => formatNumber(1234.6)],
    ['123K', () => formatNumber(123_400)],
    ['4.56M', () => formatNumber(4_560_000)],
    ['n/a', () => formatNumber(Number.NaN)],
    ['1,234,567', () => formatCount(1_234_567)],
    ['1 fact', () => formatPlural(1, 'fact')],
    ['0 facts', () => formatPlural(0, 'fact')],
    ['1,200 queries', () => formatPlural(1200, 'query', 'queries')],
  ]);
});

describe('scores', () => {
  holds([
    ['0.90', () => formatScore(0.9)],
    ['1.00', () => formatScore(0.999)],
    ['-0.04', () => formatScore(-0.04)],
    ['n/a', () => formatScore(Number.NaN)],
  ]);
});

describe('dollars', () => {
  holds([
    ['$0', () => formatDollars(0)],
    ['$0.0042', () => formatDollars(0.00421)],
    ['$0.031', () => formatDollars(0.0311)],
    ['$0.000001', () => formatDollars(0.000_000_6)],
    ['$0.31', () => formatDollars(0.314)],
    ['$12.40', () => formatDollars(12.4)],
  ]);
});

describe('shares', () => {
  holds([
    ['86 %', () => formatPercent(0.857)],
    ['2.1 %', () => formatPercent(0.0214)],
    ['0 %', () => formatPercent(0)],
    ['<0.1 %', () => formatPercent(0.0001)],
    ['>99 %', () => formatPercent(0.9999)],
    ['100 %', () => formatPercent(1)],
    ['-12 %', () => formatPercent(-0.12)],
    ['n/a', () => formatPercent(Number.NaN)],
  ]);
});

describe('durations', () => {
  holds([
    ['0 ms', () => formatDuration(0)],
    ['250 µs', () => formatDuration(0.25)],
    ['412 ms', () => formatDuration(412.3)],
    ['1 s', () => formatDuration(999.7)],
    ['2.1 s', () => formatDuration(2100)],
    ['1 min', () => formatDuration(59_980)],
    ['3 min 20 s', () => formatDuration(200_000)],
    ['1 h', () => formatDuration(HOUR - 300)],
    ['1 h 4 min', () => formatDuration(64 * MINUTE)],
    ['1 d', () => formatDuration(DAY - 20_000)],
    ['2 d 3 h', () => formatDuration(51 * HOUR)],
    ['-5 ms', () => formatDuration(-5)],
    ['n/a', () => formatDuration(Number.POSITIVE_INFINITY)],
  ]);

  it('never writes sixty of a unit where one of the next is meant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * DAY }), (ms) => assert.doesNotMatch(formatDuration(ms), /\b(60 (s|min)|24 h|1,000 ms)/)),
    );
  });
});

describe('bytes', () => {
  holds([
    ['0 B', () => formatBytes(0)],
    ['999 B', () => formatBytes(999)],
    ['1 kB', () => formatBytes(999.9)],
    ['542 MB', () => formatBytes(5.42e8)],
    ['-1.5 GB', () => formatBytes(-1.5e9)],
    ['1,200 PB', () => formatBytes(1.2e18)],
    ['n/a', () => formatBytes(Number.NaN)],
  ]);
});

describe('quantities in the units of Datadog', () => {
  holds([
    ['412 ms', () => formatQuantity(412, 'millisecond')],
    ['412 µs', () => formatQuantity(412, 'microsecond')],
    ['12 ms', () => formatQuantity(1.2e7, 'nanosecond')],
    ['1.5 s', () => formatQuantity(1.5, 'second')],
    ['83 %', () => formatQuantity(83, 'percent')],
    ['83 %', () => formatQuantity(0.83, 'fraction')],
    ['2 kB', () => formatQuantity(2000, 'byte')],
    ['1.05 MB', () => formatQuantity(1, 'mebibyte')],
    ['2 kB/s', () => formatQuantity(2000, 'byte/second')],
    ['6.8 errors/s', () => formatQuantity(6.8, 'error/second')],
    ['1 request', () => formatQuantity(1, 'request')],
    ['3 queries', () => formatQuantity(3, 'query')],
    ['3 hashes/furlong', () => formatQuantity(3, 'hash/furlong')],
    ['7', () => formatQuantity(7, null)],
    ['no data', () => formatQuantity(null, 'byte')],
    ['no data', () => formatQuantity(Number.NaN, null)],
  ]);
});

describe('ticks of an axis', () => {
  holds([
    ['200 ms', () => formatTick(200, 'millisecond')],
    ['2 kB', () => formatTick(2000, 'byte/second')],
    ['6', () => formatTick(6, 'error/second')],
    ['0.5', () => formatTick(0.5, null)],
  ]);
});

describe('ages', () => {
  holds([
    ['just now', () => formatAge(0, 20_000)],
    ['1 min ago', () => formatAge(0, 50_000)],
    ['18 min ago', () => formatAge(0, 18 * MINUTE)],
    ['1 h ago', () => formatAge(0, 59.8 * MINUTE)],
    ['23 h ago', () => formatAge(0, 23 * HOUR)],
    ['3 d ago', () => formatAge(0, 3 * DAY)],
    ['in 5 min', () => formatAge(5 * MINUTE, 0)],
  ]);
});

describe('times', () => {
  const ms = Date.UTC(2026, 10, 3, 14, 2, 9);
  holds([
    ['14:02', () => formatTime(ms, utc)],
    ['14:02:09', () => formatTime(ms, { ...utc, withSeconds: true })],
    ['15:02', () => formatTime(ms, { timeZone: 'Europe/Berlin' })],
    ['00:00', () => formatTime(0, utc)],
    ['3 Nov', () => formatDay(ms, utc)],
    ['3 Nov 2026, 14:02', () => formatDateTime(ms, utc)],
    ['3 Nov 2026, 14:02 – 15:02', () => formatTimeRange(ms, ms + HOUR, utc)],
    ['3 Nov 2026, 14:02 – 4 Nov 2026, 02:02', () => formatTimeRange(ms, ms + 12 * HOUR, utc)],
    ['unknown time', () => formatTime(Number.NaN)],
    ['unknown time', () => formatTimeRange(Number.NaN, 0)],
  ]);
});

describe('words', () => {
  it('calls a confidence low, medium or high', () => {
    assert.deepEqual([0, 0.39, 0.4, 0.69, 0.7, 1].map(confidenceWord), ['low', 'low', 'medium', 'medium', 'high', 'high']);
  });

  it('abbreviates a commit as Git does', () => {
    assert.equal(formatSha('3f2a91c7d0b64e0f'), '3f2a91c');
  });
});
