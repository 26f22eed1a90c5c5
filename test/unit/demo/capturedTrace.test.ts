import assert from 'node:assert/strict';
import { type CapturedTrace, collectTraces, movedTrace, withRelease } from '../../../src/demo/capturedTrace';
import { writeHistory } from '../../../src/demo/history';
import { createNewId, createRandom } from '../../../src/demo/random';
import { sampleTraces } from '../../../src/demo/sampleTraces';
import { dailyShape } from '../../../src/demo/traffic';
import type { LogEvent } from '../../../src/domain/log';
import type { Span } from '../../../src/domain/span';

const TRACE = '6afdbb060000000030d3a3dc01fd5409';
const MINUTE_MS = 60_000;

function span(spanId: string, parentId: string | null, extra: Partial<Span> = {}): Span {
  return {
    traceId: TRACE,
    spanId,
    parentId,
    service: 'storefront',
    name: 'express.request',
    resource: 'GET /',
    type: 'web',
    startMs: 1_000_000 + Number(spanId),
    durationMs: 5,
    isError: false,
    meta: { env: 'demo', '_dd.p.tid': TRACE.slice(0, 16), '_dd.git.commit.sha': 'abc', 'git.commit.sha': 'abc', 'issue.id': 'old' },
    metrics: { '_dd.top_level': 1 },
    ...extra,
  };
}

function log(traceId: string | null, spanId = '1'): LogEvent {
  const dd = { trace_id: traceId, span_id: spanId, service: 'storefront' };
  return {
    timestampMs: 1_000_010,
    service: 'storefront',
    status: 'info',
    host: 'storefront-0',
    message: 'GET / 200',
    attributes: { ...(traceId === null ? {} : { dd }), issue: { id: 'old' }, duration_ms: 5 },
    tags: [],
  };
}

function trace(startMs: number, isError = false): CapturedTrace {
  const root = span('1', null, { startMs, isError });
  return {
    root,
    spans: [root, span('2', '1', { startMs: startMs + 2, service: 'catalog' })],
    logs: [{ ...log(TRACE, '2'), timestampMs: startMs + 3 }],
  };
}

describe('captured traces', () => {
  it('bring spans and log lines of one request together', () => {
    const [found, ...others] = collectTraces([span('2', '1'), span('1', null)], [log(TRACE), log(null), log('f'.repeat(32))], 'storefront');
    assert.deepEqual(others, []);
    assert.equal(found?.root.spanId, '1');
    assert.equal(found?.spans.length, 2);
    assert.deepEqual(found?.logs, [log(TRACE)]);
  });

  it('leave out what is cut, health checks and what began elsewhere', () => {
    const collect = (...spans: Span[]) => collectTraces(spans, [], 'storefront').length;
    assert.equal(collect(span('1', null)), 1);
    assert.equal(collect(span('1', null), span('3', '2')), 0, 'the parent is missing');
    assert.equal(collect(span('2', '1')), 0, 'the root is missing');
    assert.equal(collect(span('1', null, { resource: 'GET /health' })), 0);
    assert.equal(collect(span('1', null, { service: 'catalog' })), 0);
  });

  it('move in time with fresh ids, distances, parents and log links kept', () => {
    const moved = movedTrace(trace(1_000_000), 5_000_000, createNewId(createRandom(1)));
    const [root, child] = moved.spans;
    assert.ok(root && child);
    assert.equal(root.startMs, 5_000_000);
    assert.equal(child.startMs, 5_000_002);
    assert.equal(child.parentId, root.spanId);
    assert.equal(root.parentId, null);
    assert.match(root.traceId, /^[0-9a-f]{32}$/);
    assert.ok(root.traceId === child.traceId && root.traceId !== TRACE);
    assert.ok(root.spanId !== '1' && child.spanId !== '2');
    assert.equal(moved.root, root);
    assert.equal(moved.logs[0]?.timestampMs, 5_000_003);
    assert.deepEqual(moved.logs[0]?.attributes, {
      dd: { trace_id: root.traceId, span_id: child.spanId, service: 'storefront' },
      duration_ms: 5,
    });
  });

  it('lose what the store had said of the old trace, and keep the commit', () => {
    const { root } = movedTrace(trace(0), 1, createNewId(createRandom(1)));
    assert.deepEqual(root.meta, { env: 'demo', 'git.commit.sha': 'abc' });
  });

  it('say for how many they stand only when it is more than one', () => {
    const newId = createNewId(createRandom(1));
    assert.equal(movedTrace(trace(0), 1, newId, 0.25).spans[1]?.metrics._sample_rate, 0.25);
    assert.equal('_sample_rate' in (movedTrace(trace(0), 1, newId).root.metrics ?? {}), false);
  });
});

