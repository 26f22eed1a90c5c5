import assert from 'node:assert/strict';
import type { LogEvent } from '../../../../src/domain/log';
import { createFixedClock } from '../../../../src/sandbox/clock';
import { takeLogs } from '../../../../src/sandbox/intake/logIntake';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { ALWAYS, NOON_MS } from '../telemetry';
import { post } from './posting';

function taken(body: unknown, options: Parameters<typeof post>[1] = {}): LogEvent[] {
  const store = createTelemetryStore({ clock: createFixedClock(NOON_MS) });
  assert.deepEqual(takeLogs(store, post(body, options), 202), { status: 202, body: {} });
  return [...store.logs(ALWAYS)];
}

describe('the log intake', () => {
  it('lifts the fields that Datadog reserves out of what winston sends', () => {
    const dd = { env: 'demo', service: 'checkout', span_id: '50', trace_id: '6b00', version: '1.2.3' };
    const [log] = taken([{ dd, level: 'info', message: 'quoting ok' }], { query: 'ddsource=winston&service=other' });
    assert.deepEqual(log, {
      timestampMs: NOON_MS,
      service: 'checkout',
      status: 'info',
      host: null,
      message: 'quoting ok',
      attributes: { dd },
      tags: ['source:winston', 'env:demo', 'version:1.2.3'],
    });
  });

  it('understands pino’s names and numbers', () => {
    const err = { type: 'RangeError', message: 'too far', stack: 'RangeError: too far\n    at f (a.js:1:1)' };
    const [log] = taken([{ level: 50, time: NOON_MS - 5000, hostname: 'web-1', msg: 'failed', pid: 1, err }]);
    assert.equal(log?.timestampMs, NOON_MS - 5000);
    assert.deepEqual([log?.status, log?.host, log?.message], ['error', 'web-1', 'failed']);
    assert.deepEqual((log!.attributes.error as { kind: string }).kind, 'RangeError');
    assert.equal(log?.attributes.err, undefined);
  });

  it('takes a lone stack for an error', () => {
    const [log] = taken({ level: 'error', message: 'x', stack: 'TypeError: no\n    at f (a.js:1:1)' });
    assert.deepEqual(log?.attributes.error, { kind: 'TypeError', stack: 'TypeError: no\n    at f (a.js:1:1)' });
  });

  it('unfolds a message that is JSON', () => {
    const [log] = taken([{ message: '{"level":"warn","message":"inner","cart":7}', ddtags: 'env:prod, team:shop', hostname: 'h' }]);
    assert.deepEqual([log?.status, log?.message, log?.attributes.cart], ['warn', 'inner', 7]);
    assert.deepEqual(log?.tags, ['env:prod', 'team:shop']);
  });

  it('reads times in ISO 8601, seconds and milliseconds', () => {
    const times = [
      { timestamp: '2026-06-20T11:59:00Z' },
      { date: NOON_MS - 60_000 },
      { time: NOON_MS / 1000 - 60 },
      { timestamp: String(NOON_MS - 60_000) },
    ];
    for (const fields of times) assert.equal(taken({ message: 'x', ...fields })[0]?.timestampMs, NOON_MS - 60_000, JSON.stringify(fields));
    assert.equal(taken({ message: 'x', timestamp: 'yesterday' })[0]?.timestampMs, NOON_MS);
  });

  it('takes one object, an array, lines of JSON and plain text', () => {
    assert.equal(taken({ message: 'a' }).length, 1);
    assert.equal(taken([{ message: 'a' }, { message: 'b' }]).length, 2);
    assert.equal(taken('{"message":"a"}\n{"message":"b"}\n').length, 2);
    const plain = taken('first\nsecond', { headers: { 'content-type': 'text/plain' }, query: 'service=cron&ddtags=env:x' });
    assert.deepEqual(
      plain.map(({ message, service, tags }) => [message, service, tags.join()]),
      [
        ['first', 'cron', 'env:x'],
        ['second', 'cron', 'env:x'],
      ],
    );
  });

  it('keeps markup and odd values as they are', () => {
    const [log] = taken([{ message: '<script>alert(1)</script>', level: 'odd', extra: null }]);
    assert.deepEqual([log?.message, log?.status, log?.attributes.extra], ['<script>alert(1)</script>', 'info', null]);
  });

  it('says why it refuses', () => {
    const refusal = (body: unknown) => () => taken(body);
    assert.throws(refusal(''), /empty/);
    assert.throws(refusal('{"message":'), /not valid JSON/);
    assert.throws(refusal([{ message: 'a' }, 7]), /Log event 1 is not an object/);
  });
});
