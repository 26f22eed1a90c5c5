import assert from 'node:assert/strict';
import { Span as ClientSpan } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/Span';
import { SpansAttributes } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/SpansAttributes';
import { spanOf } from '../../../src/datadog/spans';

const start = new Date('2026-06-20T13:00:00Z');

function read(fields: Partial<SpansAttributes>) {
  const attributes = Object.assign(new SpansAttributes(), { startTimestamp: start, traceId: '1', spanId: '2', ...fields });
  return spanOf(Object.assign(new ClientSpan(), { attributes }));
}

describe('spanOf', () => {
  it('flattens nested tags to what the tracer wrote: text in meta, numbers in metrics', () => {
    const span = read({
      custom: {
        duration: 5_749_377,
        http: { status_code: '200', url_details: { port: '8080' } },
        _dd: { code_origin: { frames: { 0: { file: '/srv/a.js', line: '12' } } } },
        process_id: 437,
        'runtime-id': 'abc',
        flags: ['a', 'b'],
        empty: null,
        cold: true,
      },
    });
    assert.deepEqual(span?.meta, {
      'http.status_code': '200',
      'http.url_details.port': '8080',
      '_dd.code_origin.frames.0.file': '/srv/a.js',
      '_dd.code_origin.frames.0.line': '12',
      'runtime-id': 'abc',
      flags: '["a","b"]',
      cold: 'true',
    });
    assert.deepEqual(span?.metrics, { process_id: 437 });
    assert.equal(span?.durationMs, 5.749377);
  });

  it('takes the duration from the ends where the span does not say it', () => {
    assert.equal(read({ endTimestamp: new Date(start.getTime() + 12) })?.durationMs, 12);
    assert.equal(read({})?.durationMs, 0);
  });

  it('knows a root span by its parent', () => {
    for (const parentId of ['0', undefined, '', '0000000000000000']) assert.equal(read({ parentId })?.parentId, null);
    assert.equal(read({ parentId: '10' })?.parentId, '10');
  });

  it('takes environment, version and host from the span or its tags', () => {
    const span = read({ env: 'prod', host: 'h1', tags: ['version:1.2:rc', 'env:other'] });
    assert.deepEqual(span?.meta, { env: 'prod', version: '1.2:rc', host: 'h1' });
    assert.equal(read({ custom: { version: '9' }, tags: ['version:1'] })?.meta.version, '9');
  });

  it('believes the status before anything else', () => {
    const error = { type: 'E', message: 'm', stack: 's' };
    assert.equal(read({ additionalProperties: { status: 'error' } })?.isError, true);
    assert.equal(read({ tags: ['status:error'] })?.isError, true);
    assert.equal(read({ tags: ['status:ok'], custom: { error } })?.isError, false);
  });

  it('takes a span that carries an error for failed when no status is given', () => {
    assert.equal(read({ custom: { error: { message: 'm' } } })?.isError, true);
    for (const error of [1, '1', true]) assert.equal(read({ custom: { error } })?.isError, true);
    for (const error of [0, '0', null, undefined, {}, { message: '' }]) assert.equal(read({ custom: { error } })?.isError, false);
  });

  it('finds the operation name wherever it was put', () => {
    assert.equal(read({ additionalProperties: { operation_name: 'express.request' } })?.name, 'express.request');
    assert.equal(read({ custom: { operation_name: 'pg.query' } })?.name, 'pg.query');
  });

  it('drops a span without a start', () => {
    assert.equal(read({ startTimestamp: undefined }), null);
    assert.equal(spanOf(new ClientSpan()), null);
  });
});
