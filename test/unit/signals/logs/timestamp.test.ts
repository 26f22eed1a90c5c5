import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fieldTime, leadingTime } from '../../../../src/signals/logs/timestamp';

const NOW_MS = Date.UTC(2026, 11, 31);
const iso = (text: string, now = '2026-12-31') => {
  const found = leadingTime(text, 0, Date.parse(now));
  return found && [new Date(found.timeMs).toISOString(), text.slice(found.end)];
};

describe('leadingTime', () => {
  it('reads the forms of ISO 8601 that loggers write', () => {
    assert.deepEqual(iso('2026-01-02T03:04:05Z go'), ['2026-01-02T03:04:05.000Z', ' go']);
    assert.deepEqual(iso('2026-01-02T03:04:05.678901234Z go'), ['2026-01-02T03:04:05.678Z', ' go']);
    assert.deepEqual(iso('2026-01-02 03:04:05,678 go'), ['2026-01-02T03:04:05.678Z', ' go']);
    assert.deepEqual(iso('2026/01/02 03:04:05 go'), ['2026-01-02T03:04:05.000Z', ' go']);
    assert.deepEqual(iso('2026-01-02, 03:04:05 go'), ['2026-01-02T03:04:05.000Z', ' go']);
    assert.deepEqual(iso('2026-01-02T03:04:05.5+02:00 go'), ['2026-01-02T01:04:05.500Z', ' go']);
    assert.deepEqual(iso('2026-01-02T03:04:05-0530'), ['2026-01-02T08:34:05.000Z', '']);
    assert.deepEqual(iso('2026-01-02 03:04:05 +01:00 go'), ['2026-01-02T02:04:05.000Z', ' go']);
  });

  it('reads a time the same whatever was read before it', () => {
    const second = '2026-01-02 03:04:05';
    const rests = fc.constantFrom(
      '',
      '.25',
      ',5',
      'Z',
      '.75Z',
      ' Z',
      'Zulu',
      'Z:',
      ' UTC',
      'GMT',
      ' GMT go',
      '+02:00',
      '-0530',
      ' go',
      ' Ugh',
    );
    const read = (text: string) => iso(text)?.join('|');
    fc.assert(
      fc.property(rests, rests, (before, rest) => {
        read('2027-05-06 07:08:09');
        const alone = read(second + rest);
        read(second + before);
        assert.equal(read(second + rest), alone);
      }),
    );
    assert.deepEqual(iso('2026-01-02 03:04:05Zulu'), ['2026-01-02T03:04:05.000Z', 'Zulu']);
    assert.deepEqual(iso('2026-01-02 03:04:05 Z: go'), ['2026-01-02T03:04:05.000Z', ' Z: go']);
    assert.deepEqual(iso('2026-01-02 03:04:05 UTC go'), ['2026-01-02T03:04:05.000Z', ' go']);
  });

  it('takes no number behind a time for a zone', () => {
    assert.deepEqual(iso('2026-01-02 03:04:05 -1234567 units'), ['2026-01-02T03:04:05.000Z', ' -1234567 units']);
  });

  it('reads the times of syslog, of the year that has just passed', () => {
    assert.deepEqual(iso('Feb  3 04:05:06 web-1 x', '2025-12-31'), ['2025-02-03T04:05:06.000Z', ' web-1 x']);
    assert.deepEqual(iso('Dec 31 23:59:59 web-1 x', '2026-01-01'), ['2025-12-31T23:59:59.000Z', ' web-1 x']);
    assert.deepEqual(iso('Dec 31 23:59:59 web-1 x', '2026-11-21'), ['2025-12-31T23:59:59.000Z', ' web-1 x']);
    assert.deepEqual(iso('Jan  1 00:00:03 web-1 x', '2025-12-31T23:59:59Z'), ['2026-01-01T00:00:03.000Z', ' web-1 x']);
    assert.deepEqual(iso('Feb 29 01:02:03 web-1 x', '2027-05-01'), ['2024-02-29T01:02:03.000Z', ' web-1 x']);
  });

  it('reads that of the Common Log Format', () => {
    assert.deepEqual(iso('10/Oct/2000:13:55:36 -0700] "GET'), ['2000-10-10T20:55:36.000Z', '] "GET']);
  });

  it('is null for what is no time', () => {
    for (const text of [
      '',
      '2026',
      '2026-01-02',
      '2026-0a-02T03:04:05',
      'Xyz  3 04:05:06 a',
      '10/Foo/2000:13:55:36',
      'May I',
      '12345678901234567890',
    ])
      assert.equal(leadingTime(text, 0, NOW_MS), null, text);
  });

  it('reads any time that a date can write', () => {
    const date = fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true });
    fc.assert(fc.property(date, (value) => assert.equal(leadingTime(value.toISOString(), 0, NOW_MS)?.timeMs, value.getTime())));
  });

  it('never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-/:T .,+ZJanFeb') }), (text) => {
        const found = leadingTime(text, 0, NOW_MS);
        assert.ok(found === null || found.end <= text.length);
      }),
    );
  });
});

describe('fieldTime', () => {
  it('takes seconds, milliseconds, micro- and nanoseconds since 1970, and texts', () => {
    for (const value of [1767323045, 1767323045000, 1767323045000000, 1767323045000000000, '1767323045', '2026-01-02T03:04:05Z'])
      assert.equal(fieldTime(value, NOW_MS), 1767323045000, String(value));
  });

  it('is null for what is no time', () => {
    for (const value of [null, undefined, 12, -5, Number.NaN, 'soon', '12', {}, true]) assert.equal(fieldTime(value, NOW_MS), null);
  });
});
