import assert from 'node:assert/strict';
import { isFull } from '../../../src/diagnosis/levels';
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
