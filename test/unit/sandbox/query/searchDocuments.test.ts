import assert from 'node:assert/strict';
import { eventDocument, logDocument, recordDocument, spanDocument, spanHost } from '../../../../src/sandbox/query/searchDocuments';
import { compileSearch, type Searchable } from '../../../../src/sandbox/query/searchMatch';
import { parseSearch } from '../../../../src/sandbox/query/searchParser';
import { deployment, log, span } from '../../../fakes/sandboxTelemetry';

const finds = (query: string, document: Searchable) => compileSearch(parseSearch(query))(document);

describe('logDocument', () => {
  const document = logDocument(
    log({
      status: 'error',
      message: 'payment declined',
      attributes: { error: { kind: 'Timeout' }, dd: { trace_id: 'ff', version: '2' }, http: { status_code: 502 }, issue: { id: 'i1' } },
      tags: ['env:prod', 'source:nodejs', 'kube_pod:a-1'],
    }),
  );

  it('knows reserved names, tags and attributes', () => {
    for (const query of [
      'service:checkout',
      'status:error',
      'host:node-1',
      'env:prod',
      'version:2',
      'source:nodejs',
      'kube_pod:a-*',
      '@error.kind:Timeout',
      '@http.status_code:>=500',
      'message:payment*',
      'declined',
      '@issue.id:i1',
    ])
      assert.equal(finds(query, document), true, query);
  });

  it('finds the trace by any spelling of its id', () => {
    assert.equal(finds('trace_id:00000000000000ff', document), true);
    assert.equal(finds('@dd.trace_id:ff', document), true);
  });

  it('keeps tags and attributes apart', () => {
    assert.equal(finds('@env:prod', document), false);
    assert.equal(finds('error.kind:Timeout', document), false);
  });
});

describe('spanDocument', () => {
  const document = spanDocument(
    span({
      isError: true,
      durationMs: 12,
      parentId: '9',
      meta: { env: 'prod', version: '1.4.2', 'error.type': 'TypeError', 'http.status_code': '500', 'issue.id': 'i1' },
    }),
  );

  it('knows reserved names and tags, with or without @', () => {
    for (const query of [
      'service:checkout',
      'resource_name:"POST /checkout"',
      'operation_name:express.*',
      'type:web',
      'status:error',
      'env:prod',
      'version:1.4.2',
      'span_id:101',
      'parent_id:9',
      '@error.type:TypeError',
      '@http.status_code:[500 TO 599]',
      '@issue.id:i1',
      '@process_id:7',
      'checkout',
    ])
      assert.equal(finds(query, document), true, query);
  });

  it('measures its duration in nanoseconds', () => {
    assert.equal(finds('@duration:12000000', document), true);
    assert.equal(finds('@duration:>11ms @duration:<13ms', document), true);
  });

  it('has no tags that only objects inherit', () => {
    assert.equal(finds('@constructor:*', document), false);
  });

  it('names the host where the tracer did', () => {
    assert.equal(spanHost(span({ meta: { '_dd.hostname': 'a' } })), 'a');
    assert.equal(spanHost(span({ meta: {} })), null);
  });
});

describe('eventDocument', () => {
  const event = deployment();
  const document = eventDocument(event, ['source:deployment', 'service:checkout'], () => ({
    status: 'info',
    change: { kind: 'deployment' },
  }));

  it('knows its tags, its attributes and the words of its title', () => {
    for (const query of [
      'source:deployment',
      'service:checkout',
      '@change.kind:deployment',
      'status:info',
      'deployed',
      'title:Deployed*',
      'message:by*',
    ])
      assert.equal(finds(query, document), true, query);
    assert.equal(finds('source:alert', document), false);
  });
});

describe('recordDocument', () => {
  it('knows fields, tags and texts', () => {
    const document = recordDocument({ state: 'active', services: ['a', 'b'] }, ['It burns'], ['team:shop']);
    for (const query of ['state:active', 'services:b', '@state:active', 'team:shop', 'burns'])
      assert.equal(finds(query, document), true, query);
    assert.equal(finds('state:resolved', document), false);
  });
});
