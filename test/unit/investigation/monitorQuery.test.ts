import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseMonitorQuery } from '../../../src/investigation/monitorQuery';

describe('parseMonitorQuery', () => {
  it('takes a threshold monitor apart', () => {
    assert.deepEqual(parseMonitorQuery('avg(last_5m):avg:system.cpu.user{env:prod,service:web} by {host} > 90'), {
      expression: 'avg:system.cpu.user{env:prod,service:web} by {host}',
      metrics: ['system.cpu.user'],
      aggregator: 'avg',
      filters: ['env:prod', 'service:web'],
      isAboveBad: true,
      threshold: 90,
      windowSec: 300,
    });
  });

  it('reads arithmetic, counts, comparisons from below and other windows', () => {
    const ratio = parseMonitorQuery('sum(last_1h):sum:a.errors{service:x}.as_count() / sum:a.hits{service:x}.as_count() <= 0.05');
    assert.equal(ratio?.expression, 'sum:a.errors{service:x}.as_count() / sum:a.hits{service:x}.as_count()');
    assert.deepEqual(ratio.metrics, ['a.errors', 'a.hits']);
    assert.equal(ratio.isAboveBad, false);
    assert.equal(ratio.threshold, 0.05);
    assert.equal(ratio.windowSec, 3600);
  });

  it('looks into anomaly monitors, whose limit is not the metric’s', () => {
    const found = parseMonitorQuery("avg(last_5m):anomalies(avg:latency.p95{service:web,env:prod}, 'basic', 2) >= 1");
    assert.equal(found?.expression, 'avg:latency.p95{service:web,env:prod}');
    assert.equal(found.threshold, null);
  });

  it('reads numbers with exponents and negative ones', () => {
    assert.equal(parseMonitorQuery('max(last_1d):max:a.b{*} > -1.5e3')?.threshold, -1500);
  });

  it('splits filters joined by AND, and takes the star for none', () => {
    assert.deepEqual(parseMonitorQuery('avg(last_5m):avg:a.b{service:x AND !env:dev} > 1')?.filters, ['service:x', '!env:dev']);
    assert.deepEqual(parseMonitorQuery('avg(last_5m):avg:a.b{*} > 1')?.filters, []);
  });

  it('says nothing of monitors that watch no metric', () => {
    assert.equal(parseMonitorQuery('logs("status:error").index("*").rollup("count").last("5m") > 10'), null);
    assert.equal(parseMonitorQuery('"http.can_connect".over("env:prod").last(4)'), null);
    assert.equal(parseMonitorQuery(''), null);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseMonitorQuery(text)));
    fc.assert(fc.property(fc.string(), (text) => void parseMonitorQuery(`avg(last_5m):anomalies(${text}) > 1`)));
  });
});
