import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSpan } from '../../../../src/signals/traces/readSpan';
import { spansIn } from '../../../../src/signals/traces/spansIn';
import { span } from '../../../fakes/spans';

const AT_MS = 1_780_000_000_000;

describe('readSpan', () => {
  it('reads back what AIDog itself writes', () => {
    const own = span({ spanId: 'a', parentId: 'p', startMs: AT_MS + 0.25, durationMs: 1.5, isError: true, meta: { env: 'prod' } });
    assert.deepEqual(readSpan(JSON.parse(JSON.stringify(own))), own);
  });

  it('reads Datadog’s span search', () => {
    const found = readSpan({
      id: 'x',
      type: 'spans',
      attributes: {
        trace_id: 'abc',
        span_id: '12',
        parent_id: '0',
        service: 'cart',
        operation_name: 'express.request',
        resource_name: 'GET /cart',
        status: 'error',
        env: 'prod',
        start_timestamp: '2026-06-20T13:42:00.123456Z',
        end_timestamp: '2026-06-20T13:42:01Z',
        tags: ['version:1.2'],
        custom: { duration: 5_000_000, http: { status_code: 503 }, error: { message: 'down' } },
      },
    });
    assert.equal(found?.startMs, Date.parse('2026-06-20T13:42:00.123Z') + 0.456);
    assert.deepEqual(
      [found.parentId, found.durationMs, found.isError, found.name, found.resource],
      [null, 5, true, 'express.request', 'GET /cart'],
    );
    assert.deepEqual([found.meta.version, found.meta.env, found.meta['error.message']], ['1.2', 'prod', 'down']);
    assert.equal(found.metrics['http.status_code'], 503);
  });

  it('reads what tracers send, in nanoseconds', () => {
    const raw = {
      trace_id: 1,
      span_id: '2',
      parent_id: 0,
      service: 's',
      name: 'n',
      resource: 'r',
      start: AT_MS * 1e6,
      duration: 2.5e6,
      error: 1,
    };
    const found = readSpan({ ...raw, meta: { 'span.kind': 'client' }, metrics: { _sampling: 1 } });
    assert.deepEqual([found?.traceId, found?.parentId, found?.startMs, found?.durationMs, found?.isError], ['1', null, AT_MS, 2.5, true]);
    assert.equal(found?.meta['span.kind'], 'client');
  });

  it('gives nothing for what has no trace, no id or no start', () => {
    for (const value of [null, 3, 'x', [], {}, { traceId: 't', spanId: 's' }, { traceId: 't', startMs: 1 }, { spanId: 's', startMs: 1 }])
      assert.equal(readSpan(value), null);
  });

  it('takes anything without throwing, and makes a whole span or none of it', () => {
    const names = fc.constantFrom(
      'traceId',
      'spanId',
      'startMs',
      'start',
      'duration',
      'attributes',
      'custom',
      'tags',
      'meta',
      'status',
      'error',
      'kind',
    );
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (value) => {
        const found = readSpan(value);
        if (found) assert.ok(Number.isFinite(found.startMs) && found.durationMs >= 0);
      }),
    );
  });

  it('takes no number for a time that no date can hold', () => {
    assert.equal(readSpan({ ...span({ spanId: 'a' }), durationMs: 1e294 }), null);
    assert.equal(readSpan({ ...span({ spanId: 'a' }), startMs: -1e20 }), null);
    assert.equal(readSpan({ ...span({ spanId: 'a' }), durationMs: 8.64e15 })?.durationMs, 8.64e15);
  });

  it('keeps tags with the names of built-in properties as tags', () => {
    const found = readSpan(JSON.parse('{"traceId":"t","spanId":"s","startMs":1,"meta":{"__proto__":"x","constructor":"y"}}'));
    assert.equal(found?.meta.constructor, 'y');
    assert.equal(({} as Record<string, unknown>).x, undefined);
  });
});

describe('spansIn', () => {
  it('finds the spans of OpenTelemetry’s export, with the service of their resource', () => {
    const otlp = {
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'pay' } }] },
          scopeSpans: [
            {
              spans: [
                {
                  traceId: 'aa',
                  spanId: 'bb',
                  parentSpanId: '',
                  name: 'POST /pay',
                  kind: 2,
                  startTimeUnixNano: `${AT_MS}000000`,
                  endTimeUnixNano: `${AT_MS + 7}000000`,
                  status: { code: 2, message: 'declined' },
                },
              ],
            },
          ],
        },
      ],
    };
    const [found] = spansIn(otlp).spans;
    assert.deepEqual([found?.service, found?.parentId, found?.durationMs, found?.isError], ['pay', null, 7, true]);
    assert.deepEqual([found?.meta['span.kind'], found?.meta['error.message']], ['server', 'declined']);
  });

  it('finds those of Jaeger’s answer, in microseconds, with their processes', () => {
    const jaeger = {
      data: [
        {
          traceID: 'aa',
          processes: { p1: { serviceName: 'web' } },
          spans: [
            {
              traceID: 'aa',
              spanID: '1',
              operationName: 'GET /',
              startTime: AT_MS * 1000,
              duration: 2000,
              processID: 'p1',
              references: [],
            },
            {
              traceID: 'aa',
              spanID: '2',
              operationName: 'q',
              startTime: AT_MS * 1000,
              duration: 1000,
              processID: 'p1',
              references: [{ refType: 'CHILD_OF', spanID: '1' }],
              tags: [{ key: 'error', type: 'bool', value: true }],
            },
          ],
        },
      ],
    };
    const { spans, unread } = spansIn(jaeger);
    assert.equal(unread, 0);
    assert.deepEqual(
      spans.map((one) => [one.service, one.parentId, one.startMs, one.durationMs, one.isError]),
      [
        ['web', null, AT_MS, 2, false],
        ['web', '1', AT_MS, 1, true],
      ],
    );
  });

  it('counts what is no span and goes on', () => {
    const { spans, unread } = spansIn([span({ spanId: 'a' }), { nothing: 1 }, 7, [span({ spanId: 'b' })]]);
    assert.deepEqual([spans.map(({ spanId }) => spanId), unread], [['a', 'b'], 2]);
  });
});
