import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraces, dependenciesOf, lineage } from '../../../../src/signals/traces/traceTree';
import { span } from '../../../fakes/spans';

const nodeOf = (traces: ReturnType<typeof buildTraces>, id: string) =>
  traces.flatMap((trace) => trace.nodes).find((node) => node.span.spanId === id);

describe('buildTraces', () => {
  it('links spans and measures the time that no child took', () => {
    const traces = buildTraces([
      span({ spanId: 'a', durationMs: 100 }),
      span({ spanId: 'b', parentId: 'a', startMs: 10, durationMs: 30 }),
      span({ spanId: 'c', parentId: 'a', startMs: 20, durationMs: 40 }),
    ]);
    assert.equal(traces.length, 1);
    assert.deepEqual(
      traces[0]?.roots.map((root) => root.span.spanId),
      ['a'],
    );
    assert.equal(nodeOf(traces, 'a')?.selfMs, 50);
    assert.deepEqual(
      lineage(nodeOf(traces, 'c')!).map((node) => node.span.spanId),
      ['c', 'a'],
    );
  });

  it('makes a root of a span whose parent was not sampled', () => {
    const traces = buildTraces([span({ spanId: 'b', parentId: 'gone' })]);
    assert.equal(traces[0]?.roots.length, 1);
  });

  it('keeps traces apart that use the same span ids', () => {
    const traces = buildTraces([span({ spanId: 'a', traceId: 't1' }), span({ spanId: 'b', parentId: 'a', traceId: 't2' })]);
    assert.deepEqual(
      traces.map((trace) => trace.roots.length),
      [1, 1],
    );
  });

  it('counts a span that came twice once', () => {
    assert.equal(buildTraces([span({ spanId: 'a' }), span({ spanId: 'a' })])[0]?.nodes.length, 1);
  });

  it('cuts cycles, whatever the parents say, and never has negative time', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const spans = fc.array(
      fc.record({
        spanId: id,
        parentId: fc.option(id),
        startMs: fc.integer({ min: -50, max: 150 }),
        durationMs: fc.integer({ min: 0, max: 200 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(spans, (list) => {
        for (const trace of buildTraces(list.map(span))) {
          assert.ok(trace.roots.length >= 1);
          for (const node of trace.nodes) {
            assert.ok(node.selfMs >= 0 && node.selfMs <= node.span.durationMs);
            assert.ok(lineage(node).length <= trace.nodes.length);
          }
        }
      }),
    );
  });

  it('reads who calls whom', () => {
    const traces = buildTraces([
      span({ spanId: 'a', service: 'web' }),
      span({ spanId: 'b', parentId: 'a', service: 'web' }),
      span({ spanId: 'c', parentId: 'b', service: 'cart' }),
      span({ spanId: 'd', parentId: 'c', service: 'db' }),
    ]);
    assert.deepEqual(dependenciesOf(traces), { web: ['cart'], cart: ['db'] });
  });
});
