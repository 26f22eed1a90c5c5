import assert from 'node:assert/strict';
import fc from 'fast-check';
import { QuantitySampler, quantitiesIn } from '../../../../src/signals/logs/quantities';

describe('quantitiesIn', () => {
  it('reads durations in milliseconds and sizes in bytes', () => {
    assert.deepEqual(quantitiesIn('took 1.5 s for 2 KB'), [1500, 2048]);
    assert.deepEqual(quantitiesIn('in 250us, 12ms and 3 seconds'), [0.25, 12, 3000]);
    assert.deepEqual(quantitiesIn('disk at 97 %'), [97]);
  });

  it('reads counts and the like by their name', () => {
    assert.deepEqual(quantitiesIn('queue=17 retries: 3 latency=12.5'), [17, 3, 12.5]);
    assert.deepEqual(quantitiesIn('"duration": 80, rows=5'), [80, 5]);
  });

  it('stops at as many as are asked for', () => {
    assert.deepEqual(quantitiesIn('took 1 s, 2 s, 3 s and 4 s'), [1000, 2000, 3000]);
    assert.deepEqual(quantitiesIn('took 1 s, 2 s, 3 s and 4 s', 1), [1000]);
  });

  it('leaves ids, ports, versions and times alone', () => {
    for (const message of [
      'order 17 of 10.0.0.7:5432',
      'v1.2.3 at 03:04:05',
      'pid=17 port=80',
      'time: 2026-01-02',
      'size 10.0.0.1',
      'id-12ms',
    ])
      assert.deepEqual(quantitiesIn(message), [], message);
  });

  it('gives at most three finite numbers, whatever the message', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.ms KB%=tookcount: ') }), (message) => {
        const found = quantitiesIn(message);
        assert.ok(found.length <= 3 && found.every(Number.isFinite));
      }),
    );
    assert.equal(quantitiesIn('9'.repeat(1_000_000)).length, 0);
  });
});

describe('QuantitySampler', () => {
  const messageAt = (line: number) => `took ${line === 77 ? 1_000_000 : line % 10} ms, ${line} bytes`;
  const filled = (count: number, seed = 1) => {
    const sampler = new QuantitySampler(seed);
    for (let line = 1; line <= count; line++) sampler.add(line, messageAt(line));
    return sampler;
  };

  it('keeps all of few and a fair sample of many', () => {
    assert.equal(filled(50).samples.length, 50);
    const { samples } = filled(20_000);
    assert.equal(samples.length, 200);
    const mean = samples.reduce((sum, { line }) => sum + line, 0) / samples.length;
    assert.ok(Math.abs(mean - 10_000) < 2000, String(mean));
  });

  it('never loses the largest', () => {
    const { extremes } = filled(20_000);
    assert.equal(extremes.length, 5);
    assert.deepEqual(extremes.at(-1), { line: 77, values: [1e6, 77], text: messageAt(77) });
  });

  it('keeps all quantities of what it keeps', () => {
    const { samples, extremes } = filled(1000);
    for (const { line, values, text } of [...samples, ...extremes])
      assert.deepEqual([values, text], [quantitiesIn(messageAt(line)), messageAt(line)]);
  });

  it('takes the samples of another one as it takes messages', () => {
    const sampler = new QuantitySampler(3);
    for (const sample of filled(1000).samples) sampler.addSample(sample);
    assert.equal(sampler.samples.length, 200);
    const largest = Math.max(...sampler.samples.map(({ values }) => values[0] ?? 0));
    assert.equal(sampler.extremes.at(-1)?.values[0], largest);
  });

  it('draws the same for the same seed', () => {
    assert.deepEqual(filled(1000).samples, filled(1000).samples);
    assert.notDeepEqual(filled(1000, 2).samples, filled(1000).samples);
  });
});
