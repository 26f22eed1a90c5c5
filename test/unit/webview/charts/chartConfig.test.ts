import assert from 'node:assert/strict';
import type { LinearScaleOptions } from 'chart.js';
import { chartConfig } from '../../../../webview/charts/chartConfig';
import type { ChartView } from '../../../../webview/charts/chartView';
import { chartTheme } from '../../../fixtures/chartTheme';

const view: ChartView = {
  lines: [
    { label: 'low', colour: 'purple', role: 'edge', points: [{ x: 0, y: 1 }] },
    { label: 'high', colour: 'purple', role: 'band', points: [{ x: 0, y: 3 }] },
    { label: 'median', colour: 'purple', role: 'dashed', points: [{ x: 0, y: 2 }] },
    { label: 'history', colour: 'blue', role: 'line', points: [{ x: 600, y: null }] },
  ],
  legend: [],
  marks: [],
  threshold: null,
  unit: 'millisecond',
  summary: '',
};

const scalesOf = (shown: ChartView) =>
  chartConfig(shown, chartTheme).options?.scales as unknown as { x: LinearScaleOptions; y: LinearScaleOptions };
const withValues = (values: readonly number[], threshold: number | null = null): ChartView => ({
  ...view,
  threshold,
  lines: [{ label: '', colour: 'blue', role: 'line', points: values.map((y, x) => ({ x, y })) }],
});

describe('what chart.js is told', () => {
  it('fills the band down to the line before it and nothing else', () => {
    const fills = chartConfig(view, chartTheme).data.datasets.map(({ fill }) => fill);
    assert.deepEqual(fills, [false, '-1', false, false]);
  });

  it('draws the median dashed and leaves gaps open', () => {
    const { datasets } = chartConfig(view, chartTheme).data;
    assert.deepEqual(datasets[2]?.borderDash, [5, 3]);
    assert.deepEqual(datasets[3]?.borderDash, []);
    assert.equal(datasets[3]?.spanGaps, false);
  });

  it('takes its colours from the theme', () => {
    const { datasets } = chartConfig(view, chartTheme).data;
    assert.equal(datasets[3]?.borderColor, chartTheme.series.blue);
    assert.equal(datasets[1]?.backgroundColor, `color-mix(in srgb, ${chartTheme.series.purple} 18%, transparent)`);
  });

  it('does not move', () => {
    assert.equal(chartConfig(view, chartTheme).options?.animation, false);
  });

  it('spans the time of its points', () => {
    assert.deepEqual([scalesOf(view).x.min, scalesOf(view).x.max], [0, 600]);
  });

  it('reaches to the alert that fired after the last point, but not to a change long before', () => {
    const marks = [
      { atSec: 700, symbol: '!', label: '', kind: 'alert' },
      { atSec: -9000, symbol: '1', label: '', kind: 'change' },
    ] as const;
    const { x } = scalesOf({ ...view, marks });
    assert.deepEqual([x.min, x.max], [0, 700]);
  });

  it('has an extent even where there is nothing to draw', () => {
    const { x } = scalesOf({ ...view, lines: [] });
    assert.deepEqual([x.min, x.max], [0, 60]);
  });

  it('begins at zero unless all values lie in a narrow band far from it', () => {
    assert.equal(scalesOf(withValues([1, 9])).y.beginAtZero, true);
    assert.equal(scalesOf(withValues([90, 100])).y.beginAtZero, false);
    assert.equal(scalesOf(withValues([90, 100], 10)).y.beginAtZero, true);
    assert.equal(scalesOf(withValues([-1, 5])).y.beginAtZero, true);
  });

  it('makes room for the threshold', () => {
    assert.equal(scalesOf(withValues([1, 9], 100)).y.suggestedMax, 108);
    assert.equal(scalesOf(withValues([1, 9])).y.suggestedMax, undefined);
  });

  it('writes ticks with the unit of the metric and the time of day', () => {
    const { x, y } = scalesOf(view);
    const tick = (scale: LinearScaleOptions, value: number) => Reflect.apply(scale.ticks.callback, scale, [value, 0, []]);
    assert.equal(tick(y, 1500), '1.5 s');
    assert.match(String(tick(x, 0)), /^\d\d:\d\d$/);
    const days = scalesOf({
      ...view,
      lines: [
        {
          label: '',
          colour: 'blue',
          role: 'line',
          points: [
            { x: 0, y: 1 },
            { x: 864_000, y: 1 },
          ],
        },
      ],
    });
    assert.match(String(tick(days.x, 432_000)), /^\d+ Jan \d\d:\d\d$/);
  });
});
