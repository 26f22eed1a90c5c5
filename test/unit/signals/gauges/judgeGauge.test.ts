import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgeGauge } from '../../../../src/signals/gauges/judgeGauge';
import type { Resource } from '../../../../src/signals/gauges/resource';
import { series } from '../../../fakes/spans';

const of = (metric: string, unit: string | null, values: readonly (number | null)[]) => series(values, { metric, unit });
const state = (resource: Resource, metric: string, unit: string | null, ...values: readonly number[]) =>
  judgeGauge(of(metric, unit, values), resource, null)?.state;

describe('judgeGauge', () => {
  it('calls a utilisation full at its limit, risen well below it, and recovered when it came back', () => {
    assert.equal(state('cpu', 'cpu', 'percent', 20, 22, 60, 93, 95, 94, 96), 'full');
    assert.equal(state('cpu', 'cpu', 'percent', 20, 22, 60, 73, 75, 74, 76), 'risen');
    assert.equal(state('cpu', 'cpu', 'percent', 20, 22, 93, 95, 40, 25, 22), 'recovered');
    assert.equal(state('cpu', 'cpu', 'percent', 20, 22, 30, 41, 42, 41, 42), 'calm');
  });

  it('reads fractions as shares too', () => {
    assert.equal(state('memory', 'heap', 'fraction', 0.4, 0.5, 0.9, 0.97, 0.98), 'full');
  });

  it('takes lag and latency for risen only where they can hurt', () => {
    assert.equal(state('replication', 'replica_lag', 'second', 1, 2, 40, 200, 300), 'risen');
    assert.equal(state('replication', 'replica_lag', 'second', 0.1, 0.1, 0.5, 0.9, 0.9), 'calm');
    assert.equal(state('latency', 'write_latency', 'second', 0.001, 0.001, 0.4, 0.5, 0.6), 'risen');
    assert.equal(state('latency', 'write_latency', 'millisecond', 0.2, 0.2, 0.9, 1.1, 1), 'calm');
  });

  it('counts less room as harm, and room that is back as recovery', () => {
    assert.equal(state('disk', 'free_storage_space', 'byte', 100, 90, 40, 3, 2, 2), 'full');
    assert.equal(state('memory', 'freeable_memory', 'byte', 100, 90, 60, 40, 35, 36), 'fallen');
    assert.equal(state('disk', 'free_storage_space', 'byte', 30, 5, 3, 3, 120, 120, 120), 'recovered');
  });

  it('takes work that stops for fallen, not for recovered', () => {
    assert.equal(state('storage_io', 'write_iops', null, 1800, 1900, 1850, 1700, 10, 0, 0), 'fallen');
  });

  it('calls what is counted full where its limit is known', () => {
    const connections = of('database_connections', null, [300, 340, 400, 470, 490, 493, 494]);
    assert.equal(judgeGauge(connections, 'connections', null, 500)?.state, 'full');
    assert.equal(judgeGauge(connections, 'connections', null, 5000)?.state, 'calm');
  });

  it('compares with the quiet stretch where one is given', () => {
    const hot = of('cpu', 'percent', [80, 20, 21, 20, 22, 71, 72, 70]);
    assert.equal(judgeGauge(hot, 'cpu', { fromMs: 60_000, toMs: 300_000 })?.first, 20.5);
  });

  it('says when it left its first level', () => {
    assert.equal(judgeGauge(of('cpu', 'percent', [20, 20, 20, 95, 96, 95]), 'cpu', null)?.movedAtMs, 180_000);
    assert.equal(judgeGauge(of('cpu', 'percent', [20, 21, 20, 21, 20]), 'cpu', null)?.movedAtMs, null);
  });

  it('judges a single value by its level alone, and a missing replica by its being missing', () => {
    assert.equal(state('cpu', 'cpu', 'percent', 97), 'full');
    assert.equal(state('connections', 'database_connections', null, 900), 'calm');
    assert.equal(state('replicas', 'deployment.replicas_unavailable', null, 2), 'risen');
    assert.equal(state('replicas', 'deployment.replicas_unavailable', null, 2, 2, 1, 0, 0, 0), 'recovered');
  });

  it('is null without values, and finite whatever the values are', () => {
    assert.equal(judgeGauge(of('cpu', 'percent', [null, null]), 'cpu', null), null);
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 30 }), (values) => {
        const levels = judgeGauge(of('db.connections', null, values), 'connections', null);
        return levels === null || [levels.first, levels.worst, levels.last].every(Number.isFinite);
      }),
    );
  });
});
