import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calleesOf, callersOf, callGraph, deepestFailing, downstreamOf, pathBetween, upstreamOf } from '../../../src/signals/topology';

const graph = callGraph({ web: ['cart', 'search'], cart: ['stock', 'cart'] }, { stock: ['db'], search: ['db'] });

describe('call graphs', () => {
  it('join sources and leave out calls to oneself', () => {
    assert.deepEqual(calleesOf(graph, 'web'), ['cart', 'search']);
    assert.deepEqual(calleesOf(graph, 'cart'), ['stock']);
    assert.deepEqual(callersOf(graph, 'db'), ['stock', 'search']);
  });

  it('finds all that a service calls, nearest first, in cycles too', () => {
    const calls = callGraph({ a: ['b'], b: ['c', 'a'], d: ['a'] });
    assert.deepEqual(downstreamOf(calls, 'a'), ['b', 'c']);
    assert.deepEqual(downstreamOf(calls, 'x'), []);
  });

  it('say who calls a service, directly and through others, nearest first', () => {
    assert.deepEqual(upstreamOf(graph, 'db'), ['stock', 'search', 'cart', 'web']);
    assert.deepEqual(upstreamOf(graph, 'web'), []);
  });

  it('give the shortest path of calls, or none', () => {
    assert.deepEqual(pathBetween(graph, 'web', 'db'), ['web', 'search', 'db']);
    assert.equal(pathBetween(graph, 'db', 'web'), null);
  });

  it('treat names like __proto__ as names', () => {
    const odd = callGraph(JSON.parse('{"__proto__": ["constructor"]}') as Record<string, string[]>);
    assert.deepEqual(calleesOf(odd, '__proto__'), ['constructor']);
  });
});

describe('deepestFailing', () => {
  it('walks along failing callees, the worst first, and no further', () => {
    const failing = new Map([
      ['cart', 2],
      ['search', 1],
      ['stock', 1],
    ]);
    assert.deepEqual(deepestFailing(graph, 'web', failing), ['web', 'cart', 'stock']);
  });

  it('stays where no callee fails', () => {
    assert.deepEqual(deepestFailing(graph, 'web', new Map([['db', 1]])), ['web']);
  });

  it('ends on cycles, whatever the graph', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.dictionary(name, fc.array(name)), (edges) => {
        const everything = new Map(['a', 'b', 'c', 'd'].map((service) => [service, 1]));
        const path = deepestFailing(callGraph(edges), 'a', everything);
        assert.equal(new Set(path).size, path.length);
        assert.ok(!upstreamOf(callGraph(edges), 'a').includes('a'));
      }),
    );
  });
});
