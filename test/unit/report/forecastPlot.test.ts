import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Forecast } from '../../../src/domain/forecast';
import { forecastPlot } from '../../../src/report/forecastPlot';

const steps = (at: (step: number) => number) => Array.from({ length: 60 }, (_, step) => at(step));
const base: Forecast = {
  id: 'F1',
  title: 'Latency',
  metric: 'm',
  query: 'q',
  unit: null,
  intervalSec: 60,
  history: Array.from({ length: 200 }, (_, index) => [index * 60, index]),
  startSec: 12_000,
  p10: steps((step) => 180 + step),
  median: steps((step) => 200 + step),
  p90: steps((step) => 220 + step),
  threshold: 250,
  isBelow: false,
  breachInSec: 3000,
  breachEarliestInSec: 1800,
  breachLatestInSec: null,
  anomalyScore: 12,
  isDrop: false,
  answeredBy: 'statistical',
  model: 'statistical: drift',
  summary: 'In 1 h it ends.',
};

describe('forecastPlot', () => {
  it('draws what was left of now and what is to come right of it, in columns of one width', () => {
    const lines = forecastPlot(base, { hasColour: false }).split('\n');
    assert.equal(lines[0], 'Latency');
    const rows = lines.slice(1, 13);
    assert.ok(rows.every((row) => [...row].length === 11 + 48 + 1 + 24));
    assert.equal(rows.filter((row) => row.split('│')[1]?.includes('•')).length > 1, true);
    assert.match(lines[13] ?? '', /2 h ago +now +in 1 h/);
    assert.deepEqual(lines.slice(14, 16), ['In 1 h it ends.', 'Anomaly score 12 of 100; statistical: drift.']);
  });

  it('marks the threshold where it can be seen, and leaves it out where it would flatten everything', () => {
    assert.ok(forecastPlot(base, { hasColour: false }).includes('┄'));
    assert.ok(!forecastPlot({ ...base, threshold: 1e9 }, { hasColour: false }).includes('┄'));
  });

  it('uses colour only where there is', () => {
    assert.ok(forecastPlot(base, { hasColour: true }).includes('\u001b[2m'));
    assert.ok(!forecastPlot(base, { hasColour: false }).includes('\u001b'));
  });

  it('draws a constant, gaps and nothing at all', () => {
    const flat = { ...base, p10: steps(() => 5), median: steps(() => 5), p90: steps(() => 5), threshold: null };
    const gaps = { ...flat, history: Array.from({ length: 100 }, (_, index) => [index, index % 2 === 0 ? 5 : null] as const) };
    assert.ok(forecastPlot(gaps, { hasColour: false }).includes('•'));
    assert.ok(forecastPlot({ ...flat, history: [] }, { hasColour: false }).includes('•'));
  });

  it('keeps its shape whatever the numbers', () => {
    const number = fc.double({ min: -1e100, max: 1e100, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { maxLength: 200 }), number, number, (values, a, b) => {
        const history = values.map((value, index) => [index, value] as const);
        const plot = forecastPlot(
          { ...base, history, p10: steps(() => Math.min(a, b)), p90: steps(() => Math.max(a, b)) },
          { hasColour: false },
        );
        assert.equal(
          new Set(
            plot
              .split('\n')
              .slice(1, 13)
              .map((row) => [...row].indexOf('│')),
          ).size,
          1,
        );
      }),
    );
  });
});
