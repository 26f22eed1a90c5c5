import assert from 'node:assert/strict';
import { HttpError } from '../../../../src/sandbox/http';
import { createSpanReader, type RawSpan } from '../../../../src/sandbox/intake/rawSpan';
import { createTextPool } from '../../../../src/sandbox/store/textPool';

const raw = (over: RawSpan = {}): RawSpan => ({
  trace_id: '5984651493980166165',
  span_id: 2,
  parent_id: 0,
  service: 'shop',
  name: 'web.request',
  resource: 'GET /',
  type: 'web',
  start: '1795225792715003136',
  duration: 16_594_727,
  error: 0,
  meta: {},
  metrics: {},
  ...over,
});

const UPPER = { '_dd.p.tid': '6b00f8c000000000' };

describe('reading spans of a payload', () => {
  const reader = () => createSpanReader(createTextPool());

  it('makes trace ids of 128 bits and times of milliseconds', () => {
    const [span] = reader()([[raw({ meta: { ...UPPER } })]], true);
    assert.equal(span?.traceId, '6b00f8c000000000530dc0d36332d815');
    assert.equal(span?.parentId, null);
    assert.ok(Math.abs((span?.startMs ?? 0) - 1795225792715.003) < 0.001);
    assert.equal(span?.durationMs, 16.594727);
  });

  it('learns the upper half from any chunk of the trace, in this payload or an earlier one', () => {
    const read = reader();
    const [early] = read([[raw({ span_id: 3 })], [raw({ meta: { ...UPPER } })]], true);
    const [late] = read([[raw({ span_id: 4 })]], true);
    assert.equal(early?.traceId, '6b00f8c000000000530dc0d36332d815');
    assert.equal(late?.traceId, early?.traceId);
  });

  it('fills up with zeros where the upper half never came', () => {
    assert.equal(reader()([[raw()]], true)[0]?.traceId, '0000000000000000530dc0d36332d815');
  });

  it('stores the name of an operation as the agent does', () => {
    assert.equal(reader()([[raw({ name: 'GET /api' })]], true)[0]?.name, 'GET_api');
  });

  it('copies the process’s git tags to every span', () => {
    const git = { '_dd.git.commit.sha': 'abc', '_dd.git.repository_url': 'https://x/y.git' };
    const spans = reader()([[raw({ meta: git }), raw({ span_id: 5, meta: { env: 'prod' } })], [raw({ span_id: 6 })]], true);
    assert.deepEqual(
      spans.map(({ meta }) => [meta['git.commit.sha'], meta['git.repository_url']]),
      Array.from({ length: 3 }, () => ['abc', 'https://x/y.git']),
    );
  });

  it('marks the spans that enter a service, unless the tracer did', () => {
    const chunk = () => [
      raw({ span_id: 1 }),
      raw({ span_id: 2, parent_id: 1 }),
      raw({ span_id: 3, parent_id: 2, service: 'shop-db' }),
      raw({ span_id: 4, parent_id: 99 }),
    ];
    const marks = (hasTopLevel: boolean) => reader()([chunk()], hasTopLevel).map(({ metrics }) => metrics['_dd.top_level']);
    assert.deepEqual(marks(false), [1, undefined, 1, 1]);
    assert.deepEqual(marks(true), [undefined, undefined, undefined, undefined]);
  });

  it('keeps 64-bit ids exact', () => {
    const [span] = reader()([[raw({ span_id: '18446744073709551615', parent_id: '9007199254740993123' })]], true);
    assert.deepEqual([span?.spanId, span?.parentId], ['18446744073709551615', '9007199254740993123']);
  });

  it('refuses fields that cannot be right, naming them', () => {
    const broken: [RawSpan, RegExp][] = [
      [raw({ trace_id: -1 }), /trace_id/],
      [raw({ span_id: 'x' }), /span_id/],
      [raw({ service: 7 }), /service is not text/],
      [raw({ start: 'soon' }), /start is not a number/],
      [raw({ meta: [] }), /meta are not a map/],
      [raw({ metrics: { a: 'b' } }), /metric a is not a number/],
    ];
    for (const [span, message] of broken) {
      assert.throws(
        () => reader()([[span]], true),
        (error) => error instanceof HttpError && error.status === 400 && message.test(error.message),
      );
    }
  });
});
