import assert from 'node:assert/strict';
import { commonOnset } from '../../../src/signals/commonOnset';
import { series } from '../../fakes/spans';

const MINUTE_MS = 60_000;
const hour = { fromMs: 0, toMs: 60 * MINUTE_MS };
const recent = { fromMs: 20 * MINUTE_MS, toMs: hour.toMs };
const noisy = (level: number, count: number) => Array.from({ length: count }, (_, index) => level + (index % 4));
const stepAt = (minute: number, owner: string, metric = 'latency', height = 500) => ({
  owner,
  series: series([...noisy(100, minute), ...noisy(height, 50 - minute)], { metric }),
});

describe('commonOnset', () => {
  it('is when most services got worse', () => {
    const all = [stepAt(30, 'a'), stepAt(31, 'b'), stepAt(40, 'c')];
    assert.ok([30, 31].includes((commonOnset(all, hour, recent) ?? 0) / MINUTE_MS));
  });

  it('counts one service once, however many metrics it has', () => {
    const many = Array.from({ length: 5 }, () => stepAt(40, 'a'));
    assert.ok((commonOnset([...many, stepAt(30, 'b'), stepAt(30, 'c')], hour, recent) ?? 0) < 32 * MINUTE_MS);
  });

  it('does not hear steps that are too old, for the better, or barely noticeable', () => {
    assert.equal(commonOnset([stepAt(10, 'a')], hour, recent), null);
    assert.equal(commonOnset([stepAt(30, 'a', 'latency', 10)], hour, recent), null);
    assert.equal(commonOnset([stepAt(30, 'a', 'latency', 125)], hour, recent), null);
    assert.equal(commonOnset([], hour, recent), null);
  });

  it('trusts a step less where few values show the level that it leaves, and not at all where hardly any do', () => {
    const cut = (owner: string, quiet: number) => ({
      owner,
      series: series([...noisy(100, quiet), ...noisy(500, 10)], { startSec: (30 - quiet) * 60, metric: 'latency' }),
    });
    const late = { owner: 'c', series: series([...noisy(100, 37), ...noisy(500, 10)], { metric: 'latency' }) };
    const ever = { fromMs: 0, toMs: hour.toMs };
    assert.equal(commonOnset([cut('a', 3)], hour, ever), null);
    assert.equal(commonOnset([cut('a', 5)], hour, ever), 30 * MINUTE_MS);
    assert.equal(commonOnset([cut('a', 5), late], hour, ever), 37 * MINUTE_MS);
  });
});
