import assert from 'node:assert/strict';
import { isFull, isWorse } from '../../../src/diagnosis/levels';
import { metric } from '../../fakes/findings';
import { series } from '../../fakes/spans';

const at = (name: string, unit: string | null, during: number) =>
  isFull(metric(name, { series: series([], { metric: name, unit }), kind: 'saturation', during }).change);

describe('isFull', () => {
  it('is a share of a resource near its whole', () => {
    assert.equal(at('cpu.usage', 'percent', 92), true);
    assert.equal(at('cpu.usage', 'percent', 60), false);
    assert.equal(at('disk_used_ratio', 'fraction', 0.97), true);
  });

  it('is never a metric without a natural limit, nor one that is no resource', () => {
    assert.equal(at('memory.bytes', 'byte', 9e9), false);
    assert.equal(
      isFull(metric('success_percent', { series: series([], { unit: 'percent' }), kind: 'availability', during: 99 }).change),
      false,
    );
  });
});

describe('isWorse', () => {
  it('is what plainly moved the way that hurts, or is full', () => {
    assert.equal(isWorse(metric('errors', { score: 2 }).change), true);
    assert.equal(isWorse(metric('errors', { score: 0.4 }).change), false);
    assert.equal(isWorse(metric('hits', { score: 5, isHarmful: false }).change), false);
    const full = { series: series([], { unit: 'percent' }), kind: 'saturation', during: 95, score: 0 } as const;
    assert.equal(isWorse(metric('cpu', full).change), true);
  });
});
