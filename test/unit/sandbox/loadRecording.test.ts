import assert from 'node:assert/strict';
import { createFixedClock, createSettableClock } from '../../../src/sandbox/clock';
import { loadRecording } from '../../../src/sandbox/loadRecording';
import { createTelemetryStore } from '../../../src/sandbox/store/telemetryStore';
import { NOW_MS, sampleRecording } from '../recording/sampleRecording';
import { ALWAYS, aSpan } from './telemetry';

describe('loading a recording into the sandbox', () => {
  it('puts everything where the API looks for it', () => {
    const store = createTelemetryStore({ clock: createFixedClock(NOW_MS) });
    loadRecording(store, sampleRecording());
    assert.equal([...store.spans(ALWAYS)].length, 2);
    assert.equal([...store.logs(ALWAYS)].length, 1);
    assert.deepEqual(store.dependencies(ALWAYS), { checkout: ['stock'] });
    const [event] = [...store.events(ALWAYS)];
    assert.deepEqual([event?.source, event?.change.commit], ['deployment', 'c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801']);
    const [latency] = store.metricSources('service.latency');
    assert.deepEqual(
      latency?.rollup(ALWAYS, 60, 'p95').map(([, value]) => value),
      [0.25, 9.5],
    );
  });

  it('keeps monitors in the state that the recording gives', () => {
    const store = createTelemetryStore({ clock: createFixedClock(NOW_MS) });
    const monitors = [...sampleRecording().monitors, { id: 8, name: 'quiet', overall_state: 'OK' }, { id: 9, name: 'silent' }];
    loadRecording(store, sampleRecording({ monitors }));
    assert.deepEqual(
      store.monitors().map(({ id, state, lastTriggeredMs }) => [id, state, lastTriggeredMs]),
      [
        [7, 'Alert', NOW_MS - 600_000],
        [8, 'OK', null],
        [9, 'Unknown', null],
      ],
    );
    assert.equal(store.monitor(7)?.body.custom, 1);
  });

  it('hides what comes after now until the clock gets there', () => {
    const clock = createSettableClock(NOW_MS - 60_000);
    const store = createTelemetryStore({ clock });
    loadRecording(store, sampleRecording());
    assert.deepEqual([[...store.spans(ALWAYS)].length, [...store.logs(ALWAYS)].length], [0, 0]);
    clock.setNow(NOW_MS);
    assert.deepEqual([[...store.spans(ALWAYS)].length, [...store.logs(ALWAYS)].length], [2, 1]);
  });

  it('moves every time when it is shifted', () => {
    const shiftMs = 86_400_000;
    const store = createTelemetryStore({ clock: createFixedClock(NOW_MS + shiftMs) });
    loadRecording(store, sampleRecording(), { shiftMs });
    assert.equal([...store.logs(ALWAYS)][0]?.timestampMs, NOW_MS - 30_000 + shiftMs);
    assert.equal([...store.spans(ALWAYS)][0]?.startMs, NOW_MS - 30_000.125 + shiftMs);
    assert.equal([...store.events(ALWAYS)][0]?.change.timestampMs, NOW_MS - 900_000 + shiftMs);
    assert.equal(store.monitor(7)?.stateSinceMs, NOW_MS - 600_000 + shiftMs);
    const [latency] = store.metricSources('service.latency');
    assert.deepEqual(latency?.rollup(ALWAYS, 60, 'p95').at(-1), [(NOW_MS + shiftMs) / 1000, 9.5]);
  });

  it('derives trace metrics from the spans that enter a service, but not those that were recorded', () => {
    const store = createTelemetryStore({ clock: createFixedClock(NOW_MS) });
    const points = [[NOW_MS / 1000 - 60, 400]] as const;
    const recorded = { metric: 'trace.web.request.hits', tags: ['service:checkout'], unit: null, intervalSec: 60, points, type: null };
    loadRecording(store, sampleRecording({ series: [recorded] }));
    assert.equal(store.metricSources('trace.web.request.hits').length, 1);
    assert.equal(store.metricSources('trace.web.request.hits')[0]?.type, 'count');
    assert.deepEqual(
      store
        .metricSources('trace.web.request.errors')[0]
        ?.rollup(ALWAYS, 3600, 'sum')
        .map(([, value]) => value),
      [1],
    );
    assert.equal(store.metricSources('trace.Reserve').length, 1);
  });

  it('trusts the marks of spans that have them', () => {
    const store = createTelemetryStore({ clock: createFixedClock(NOW_MS) });
    const spans = [
      aSpan({ spanId: '1', startMs: NOW_MS - 9000, metrics: { '_dd.top_level': 1 } }),
      aSpan({ spanId: '2', startMs: NOW_MS - 9000, name: 'orphan', parentId: 'elsewhere' }),
    ];
    loadRecording(store, sampleRecording({ spans, series: [] }));
    assert.equal(store.metricSources('trace.web.request').length, 1);
    assert.equal(store.metricSources('trace.orphan').length, 0);
  });
});
