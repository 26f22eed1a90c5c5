import assert from 'node:assert/strict';
import { entryFrame } from '../../../src/code/entries';
import { hotPaths } from '../../../src/code/hotPaths';
import { createFrameMapper } from '../../../src/code/mapping';
import type { Span } from '../../../src/domain/span';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();

const span = (more: Partial<Span>): Span => ({
  traceId: 't1',
  spanId: 's1',
  parentId: null,
  service: 'orders',
  name: 'http.request',
  resource: 'GET /orders/:id',
  type: 'web',
  startMs: 1_000,
  durationMs: 10,
  isError: false,
  meta: { 'span.kind': 'server' },
  metrics: {},
  ...more,
});

const mapper = createFrameMapper([
  createMemoryRepository({
    now: {
      'orders/index.js': "const app = express();\n\napp.get('/orders/:id', show);\n",
      'src/shop/OrderController.java': 'package shop;\nclass OrderController {\n  public Order show(long id) {\n  }\n}\n',
    },
  }),
]);

describe('Entries', () => {
  it('are lines where Code Origin names one, functions where only those are named, else routes', () => {
    const origin = { '_dd.code_origin.frames.0.file': '/srv/index.js', '_dd.code_origin.frames.0.line': '7', 'span.kind': 'server' };
    assert.deepEqual([entryFrame(span({ meta: origin }))?.line, entryFrame(span({ meta: origin }))?.file], [7, '/srv/index.js']);
    const named = entryFrame(span({ meta: { 'span.kind': 'server', 'code.function.name': 'shop.OrderController.show' } }));
    assert.deepEqual([named?.function, named?.file], ['shop.OrderController.show', null]);
    assert.deepEqual([entryFrame(span({}))?.function, entryFrame(span({}))?.file], [null, null]);
  });

  it('are not the calls that a service makes, nor spans whose resource is no route', () => {
    assert.equal(entryFrame(span({ meta: { 'span.kind': 'client' } })), null);
    assert.equal(entryFrame(span({ meta: {} })), null);
    assert.equal(entryFrame(span({ resource: 'process the queue' })), null);
  });

  it('of services without Code Origin are found by their routes and functions', async () => {
    const byRoute = await hotPaths([span({})], null, mapper, signal);
    assert.deepEqual(
      byRoute.map(({ location, requests }) => [location.file, location.line, requests]),
      [['orders/index.js', 3, 1]],
    );
    const meta = { 'span.kind': 'server', 'code.namespace': 'shop.OrderController', 'code.function': 'show' };
    const byName = await hotPaths([span({ meta })], null, mapper, signal);
    assert.deepEqual(
      byName.map(({ location }) => [location.file, location.line, location.function]),
      [['src/shop/OrderController.java', 3, 'show']],
    );
  });

  it('leave routes out that nobody registers', async () => {
    assert.deepEqual(await hotPaths([span({ resource: 'GET /elsewhere' })], null, mapper, signal), []);
  });
});
