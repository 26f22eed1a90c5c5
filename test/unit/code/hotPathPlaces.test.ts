import assert from 'node:assert/strict';
import { groupSpans, operationsOf } from '../../../src/code/hotPathPlaces';
import type { Span } from '../../../src/domain/span';

const ORIGIN = {
  env: 'prod',
  '_dd.code_origin.type': 'entry',
  '_dd.code_origin.frames.0.file': '/srv/shop/routes.js',
  '_dd.code_origin.frames.0.line': '2',
};
const STACK = 'TypeError: no tier\n    at part (/srv/shop/pricing.js:3:9)\n    at run (/srv/shop/node_modules/express/x.js:1:1)';

let ids = 0;
const span = (more: Partial<Span>): Span => {
  ids += 1;
  const id = `${ids}`;
  return {
    traceId: id,
    spanId: id,
    parentId: null,
    service: 'catalog',
    name: 'express.request',
    resource: 'GET /x',
    type: 'web',
    startMs: 1_000,
    durationMs: 10,
    isError: false,
    meta: ORIGIN,
    metrics: {},
    ...more,
  };
};

describe('Places that spans touch', () => {
  it('are the lines where requests enter, a route each, those with most spans first', () => {
    const groups = groupSpans([span({}), span({ resource: 'GET /y', startMs: 5 }), span({ resource: 'GET /y', startMs: 9 })]);
    assert.deepEqual(
      groups.map(({ kind, resource, env, frame, spans }) => [kind, resource, env, frame.line, spans.map(({ startMs }) => startMs)]),
      [
        ['entry', 'GET /y', 'prod', 2, [9, 5]],
        ['entry', 'GET /x', 'prod', 2, [1000]],
      ],
    );
  });

  it('are the lines that errors came out of, once a trace however many spans pass them on', () => {
    const failing = { isError: true, meta: { 'error.stack': STACK } };
    const groups = groupSpans([
      span({ ...failing, traceId: 'a', startMs: 1 }),
      span({ ...failing, traceId: 'a', startMs: 2 }),
      span({ ...failing, traceId: 'b', startMs: 3, resource: 'GET /other' }),
    ]);
    assert.deepEqual(
      groups.map(({ kind, resource, frame, spans }) => [kind, resource, frame.file, frame.line, spans.map(({ startMs }) => startMs)]),
      [['failure', null, '/srv/shop/pricing.js', 3, [3, 2]]],
    );
  });

  it('count a span once that two searches returned', () => {
    const same = span({});
    assert.deepEqual(
      groupSpans([same, { ...same }]).map(({ spans }) => spans.length),
      [1],
    );
  });

  it('are not made of spans without a place, exits, or errors without a stack', () => {
    const exit = { ...ORIGIN, '_dd.code_origin.type': 'exit' };
    assert.deepEqual(groupSpans([span({ meta: {} }), span({ meta: exit }), span({ isError: true, meta: {} })]), []);
  });

  it('keep environments and services apart, and are bounded', () => {
    const groups = groupSpans([span({}), span({ meta: { ...ORIGIN, env: 'dev' } }), span({ service: 'other' })]);
    assert.equal(groups.length, 3);
    assert.equal(groupSpans(Array.from({ length: 300 }, (_, at) => span({ resource: `GET /${at}` }))).length, 100);
  });

  it('name the operations that serve most of the entries', () => {
    const groups = groupSpans([span({ name: 'a' }), span({ name: 'b' }), span({ name: 'b' }), span({ name: 'c' })]);
    assert.deepEqual([operationsOf(groups, 1), operationsOf(groups, 9).length, operationsOf([], 9)], [['b'], 3, []]);
  });
});