describe('traces with a release', () => {
  const touching = (startMs: number, version: string, isError = false): CapturedTrace => {
    const { root, logs } = trace(startMs, isError);
    return { root, logs, spans: [root, span('2', '1', { service: 'payments', meta: { version } })] };
  };
  const versions = (traces: readonly CapturedTrace[]) => traces.map(({ spans }) => spans[1]?.meta.version ?? 'untouched');

  it('replace those that touch the service and keep the others', () => {
    const usual = [trace(1), touching(2, 'old'), touching(3, 'old', true), touching(4, 'old')];
    const released = [trace(9), touching(10, 'new'), touching(11, 'new failed', true)];
    assert.deepEqual(versions(withRelease(usual, released, 'payments')), ['untouched', 'new', 'new failed', 'new']);
  });

  it('do without what was not seen after the release', () => {
    assert.deepEqual(versions(withRelease([touching(1, 'old', true), trace(2)], [touching(3, 'new')], 'payments')), ['untouched']);
  });
});

describe('history', () => {
  const options = () => {
    const random = createRandom(4);
    return { requestsPerSec: 5, timeOfDayMs: (epochMs: number) => epochMs, random, newId: createNewId(random) };
  };
  const stretch = { fromMs: 0, toMs: 3 * 60 * MINUTE_MS, traces: [trace(0), trace(1, true)], maxPerMin: 10, hasLogs: false };

  it('counts, with weights, what the shape of the day says', () => {
    const written = [...writeHistory([stretch], options())];
    assert.equal(written.length, 3 * 60 * 10);
    for (const hour of [0, 1, 2]) {
      const inHour = written.filter(({ root }) => Math.floor(root.startMs / (60 * MINUTE_MS)) === hour);
      const weight = inHour.reduce((sum, { root }) => sum + 1 / (root.metrics._sample_rate ?? 1), 0);
      const expected = 5 * 3600 * dailyShape((hour + 0.5) * 60 * MINUTE_MS);
      assert.ok(Math.abs(weight - expected) / expected < 0.02, `hour ${hour}: ${weight} instead of ${expected}`);
    }
  });

  it('writes every request where nothing limits it, with log lines when asked', () => {
    const written = [...writeHistory([{ ...stretch, toMs: 5 * MINUTE_MS, maxPerMin: Number.POSITIVE_INFINITY, hasLogs: true }], options())];
    assert.ok(written.every(({ root, logs }) => root.metrics._sample_rate === undefined && logs.length === 1));
    assert.ok(Math.abs(written.length - 5 * 300 * dailyShape(2.5 * MINUTE_MS)) < 15);
  });

  it('is in ascending time, inside its stretch, and uses each trace as often as the others', () => {
    const written = [...writeHistory([stretch], options())];
    const starts = written.map(({ root }) => root.startMs);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
    assert.ok((starts[0] ?? -1) >= stretch.fromMs && (starts.at(-1) ?? Number.POSITIVE_INFINITY) < stretch.toMs);
    assert.equal(written.filter(({ root }) => root.isError).length, written.length / 2);
    assert.equal(new Set(written.map(({ root }) => root.traceId)).size, written.length);
  });

  it('has its share of every page and of failures in each minute, however few stand for all', () => {
    const pool = [...Array(99).keys()].map((at) => trace(at)).concat(trace(99, true));
    const written = [...writeHistory([{ ...stretch, traces: pool, maxPerMin: 4 }], options())];
    for (let minute = 0; minute < 180; minute++) {
      const inMinute = written.filter(({ root }) => Math.floor(root.startMs / MINUTE_MS) === minute);
      const weight = (failed: boolean) =>
        inMinute.filter(({ root }) => root.isError === failed).reduce((sum, { root }) => sum + 1 / (root.metrics._sample_rate ?? 1), 0);
      assert.ok(inMinute.length <= 5);
      assert.ok(Math.abs(weight(true) / (weight(true) + weight(false)) - 0.01) < 0.001, `minute ${minute}`);
    }
  });

  it('is the same for the same seed', () => {
    assert.deepEqual([...writeHistory([stretch], options())].slice(0, 20), [...writeHistory([stretch], options())].slice(0, 20));
  });

  it('refuses to be written with nothing', () => {
    assert.throws(() => [...writeHistory([{ ...stretch, traces: [] }], options())], /no traces/);
  });
});

describe('sampling for a recording', () => {
  const limits = { faultMs: 1000, maxFailed: 20, maxFineBefore: 6, maxFineAfter: 9 };

  it('keeps the same part of the failures before and after the fault', () => {
    const failed = [...Array(100).keys()].map((at) => trace(at < 25 ? at : 1000 + at, true));
    const kept = sampleTraces(failed, limits);
    assert.equal(kept.length, 20);
    assert.equal(kept.filter(({ root }) => root.startMs < 1000).length, 5);
    assert.ok(kept.every(({ logs }) => logs.length === 1));
  });

  it('keeps fine traces of each side, most without their log lines, in order of time', () => {
    const kept = sampleTraces(
      [...Array(200).keys()].map((at) => trace(at * 10)),
      limits,
    );
    const starts = kept.map(({ root }) => root.startMs);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
    assert.equal(starts.filter((start) => start < 1000).length, 6);
    assert.equal(starts.filter((start) => start >= 1000).length, 9);
    assert.equal(kept.filter(({ logs }) => logs.length > 0).length, 2 + 3);
  });

  it('keeps all when there are few', () => {
    assert.equal(sampleTraces([trace(1), trace(2, true), trace(2000)], limits).length, 3);
  });
});
