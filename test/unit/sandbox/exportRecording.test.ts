import assert from 'node:assert/strict';
import { createFixedClock } from '../../../src/sandbox/clock';
import { exportRecording } from '../../../src/sandbox/exportRecording';
import { loadRecording } from '../../../src/sandbox/loadRecording';
import { createTelemetryStore } from '../../../src/sandbox/store/telemetryStore';
import { NOW_MS, sampleRecording } from '../recording/sampleRecording';
import { aLog, aSpan } from './telemetry';

const window = { fromMs: NOW_MS - 3_600_000, toMs: NOW_MS + 1 };
const { alert } = sampleRecording();
const newStore = () => createTelemetryStore({ clock: createFixedClock(NOW_MS) });

describe('recording a live sandbox', () => {
  it('gives back what was loaded', () => {
    const store = newStore();
    const loaded = sampleRecording();
    loadRecording(store, loaded);
    const exported = exportRecording(store, { id: 'again', window, alert, commits: loaded.commits });
    assert.deepEqual(exported.changes, loaded.changes);
    assert.deepEqual(exported.commits, loaded.commits);
    assert.deepEqual(exported.dependencies, loaded.dependencies);
    assert.deepEqual(exported.services, ['checkout', 'stock']);
    assert.deepEqual(exported.monitors, loaded.monitors);
    assert.deepEqual(
      exported.spans.map(({ spanId }) => spanId),
      ['a1', 'b1'],
    );
    const latency = exported.series.find(({ metric }) => metric === 'service.latency');
    assert.deepEqual(latency?.points, [
      [NOW_MS / 1000 - 120, 0.25],
      [NOW_MS / 1000, 9.5],
    ]);
  });

  it('turns a distribution into its percentiles, which answer again when loaded', () => {
    const store = newStore();
    const spans = Array.from({ length: 100 }, (_, at) =>
      aSpan({ spanId: String(at), traceId: String(at), startMs: NOW_MS - 90_000, durationMs: at + 1, metrics: { '_dd.top_level': 1 } }),
    );
    store.addSpans(spans);
    const exported = exportRecording(store, { id: 'x', window, alert });
    const statistics = exported.series.filter(({ metric }) => metric === 'trace.web.request').map(({ tags }) => tags.at(-1));
    assert.deepEqual(statistics, ['statistic:average', 'statistic:p50', 'statistic:p95', 'statistic:p99', 'statistic:max']);
    const again = newStore();
    loadRecording(again, exported);
    const p95 = again.metricSources('trace.web.request').flatMap((source) => source.rollup(window, 60, 'p95'));
    assert.equal(p95.length, 1);
    assert.ok(Math.abs((p95[0]?.[1] ?? 0) - 0.095) < 0.002);
    const hits = again.metricSources('trace.web.request.hits').flatMap((source) => source.rollup(window, 3600, 'sum'));
    assert.equal(
      hits.reduce((sum, [, value]) => sum + value, 0),
      100,
    );
  });

  it('keeps failed traces before others, and others spread over time', () => {
    const store = newStore();
    const spans = Array.from({ length: 40 }, (_, at) =>
      aSpan({ traceId: `t${at}`, spanId: `${at}`, startMs: NOW_MS - 50_000 + at * 1000, isError: at % 10 === 0 }),
    );
    store.addSpans(spans);
    const exported = exportRecording(store, { id: 'x', window, alert, maxErrorTraces: 2, maxTraces: 4 });
    assert.deepEqual(
      exported.spans.map(({ spanId, isError }) => `${spanId}${isError ? '!' : ''}`),
      ['1', '11', '20!', '21', '30!', '31'],
    );
  });

  it('keeps warnings and errors before the rest of the logs', () => {
    const store = newStore();
    store.addLogs(
      Array.from({ length: 30 }, (_, at) =>
        aLog({ timestampMs: NOW_MS - 30_000 + at, status: at < 3 ? 'error' : 'info', message: String(at) }),
      ),
    );
    const { logs } = exportRecording(store, { id: 'x', window, alert, maxLogs: 5 });
    assert.deepEqual(
      logs.map(({ message }) => message),
      ['0', '1', '2', '28', '29'],
    );
  });

  it('keeps to the services, monitors and metrics that are asked for', () => {
    const store = newStore();
    loadRecording(store, sampleRecording());
    const metrics = (metric: string) => metric === 'trace.Reserve.hits';
    const exported = exportRecording(store, { id: 'x', window, alert, services: ['stock'], monitorIds: [], metrics });
    assert.deepEqual(exported.monitors, []);
    assert.deepEqual(exported.logs, []);
    assert.deepEqual(
      exported.spans.map(({ service }) => service),
      ['stock'],
    );
    assert.deepEqual(
      exported.series.map(({ metric }) => metric),
      ['trace.Reserve.hits'],
    );
  });
});
