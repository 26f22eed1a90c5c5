import assert from 'node:assert/strict';
import { Sketch } from '../../../../src/sandbox/store/sketch';
import { createSketchSource } from '../../../../src/sandbox/store/sketchSource';
import type { MetricSource } from '../../../../src/sandbox/store/store';

function sourceOf(tags: string[], at: Record<number, number[]>): MetricSource {
  const sketches = Object.entries(at).map(([sec, values]) => {
    const sketch = new Sketch();
    for (const value of values) sketch.add(value);
    return [Number(sec), sketch] as const;
  });
  return createSketchSource({ metric: 'm', unit: 'second', tags, intervalSec: 10, sketches: () => sketches });
}

const window = { fromMs: 0, toMs: 100_000 };

describe('a distribution’s source', () => {
  it('answers every aggregator over its values', () => {
    const source = sourceOf(['a:1'], { 0: [1, 3], 10: [5] });
    assert.equal(source.type, 'distribution');
    assert.deepEqual(source.rollup(window, 60, 'avg'), [[0, 3]]);
    assert.deepEqual(source.rollup(window, 10, 'count'), [
      [0, 2],
      [10, 1],
    ]);
  });

  it('pools its values with those of others, and keeps the tags in common', () => {
    const slow = sourceOf(['service:a', 'host:1'], { 0: [100] });
    const fast = sourceOf(['service:a', 'host:2'], { 0: [1, 1, 1], 10: [1] });
    const pooled = slow.pool?.([fast]);
    assert.deepEqual(pooled?.tags, ['service:a']);
    assert.deepEqual(pooled?.rollup(window, 60, 'p50'), [[0, 1]]);
    assert.deepEqual(pooled?.rollup(window, 60, 'count'), [[0, 5]]);
    assert.deepEqual(slow.rollup(window, 60, 'count'), [[0, 1]]);
  });
});
