import assert from 'node:assert/strict';
import type { TimeSeries } from '../../../../src/domain/timeSeries';
import { labelOf, seriesWords, serviceOf, titleOf, tracedKind } from '../../../../src/investigation/perceive/seriesNames';

const series = (metric: string, ...tags: string[]): TimeSeries => ({ metric, tags, unit: null, intervalSec: 60, points: [] });

describe('serviceOf', () => {
  it('is the called end of a call, whichever end measures', () => {
    assert.equal(serviceOf(series('rpc.client.latency', 'service:shop', 'peer.service:stock')), 'stock');
    assert.equal(serviceOf(series('rpc.server.latency', 'service:stock', 'peer.service:shop')), 'stock');
    assert.equal(serviceOf(series('rpc.client.latency', 'service:shop', 'peer.service:N/A')), 'shop');
  });
});

describe('labelOf', () => {
  it('says what a traced metric measures, and leaves other names as they are', () => {
    assert.equal(labelOf('trace.express.request', 'p95:trace.express.request{*}'), 'p95 latency of express.request');
    assert.equal(labelOf('trace.express.request', 'avg:trace.express.request{*}'), 'latency of express.request');
    assert.equal(labelOf('trace.sqlite.query.hits', 'sum:trace.sqlite.query.hits{*}.as_count()'), 'requests of sqlite.query');
    assert.equal(labelOf('trace.http.request.errors', ''), 'errors of http.request');
    assert.equal(labelOf('system.cpu.user', 'avg:system.cpu.user{*}'), 'system.cpu.user');
  });
});

describe('seriesWords', () => {
  it('reads in a sentence, with the service or the host', () => {
    assert.equal(seriesWords(series('trace.http.request.errors', 'service:shop'), ''), 'errors of http.request in shop');
    assert.equal(seriesWords(series('system.cpu.user', 'host:web-1'), ''), 'system.cpu.user of web-1');
    assert.equal(seriesWords(series('system.cpu.user'), ''), 'system.cpu.user');
    assert.equal(seriesWords(series('system.cpu.user', 'host:N/A'), ''), 'system.cpu.user');
    assert.equal(titleOf('shop', 'errors', null), 'shop · errors');
  });
});

describe('tracedKind', () => {
  it('is one for requests answered and sent on by a service, and none for anything else', () => {
    const kind = tracedKind(series('trace.http.request.errors', 'service:shop'));
    assert.equal(kind, tracedKind(series('trace.express.request.errors', 'service:shop')));
    assert.notEqual(kind, tracedKind(series('trace.http.request', 'service:shop')));
    assert.notEqual(kind, tracedKind(series('trace.http.request.errors', 'service:cart')));
    assert.equal(tracedKind(series('trace.sqlite.query', 'service:shop')), null);
    assert.equal(tracedKind(series('http.request.errors', 'service:shop')), null);
  });
});
