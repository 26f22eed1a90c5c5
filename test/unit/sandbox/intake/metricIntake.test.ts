import assert from 'node:assert/strict';
import { createFixedClock } from '../../../../src/sandbox/clock';
import { takeDistributionPoints, takeV1Series, takeV2Series } from '../../../../src/sandbox/intake/metricIntake';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { ALWAYS, NOON_MS } from '../telemetry';
import { post } from './posting';

const SEC = NOON_MS / 1000 - 60;

describe('the metric intakes', () => {
  const newStore = () => createTelemetryStore({ clock: createFixedClock(NOON_MS) });

  it('take version 1', () => {
    const store = newStore();
    const series = [{ metric: 'load', points: [[SEC, 1.5]], type: 'count', interval: 20, host: 'web-1', tags: ['env:x'] }];
    assert.deepEqual(takeV1Series(store, post({ series })), { status: 202, body: { status: 'ok' } });
    const [source] = store.metricSources('load');
    assert.deepEqual([source?.type, source?.intervalSec, source?.tags], ['count', 20, ['env:x', 'host:web-1']]);
    assert.deepEqual(source?.rollup(ALWAYS, 10, 'sum'), [[SEC, 1.5]]);
  });

  it('take version 2 with its numbered types', () => {
    const store = newStore();
    const series = [0, 1, 2, 3].map((type) => ({
      metric: `m${type}`,
      type,
      unit: 'byte',
      points: [{ timestamp: SEC, value: 7 }],
      resources: [{ name: 'web-1', type: 'host' }],
    }));
    assert.deepEqual(takeV2Series(store, post({ series })), { status: 202, body: { errors: [] } });
    assert.deepEqual(
      [0, 1, 2, 3].map((type) => store.metricSources(`m${type}`)[0]?.type),
      ['gauge', 'count', 'rate', 'gauge'],
    );
    assert.deepEqual([store.metricSources('m3')[0]?.unit, store.metricSources('m3')[0]?.tags], ['byte', ['host:web-1']]);
  });

  it('take distributions', () => {
    const store = newStore();
    takeDistributionPoints(store, post({ series: [{ metric: 'size', points: [[SEC, [1, 2, 3, 4, 5]]] }] }));
    const [source] = store.metricSources('size');
    assert.equal(source?.type, 'distribution');
    assert.equal(source?.rollup(ALWAYS, 60, 'count')[0]?.[1], 5);
    assert.ok(Math.abs((source?.rollup(ALWAYS, 60, 'p50')[0]?.[1] ?? 0) - 3) < 0.03);
  });

  it('name the field that does not fit', () => {
    const store = newStore();
    assert.throws(() => takeV1Series(store, post({ series: [{ metric: 'a', points: [['x', 1]] }] })), /\$\.series\[0\]\.points\[0\]\[0\]/);
    assert.throws(() => takeV2Series(store, post({ series: [{ metric: 'a', type: 9, points: [] }] })), /\.type/);
    assert.throws(() => takeDistributionPoints(store, post({})), /\$\.series/);
  });
});
