import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isoMicroseconds, nested, spanBody, traceText } from '../../../../src/sandbox/api/spanBody';
import { NOW_MS, span } from '../../../fakes/sandboxTelemetry';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const attributesOf = (...[overrides]: Parameters<typeof span>) => plain(spanBody(span(overrides))).attributes;

describe('spanBody', () => {
  it('nests dotted tags, errors and code origins among them', () => {
    const { custom } = attributesOf({
      isError: true,
      meta: {
        'error.type': 'TypeError',
        'error.message': 'no',
        'error.stack': 'at x',
        'git.commit.sha': 'abc',
        '_dd.code_origin.type': 'entry',
        '_dd.code_origin.frames.0.line': '42',
        'http.status_code': '500',
      },
    });
    assert.deepEqual(custom.error, { type: 'TypeError', message: 'no', stack: 'at x' });
    assert.deepEqual(custom.git, { commit: { sha: 'abc' } });
    assert.deepEqual(custom._dd, { code_origin: { type: 'entry', frames: { 0: { line: '42' } } } });
    assert.equal(custom.http.status_code, '500');
  });

  it('hides the other tags of the tracer', () => {
    const { custom } = attributesOf({ meta: { '_dd.p.tid': '1', env: 'prod' }, metrics: { _sampling_priority_v1: 1, process_id: 3 } });
    assert.deepEqual(custom, { env: 'prod', process_id: 3, duration: 125_250_000 });
  });

  it('gives times with microseconds and the duration in nanoseconds', () => {
    const attributes = attributesOf({ startMs: NOW_MS + 0.125, durationMs: 1.5 });
    assert.equal(attributes.start_timestamp, '2026-06-20T14:00:00.000125Z');
    assert.equal(attributes.end_timestamp, '2026-06-20T14:00:00.001625Z');
    assert.equal(attributes.custom.duration, 1_500_000);
  });

  it('says who called, and tags what is known', () => {
    const attributes = attributesOf({ meta: { env: 'prod', version: '2', '_dd.hostname': 'a', 'git.commit.sha': 'abc' } });
    assert.equal(attributes.parent_id, '0');
    assert.equal(attributes.operation_name, 'express.request');
    assert.deepEqual(attributes.tags, ['env:prod', 'service:checkout', 'version:2', 'host:a', 'source:apm', 'git.commit.sha:abc']);
    assert.deepEqual([attributes.host, attributes.env, attributes.status], ['a', 'prod', 'ok']);
  });
});

describe('nested', () => {
  it('loses no tag, whatever the names', () => {
    const name = fc
      .array(fc.constantFrom('a', 'b', '__proto__', 'constructor', ''), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('.'));
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 8 }), (names) => {
        const tags = Object.fromEntries(names.map((key) => [key, `value of ${key}`]));
        const text = JSON.stringify(nested(tags));
        for (const value of Object.values(tags)) assert.ok(text.includes(JSON.stringify(value)), `${value} in ${text}`);
      }),
    );
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('keeps the dots of a name whose way is blocked', () => {
    assert.deepEqual(plain(nested({ http: 'x', 'http.url': 'y' })), { http: 'x', 'http.url': 'y' });
  });
});

describe('isoMicroseconds', () => {
  it('is a time that Date reads back to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 999 }), (ms, micros) =>
        assert.equal(Math.floor(Date.parse(isoMicroseconds(ms + micros / 1000))), ms),
      ),
    );
  });
});

describe('traceText', () => {
  it('writes ids of 64 bits exactly', () => {
    const text = traceText(
      't',
      [span({ traceId: '9007199254740993123', spanId: '18446744073709551615', parentId: '9007199254740993' })],
      false,
    );
    assert.match(text, /"traceID":9007199254740993123,"spanID":18446744073709551615,"parentID":9007199254740993,/);
    assert.equal(plain(JSON.parse(text)).data.attributes.is_truncated, false);
  });

  it('gives the full id of 128 bits, and removes the tags of the tracer', () => {
    const full = '68d5a9c100000000131ac1c0d2a4d65f';
    const [first] = JSON.parse(traceText(full, [span({ traceId: full, isError: true })], true)).data.attributes.spans;
    assert.equal(first.traceIDFull, full);
    assert.equal(first.error, 1);
    assert.deepEqual(first.metrics, { process_id: 7 });
  });

  it('writes times to the nanosecond', () => {
    const text = traceText('t', [span({ startMs: NOW_MS + 0.125, durationMs: 1.5 })], false);
    assert.match(text, new RegExp(`"startTime":${NOW_MS}125000,"endTime":${NOW_MS + 1}625000,`));
  });

  it('has a number for ids that are no numbers', () => {
    assert.ok(
      Number.isSafeInteger(
        JSON.parse(traceText('root', [span({ traceId: 'root', spanId: 'span x' })], false)).data.attributes.spans[0].spanID,
      ),
    );
  });
});
