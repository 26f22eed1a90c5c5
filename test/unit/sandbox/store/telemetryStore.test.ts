import assert from 'node:assert/strict';
import { createSettableClock } from '../../../../src/sandbox/clock';
import { createTelemetryStore, DEFAULT_RETENTION, KEEP_ALL } from '../../../../src/sandbox/store/telemetryStore';
import { ALWAYS, aChange, aLog, anEvent, aSpan, NOON_MS } from '../telemetry';

describe('the telemetry store', () => {
  const clock = createSettableClock(NOON_MS);
  beforeEach(() => clock.setNow(NOON_MS));

  it('shows nothing later than its clock’s now', () => {
    const store = createTelemetryStore({ clock });
    store.addSpans([aSpan(), aSpan({ spanId: '2', startMs: NOON_MS - 10, durationMs: 1000 })]);
    store.addLogs([aLog(), aLog({ timestampMs: NOON_MS + 1 })]);
    store.addEvents([anEvent(), anEvent({ id: 'later', change: aChange({ timestampMs: NOON_MS + 5000 }) })]);
    const sizes = () => [[...store.spans(ALWAYS)].length, [...store.logs(ALWAYS)].length, [...store.events(ALWAYS)].length];
    assert.deepEqual(sizes(), [1, 1, 1]);
    assert.equal(store.trace(aSpan().traceId).length, 1);
    clock.advance(10_000);
    assert.deepEqual(sizes(), [2, 2, 2]);
    assert.equal(store.trace(aSpan().traceId).length, 2);
  });

  it('gives the spans of a trace in order of their start', () => {
    const store = createTelemetryStore({ clock });
    store.addSpans([aSpan({ spanId: 'b', startMs: NOON_MS - 500 }), aSpan({ spanId: 'a', startMs: NOON_MS - 600 })]);
    assert.deepEqual(
      store.trace(aSpan().traceId).map(({ spanId }) => spanId),
      ['a', 'b'],
    );
  });

  it('keeps no more than retention allows', () => {
    const store = createTelemetryStore({ clock, retention: { maxSpans: 5, maxLogs: 3 } });
    store.addSpans(Array.from({ length: 20 }, (_, at) => aSpan({ spanId: String(at), startMs: NOON_MS - 1000 + at })));
    store.addLogs(Array.from({ length: 20 }, (_, at) => aLog({ timestampMs: NOON_MS - 1000 + at, message: String(at) })));
    assert.deepEqual(
      [...store.spans(ALWAYS)].map(({ spanId }) => spanId),
      ['15', '16', '17', '18', '19'],
    );
    assert.equal([...store.logs(ALWAYS)].length, 3);
  });

  it('forgets the oldest points of all metrics when there are too many', () => {
    const store = createTelemetryStore({ clock, retention: { maxSeriesPoints: 100 } });
    const startSec = NOON_MS / 1000 - 1000;
    for (let at = 0; at < 500; at += 1) {
      store.addSeries({ metric: 'm', tags: [`n:${at % 2}`], unit: null, intervalSec: 1, points: [[startSec + at, at]] }, 'gauge');
    }
    const points = store.metricSources('m').flatMap((source) => source.rollup(ALWAYS, 1, 'avg'));
    assert.ok(points.length <= 100 && points.length >= 80, String(points.length));
    assert.ok(points.every(([, value]) => value >= 400));
  });

  it('sets no bound to what a recording holds', () => {
    assert.ok(Object.values(KEEP_ALL).every((bound) => bound === Number.POSITIVE_INFINITY));
    const store = createTelemetryStore({ clock, retention: KEEP_ALL });
    store.addEvents(Array.from({ length: 2 * DEFAULT_RETENTION.maxEvents }, (_, at) => anEvent({ id: String(at) })));
    assert.equal([...store.events(ALWAYS)].length, 2 * DEFAULT_RETENTION.maxEvents);
  });

  it('forgets what is too old', () => {
    const store = createTelemetryStore({ clock, retention: { maxAgeMs: 3_600_000 } });
    store.addSpans([aSpan({ startMs: NOON_MS - 1000, metrics: { '_dd.top_level': 1 } })]);
    store.addLogs([aLog({ timestampMs: NOON_MS - 1000 })]);
    clock.advance(7_200_000);
    store.addSpans([aSpan({ startMs: clock.nowMs() - 1000, traceId: '2', name: 'other' })]);
    store.addLogs([aLog({ timestampMs: clock.nowMs() })]);
    assert.equal([...store.spans(ALWAYS)].length, 1);
    assert.equal([...store.logs(ALWAYS)].length, 1);
    assert.deepEqual(store.metricNames(0), []);
  });

  it('marks failed spans and logs with their issue and counts an error that crossed spans once', () => {
    const store = createTelemetryStore({ clock });
    const meta = { 'error.type': 'TypeError', 'error.message': 'no price', 'error.stack': 'E\n    at f (/a.js:1:1)' };
    const spans = ['1', '2', '3'].map((spanId) => aSpan({ spanId, isError: true, meta }));
    store.addSpans(spans);
    store.addLogs([
      aLog({ status: 'error', attributes: { error: { kind: 'TypeError', message: 'no price', stack: meta['error.stack'] } } }),
    ]);
    const [issue] = [...store.issues(ALWAYS)];
    assert.equal(issue?.count, 1);
    for (const span of store.spans(ALWAYS)) assert.equal(span.meta['issue.id'], issue?.id);
    assert.deepEqual([...store.logs(ALWAYS)][0]?.attributes.issue, { id: issue?.id });
    assert.equal(spans[0]?.meta === meta && 'issue.id' in meta, false);
  });

  it('names metrics that were submitted and metrics that it derived', () => {
    const store = createTelemetryStore({ clock });
    store.addSpans([aSpan({ metrics: { '_dd.measured': 1 } })]);
    store.addSeries({ metric: 'cpu', tags: [], unit: 'percent', intervalSec: 60, points: [[NOON_MS / 1000 - 120, 5]] }, 'gauge');
    assert.deepEqual(store.metricNames(NOON_MS - 3_600_000), [
      'cpu',
      'trace.web.request',
      'trace.web.request.duration',
      'trace.web.request.errors',
      'trace.web.request.hits',
    ]);
    assert.deepEqual(store.metricNames(NOON_MS - 30_000), []);
  });

  it('prefers declared dependencies to derived ones', () => {
    const store = createTelemetryStore({ clock });
    store.addSpans([aSpan({ spanId: '1', service: 'web' }), aSpan({ spanId: '2', parentId: '1', service: 'cart' })]);
    assert.deepEqual(store.dependencies(ALWAYS), { web: ['cart'] });
    store.setDependencies({ web: ['cart', 'cdn'] });
    assert.deepEqual(store.dependencies(ALWAYS), { web: ['cart', 'cdn'] });
  });

  it('keeps monitors by id', () => {
    const store = createTelemetryStore({ clock });
    const monitor = { id: 7, body: { name: 'm' }, state: 'OK', stateSinceMs: NOON_MS, lastTriggeredMs: null } as const;
    store.putMonitor({ ...monitor, id: 9 });
    store.putMonitor(monitor);
    store.putMonitor({ ...monitor, state: 'Alert' });
    assert.deepEqual(
      store.monitors().map(({ id, state }) => [id, state]),
      [
        [7, 'Alert'],
        [9, 'OK'],
      ],
    );
    store.deleteMonitor(7);
    assert.equal(store.monitor(7), null);
  });
});
