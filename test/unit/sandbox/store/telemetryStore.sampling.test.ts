import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import { createFixedClock } from '../../../../src/sandbox/clock';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';

const NOW_MS = 1_800_000_000_000;

function span(id: number, durationMs: number, extra: Partial<Span> = {}, sampleRate?: number): Span {
  const metrics = { '_dd.top_level': 1, ...(sampleRate === undefined ? {} : { _sample_rate: sampleRate }) };
  const facts = { service: 'catalog', name: 'express.request', resource: 'GET /', type: 'web', meta: { env: 'demo' }, isError: false };
  return { ...facts, traceId: String(id), spanId: String(id), parentId: null, startMs: NOW_MS - 40_000, durationMs, metrics, ...extra };
}

describe('trace metrics of sampled spans', () => {
  const window = { fromMs: NOW_MS - 60_000, toMs: NOW_MS };

  function total(spans: readonly Span[], metric: string, method: 'sum' | 'p50'): number {
    const store = createTelemetryStore({ clock: createFixedClock(NOW_MS) });
    store.addSpans(spans);
    const points = store.metricSources(metric).flatMap((source) => source.rollup(window, 60, method));
    assert.ok(points.length > 0, `${metric} has points`);
    return points.reduce((sum, [, value]) => sum + value, 0);
  }

  it('count a span as often as its sample rate says that it stands for', () => {
    const spans = [span(1, 10, {}, 0.1), span(2, 10, { isError: true }, 0.25), span(3, 10)];
    assert.equal(total(spans, 'trace.express.request.hits', 'sum'), 10 + 4 + 1);
    assert.equal(total(spans, 'trace.express.request.errors', 'sum'), 4);
  });

  it('weigh durations in sums and percentiles', () => {
    const spans = [span(1, 10, {}, 0.1), span(2, 1000), span(3, 1000)];
    assert.ok(Math.abs(total(spans, 'trace.express.request.duration', 'sum') - (10 * 0.01 + 2)) < 1e-9);
    assert.ok(Math.abs(total(spans, 'trace.express.request', 'p50') - 0.01) < 0.001, 'ten quick ones outweigh two slow ones');
  });

  it('take a rate outside of 0 to 1 for no rate', () => {
    assert.equal(total([span(1, 10, {}, 0), span(2, 10, {}, 7), span(3, 10, {}, -1)], 'trace.express.request.hits', 'sum'), 3);
  });
});
