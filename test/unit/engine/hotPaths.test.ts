import assert from 'node:assert/strict';
import { createFrameMapper } from '../../../src/code/mapping';
import { AppError } from '../../../src/domain/errors';
import type { Span } from '../../../src/domain/span';
import type { TimeSeries } from '../../../src/domain/timeSeries';
import { readHotPaths } from '../../../src/engine/hotPaths';
import { createFakeTelemetry, type World } from '../../fakes/telemetry';
import { createMemoryRepository } from '../code/memoryRepository';

const { signal } = new AbortController();
const SHA = 'a'.repeat(40);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** At the end of a whole interval. */
const NOW = 30 * DAY;
const log = { info: () => undefined, error: () => undefined };
const question = { env: 'prod', services: null, windowMinutes: 60 };
const text = "start((app) => {\n  app.get('/categories/:slug', handler);\n});\n";
const STACK = 'TypeError: no tier\n    at part (/srv/shop/services/catalog/pricing.js:1:9)';

let ids = 0;
const span = (more: Partial<Span> = {}): Span => {
  ids += 1;
  return {
    traceId: `t${ids}`,
    spanId: `s${ids}`,
    parentId: null,
    service: 'catalog',
    name: 'express.request',
    resource: 'GET /categories/:slug',
    type: 'web',
    startMs: NOW - 60_000,
    durationMs: 10,
    isError: false,
    metrics: {},
    ...more,
    meta: {
      env: 'prod',
      'git.commit.sha': SHA,
      '_dd.code_origin.type': 'entry',
      '_dd.code_origin.frames.0.file': '/srv/shop/services/catalog/index.js',
      '_dd.code_origin.frames.0.line': '2',
      '_dd.code_origin.frames.0.column': '7',
      ...more.meta,
    },
  };
};

const series = (metric: string, atMs: number, value: number): TimeSeries => ({
  metric,
  tags: ['env:prod', 'service:catalog', 'resource_name:get_/categories/:slug'],
  unit: null,
  intervalSec: 300,
  points: [[atMs / 1000, value]],
});

/** Trace metrics of one interval. */
const counted = (atMs: number, hits: number, p95Sec: number) => [
  series('trace.express.request.hits', atMs, hits),
  series('trace.express.request.errors', atMs, hits / 10),
  series('trace.express.request', atMs, p95Sec),
];

function read(world: World, faults: Parameters<typeof createFakeTelemetry>[1] = {}) {
  const telemetry = createFakeTelemetry(world, faults);
  const repository = createMemoryRepository({
    now: { 'services/catalog/index.js': `// new\n${text}`, 'services/catalog/pricing.js': 'part();\n' },
    trees: { [SHA]: { 'services/catalog/index.js': text, 'services/catalog/pricing.js': 'part();\n' } },
  });
  const sources = { telemetry, mapper: createFrameMapper([repository]), clock: { nowMs: () => NOW }, log };
  return { telemetry, report: readHotPaths(question, sources, signal) };
}

describe('hot paths', () => {
  it('are counted over all requests by trace metrics, now, a day ago and a week ago, in five calls', async () => {
    const before = NOW - HOUR;
    const { telemetry, report } = read({
      spans: [span(), span()],
      series: [...counted(before, 1000, 0.4), ...counted(before - DAY, 800, 0.3), ...counted(before - 7 * DAY, 500, 0.2)],
    });
    const { paths, apiCalls, isWhole, problems } = await report;
    const [path] = paths;
    assert.deepEqual([paths.length, path?.basis, path?.sampleSize, isWhole, problems], [1, 'metrics', 2, true, []]);
    assert.deepEqual(path?.now, { requests: 1000, errors: 100, p50Ms: 400, p95Ms: 400, p99Ms: 400 });
    assert.deepEqual([path?.dayAgo?.requests, path?.dayAgo?.p95Ms, path?.weekAgo?.p95Ms], [800, 300, 200]);
    assert.equal(apiCalls, 5);
    assert.deepEqual(telemetry.asked.map(({ method }) => method).sort(), [
      'queryMetrics',
      'queryMetrics',
      'queryMetrics',
      'searchSpans',
      'searchSpans',
    ]);
  });

  it('lie where the line that ran is now', async () => {
    const [path] = (await read({ spans: [span()] }).report).paths;
    assert.deepEqual(
      [path?.location.line, path?.workspace?.line, path?.workspace?.status, path?.column, path?.env],
      [2, 3, 'moved', 7, 'prod'],
    );
  });

  it('are read off spans where no metrics tell, in five calls too', async () => {
    const ago = (days: number, durationMs: number) => span({ startMs: NOW - 60_000 - days * DAY - HOUR / 2, durationMs });
    const { telemetry, report } = read({ spans: [span({ isError: true }), span(), ago(1, 5), ago(7, 40)] });
    const { paths, apiCalls } = await report;
    const [path] = paths;
    assert.deepEqual([path?.basis, path?.now.requests, path?.now.errors, path?.now.p95Ms], ['spans', 2, 1, 10]);
    assert.deepEqual([path?.dayAgo?.p95Ms, path?.weekAgo?.p95Ms], [5, 40]);
    assert.deepEqual([apiCalls, telemetry.asked.filter(({ method }) => method === 'searchSpans').length], [5, 4]);
  });

  it('are also the lines that errors came out of, with the error and the trace', async () => {
    const failing = { isError: true, meta: { 'error.stack': STACK, 'error.type': 'TypeError', 'error.message': 'no tier' } };
    const { paths } = await read({ spans: [span({ ...failing, startMs: NOW - 5000 }), span(failing)] }).report;
    const failure = paths.find(({ kind }) => kind === 'failure');
    assert.deepEqual([failure?.workspace?.path, failure?.now.errors, failure?.lastSeenMs], ['services/catalog/pricing.js', 2, NOW - 5000]);
    assert.deepEqual(failure?.failure, { text: 'TypeError: no tier', link: 'https://example.test/trace' });
  });

  it('cost two calls where no span names a line', async () => {
    const { apiCalls, paths } = await read({ spans: [] }).report;
    assert.deepEqual([apiCalls, paths], [2, []]);
  });

  it('go without what could not be read, and say so', async () => {
    const refused = new AppError('forbidden', 'Metrics are refused.');
    const { paths, problems, isWhole } = await read({ spans: [span()] }, { faults: { queryMetrics: refused } }).report;
    assert.deepEqual([paths.length, problems, isWhole], [1, ['Metrics are refused.'], false]);
  });

  it('fail where the spans cannot be read', async () => {
    const refused = new AppError('forbidden', 'Spans are refused.');
    await assert.rejects(read({}, { faults: { searchSpans: refused } }).report, refused);
  });

  it('know when a search returned only a part', async () => {
    const many = Array.from({ length: 1001 }, () => span());
    assert.equal((await read({ spans: many }).report).isWhole, false);
  });
});
