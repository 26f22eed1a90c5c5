import assert from 'node:assert/strict';
import fc from 'fast-check';
import { metricQuery, searchAll, searchAny, searchTerm, searchValue } from '../../../src/investigation/queries';

describe('search queries', () => {
  it('leave plain words alone and quote the rest', () => {
    assert.equal(searchTerm('service', 'check-out.v2'), 'service:check-out.v2');
    assert.equal(searchTerm('service', 'a b'), 'service:"a b"');
    assert.equal(searchTerm('resource_name', 'GET /x'), 'resource_name:"GET /x"');
  });

  it('join values and terms', () => {
    assert.equal(searchAny('trace_id', ['1', '2']), 'trace_id:(1 OR 2)');
    assert.equal(searchAny('trace_id', ['1']), 'trace_id:1');
    assert.equal(searchAll('service:x', null, '', 'status:error'), 'service:x status:error');
    assert.equal(searchAll(null), '*');
  });

  it('cannot be broken out of by a name', () => {
    assert.equal(searchValue('x" OR status:ok "'), '"x\\" OR status:ok \\""');
    fc.assert(
      fc.property(fc.string(), (text) => {
        const written = searchValue(text);
        if (!written.startsWith('"')) return assert.match(written, /^[\w.-]+$/);
        assert.match(written, /^"(?:[^"\\\r\n]|\\[\\"])*"$/);
      }),
    );
  });
});

describe('metricQuery', () => {
  it('writes aggregator, filters and groups', () => {
    assert.equal(metricQuery('avg', 'a.b', ['env:prod', 'x:y'], ['service']), 'avg:a.b{env:prod,x:y} by {service}');
    assert.equal(metricQuery('p95', 'a.b', [], []), 'p95:a.b{*}');
  });
});
