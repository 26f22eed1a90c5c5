import assert from 'node:assert/strict';
import { collectHeat, failingFrame, hotPaths } from '../../../src/code/hotPaths';
import { createFrameMapper } from '../../../src/code/mapping';
import type { Span } from '../../../src/domain/span';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const SHA = 'a'.repeat(40);
const ORIGIN = {
  '_dd.code_origin.type': 'entry',
  '_dd.code_origin.frames.0.file': '/srv/shop/services/catalog/index.js',
  '_dd.code_origin.frames.0.line': '2',
};
const STACK =
  "TypeError: no 'tier'\n    at Array.map (<anonymous>)\n    at part (/srv/shop/services/checkout/pricing.js:3:9)\n    at run (/srv/shop/node_modules/express/x.js:1:1)";

let ids = 0;
const span = (more: Partial<Span>): Span => {
  ids += 1;
  return {
    traceId: `t${ids}`,
    spanId: `s${ids}`,
    parentId: null,
    service: 'catalog',
    name: 'express.request',
    resource: 'GET /categories/:slug',
    type: 'web',
    startMs: 1_000,
    durationMs: 10,
    isError: false,
    meta: {},
    metrics: {},
    ...more,
  };
};

describe('Hot paths', () => {
  it('measure the handlers that Code Origin names, before and since the onset', () => {
    const before = Array.from({ length: 20 }, (_, at) => span({ startMs: 500, durationMs: at + 1, meta: ORIGIN }));
    const since = Array.from({ length: 10 }, (_, at) =>
      span({ startMs: 1_500, durationMs: 100 * (at + 1), meta: ORIGIN, isError: at === 0 }),
    );
    const [heat, ...others] = collectHeat([...before, ...since], 1_000);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [heat?.frame.file, heat?.frame.line, heat?.resource],
      ['/srv/shop/services/catalog/index.js', 2, 'GET /categories/:slug'],
    );
    assert.deepEqual([heat?.requests, heat?.errors, heat?.p95Ms, heat?.baselineP95Ms], [10, 1, 1_000, 19]);
  });

  it('have no baseline without an onset', () => {
    const [heat] = collectHeat([span({ meta: ORIGIN })], null);
    assert.deepEqual([heat?.requests, heat?.p95Ms, heat?.baselineP95Ms], [1, 10, null]);
  });

  it('keep the routes of one line apart, and leave exits out', () => {
    const heats = collectHeat(
      [
        span({ meta: ORIGIN }),
        span({ meta: ORIGIN, resource: 'GET /newest' }),
        span({ meta: { ...ORIGIN, '_dd.code_origin.type': 'exit' } }),
      ],
      null,
    );
    assert.deepEqual(heats.map((heat) => heat.resource).sort(), ['GET /categories/:slug', 'GET /newest']);
  });

  it('count an error once a trace at the frame that failed', () => {
    const failing = { isError: true, service: 'checkout', meta: { 'error.stack': STACK } };
    const heats = collectHeat(
      [
        span({ ...failing, traceId: 't' }),
        span({ ...failing, traceId: 't' }),
        span({ ...failing, traceId: 'u' }),
        span({ ...failing, traceId: 'v', startMs: 0 }),
      ],
      500,
    );
    assert.equal(heats.length, 1);
    assert.deepEqual([heats[0]?.frame.line, heats[0]?.requests, heats[0]?.errors, heats[0]?.p95Ms], [3, 2, 2, null]);
  });

  it('take the frame of the root cause, or of the nearest exception that has one', () => {
    assert.equal(failingFrame(STACK)?.function, 'part');
    assert.equal(
      failingFrame(`Error: outer\n    at a (/srv/a.js:1:1)\n  [cause]: Error: inner\n    at b (/srv/b.js:2:2)`)?.file,
      '/srv/b.js',
    );
    assert.equal(
      failingFrame(`Error: outer\n    at a (/srv/a.js:1:1)\n  [cause]: Error: inner\n    at b (node:net:2:2)`)?.file,
      '/srv/a.js',
    );
    assert.equal(failingFrame('no stack'), null);
  });

  it('come with the commit that the newest tagged span of the service names', () => {
    const spans = [
      span({ meta: ORIGIN }),
      span({ startMs: 1, meta: { 'git.commit.sha': 'b'.repeat(40) } }),
      span({ startMs: 2, meta: { 'git.commit.sha': SHA } }),
      span({ service: 'other', startMs: 3, meta: { 'git.commit.sha': 'c'.repeat(40) } }),
    ];
    assert.equal(collectHeat(spans, null)[0]?.commit, SHA);
  });

  it('come with a commit that OpenTelemetry names, and with none that is no commit', () => {
    const commitOf = (meta: Record<string, string>) => collectHeat([span({ meta: { ...ORIGIN, ...meta } })], null)[0]?.commit;
    assert.deepEqual([commitOf({ 'vcs.ref.head.revision': SHA }), commitOf({ 'git.commit.sha': '--output=x' })], [SHA, null]);
  });

  it('say when a line failed last, and with what', () => {
    const failing = { isError: true, meta: { 'error.stack': STACK, 'error.type': 'TypeError', 'error.message': 'old' } };
    const newest = { ...failing.meta, 'error.message': 'new' };
    const [heat] = collectHeat([span({ ...failing, startMs: 5 }), span({ ...failing, startMs: 9, meta: newest })], null);
    assert.deepEqual([heat?.lastSeenMs, heat?.error], [9, 'TypeError: new']);
  });

  it('are sorted by errors, then requests, and bounded', () => {
    const many = Array.from({ length: 100 }, (_, at) => span({ meta: ORIGIN, resource: `GET /${at}`, isError: at === 70 }));
    const heats = collectHeat([...many, span({ meta: ORIGIN, resource: 'GET /5' })], null);
    assert.deepEqual([heats.length, heats[0]?.resource, heats[1]?.resource], [40, 'GET /70', 'GET /5']);
  });

  it('are looked up in the workspace', async () => {
    const text = 'start((app) => {\n  app.get(route, handler);\n});\n';
    const repository = createMemoryRepository({
      now: { 'services/catalog/index.js': `// new\n${text}` },
      trees: { [SHA]: { 'services/catalog/index.js': text } },
    });
    const spans = [
      span({ meta: { ...ORIGIN, 'git.commit.sha': SHA } }),
      span({ isError: true, service: 'checkout', meta: { 'error.stack': STACK } }),
    ];
    const [failed, entered] = await hotPaths(spans, null, createFrameMapper([repository]), signal);
    assert.deepEqual(
      [entered?.location.file, entered?.location.line, entered?.workspace?.line, entered?.workspace?.status],
      ['services/catalog/index.js', 2, 3, 'moved'],
    );
    assert.deepEqual([failed?.location.file, failed?.workspace], ['/srv/shop/services/checkout/pricing.js', null]);
    assert.ok(!('commit' in entered!));
  });
});
