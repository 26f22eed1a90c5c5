import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addedFailures, addedTimeMs, materialityOf } from '../../../../src/diagnosis/localisation/materiality';
import { findings, metric } from '../../../fakes/findings';
import { series } from '../../../fakes/spans';

const of = (unit: string | null, name: string, before: number, during: number, service = 'shop') =>
  metric(name, { service, series: series([], { metric: name, unit }), before, during });

describe('materialityOf', () => {
  it('compares added time with a tenth of what the alerting service usually takes', () => {
    const { ofTime } = materialityOf(findings({ metrics: [of('millisecond', 'latency', 500, 500)] }));
    assert.equal(ofTime(50), 0.5);
    assert.equal(ofTime(-5), 0);
    assert.ok(ofTime(450) > 0.85 && ofTime(5) < 0.1);
  });

  it('compares it with a third of the growth of the alert where that is more, whatever the units', () => {
    const { ofTime } = materialityOf(findings({ metrics: [of('second', 'latency', 1, 11)] }));
    assert.equal(ofTime(3000), 0.5);
  });

  it('compares shares of failing requests with those of the alert', () => {
    const { ofFailures } = materialityOf(findings({ metrics: [of('percent', 'availability', 100, 90)] }));
    assert.ok(Math.abs(ofFailures(0.03) - 0.5) < 1e-9);
  });

  it('takes everything for material where nothing is known of the alert', () => {
    const { ofTime, ofFailures } = materialityOf(findings({ metrics: [of('millisecond', 'latency', 5, 9, 'db')] }));
    assert.deepEqual([ofTime(1), ofFailures(0.001)], [1, 1]);
  });

  it('stays within 0 and 1 and grows with what is added', () => {
    const { ofTime } = materialityOf(findings({ metrics: [of('millisecond', 'latency', 80, 120)] }));
    const ms = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        assert.ok(ofTime(less) >= 0 && ofTime(more) <= 1 && ofTime(less) <= ofTime(more));
      }),
    );
  });
});

describe('addedTimeMs', () => {
  it('is in milliseconds, and null for what is no time', () => {
    assert.equal(addedTimeMs(of('second', 'latency', 1, 3)), 2000);
    assert.equal(addedTimeMs(of('percent', 'cpu', 1, 3)), null);
    assert.equal(addedTimeMs(of(null, 'latency', 1, 3)), null);
  });
});

describe('addedFailures', () => {
  it('is a share of the requests, of errors as of lost availability', () => {
    assert.equal(addedFailures(of('percent', 'availability', 100, 95)), 0.05);
    assert.equal(addedFailures(of('fraction', 'error_rate', 0, 0.25)), 0.25);
    assert.equal(addedFailures(of('error', 'errors', 0, 20)), null);
    assert.equal(addedFailures(of('percent', 'cpu', 1, 3)), null);
  });

  it('reads the unit of time off a name that ends in it', () => {
    const unitless = (name: string) => metric(name, { before: 0.1, during: 0.4, series: series([], { metric: name, unit: null }) });
    assert.ok(Math.abs((addedTimeMs(unitless('http_request_duration_seconds')) ?? 0) - 300) < 1e-6);
    assert.ok(Math.abs((addedTimeMs(unitless('latency_ms')) ?? 0) - 0.3) < 1e-6);
    assert.equal(addedTimeMs(unitless('request_latency')), null);
  });
});
