import assert from 'node:assert/strict';
import { harmfulDirection, isTimeUnit, metricKind, metricScale } from '../../../src/signals/metricKind';

describe('metric kinds', () => {
  it('tells kinds by the words of the name', () => {
    assert.equal(metricKind('trace.express.request.errors', null), 'errors');
    assert.equal(metricKind('http_server_duration_p99_ms', null), 'latency');
    assert.equal(metricKind('trace.express.request.hits', null), 'traffic');
    assert.equal(metricKind('container.cpu.usage_percent', 'percent'), 'saturation');
    assert.equal(metricKind('service.availability', 'percent'), 'availability');
    assert.equal(metricKind('db_pool_in_use', null), 'saturation');
  });

  it('falls back to the unit', () => {
    assert.equal(metricKind('checkout.step', 'second'), 'latency');
    assert.equal(metricKind('checkout.step', 'percent'), 'saturation');
    assert.equal(metricKind('checkout.step', null), 'other');
  });

  it('does not take work per request for traffic', () => {
    assert.equal(metricKind('db_query_count_per_request', null), 'other');
  });

  it('compares percentages and fractions by points and all else by ratio', () => {
    assert.equal(metricScale('cpu', 'percent'), 'points');
    assert.equal(metricScale('charge_error_rate_pct', null), 'points');
    assert.equal(metricScale('error_rate_5xx_ratio', null), 'fraction');
    assert.equal(metricScale('latency', 'millisecond'), 'ratio');
  });

  it('knows which way hurts', () => {
    assert.equal(harmfulDirection('availability', 'service.availability'), -1);
    assert.equal(harmfulDirection('saturation', 'aws.rds.freeable_memory'), -1);
    assert.equal(harmfulDirection('errors', 'errors'), 1);
    assert.equal(harmfulDirection('traffic', 'hits'), 0);
  });

  it('knows units of time', () => {
    assert.ok(isTimeUnit('millisecond') && isTimeUnit('second') && !isTimeUnit('byte') && !isTimeUnit(null));
  });

  it('reads rates of requests as traffic', () => {
    for (const name of ['http.requests_per_sec', 'http_requests_total', 'gateway.rps'])
      assert.equal(metricKind(name, null), 'traffic', name);
    assert.equal(metricKind('http_requests_failed_per_sec', null), 'errors');
    assert.equal(metricKind('http_request_duration_seconds', null), 'latency');
  });
});
