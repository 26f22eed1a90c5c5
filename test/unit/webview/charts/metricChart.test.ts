import assert from 'node:assert/strict';
import type { MetricChart } from '../../../../src/domain/investigation';
import { metricChart } from '../../../../webview/charts/metricChart';
import { doneCode } from '../../../fixtures/panelSnapshots';

const chart = doneCode.found.charts?.[0] as MetricChart;

describe('the view of a metric', () => {
  it('names each series by the tags in which it differs', () => {
    assert.deepEqual(
      metricChart(chart).lines.map(({ label }) => label),
      ['checkout', 'web'],
    );
  });

  it('names a single series by the title and one without tags of its own by the metric', () => {
    const [series] = chart.series;
    assert.equal(metricChart({ ...chart, series: [series!] }).lines[0]?.label, chart.title);
    assert.equal(metricChart({ ...chart, series: [series!, series!] }).lines[0]?.label, series!.metric);
  });

  it('keeps gaps', () => {
    const series = {
      ...chart.series[0]!,
      points: [
        [1, 2],
        [2, null],
        [3, 4],
      ] as const,
    };
    assert.deepEqual(metricChart({ ...chart, series: [series] }).lines[0]?.points, [
      { x: 1, y: 2 },
      { x: 2, y: null },
      { x: 3, y: 4 },
    ]);
  });

  it('numbers the changes in the order of time and marks the alert', () => {
    const marks = [...chart.marks].reverse();
    assert.deepEqual(
      metricChart({ ...chart, marks }).marks.map(({ symbol, label, kind }) => [symbol, label, kind]),
      [
        ['1', 'checkout 1.8.2 deployed', 'change'],
        ['2', 'web 4.11.0 deployed', 'change'],
        ['!', 'the alert fired', 'alert'],
      ],
    );
  });

  it('has neither threshold nor alert where there is none', () => {
    const view = metricChart({ ...chart, threshold: null, alertAtSec: null, marks: [] });
    assert.deepEqual([view.threshold, view.marks], [null, []]);
    assert.equal(
      view.legend.some(({ swatch }) => swatch === 'threshold'),
      false,
    );
  });

  it('draws six series, each in a colour of its own, and says how many more there are', () => {
    const view = metricChart({ ...chart, series: Array.from({ length: 9 }, () => chart.series[0]!) });
    assert.equal(new Set(view.lines.map(({ colour }) => colour)).size, 6);
    assert.match(view.summary, /3 more series are not drawn\.$/);
  });

  it('says what the line does in words', () => {
    const series = {
      ...chart.series[0]!,
      points: [
        [60, null],
        [120, 2],
        [180, 9],
        [240, 4],
      ] as const,
    };
    assert.match(
      metricChart({ ...chart, series: [series] }).summary,
      /^Errors of checkout: 2 errors\/s at first, 4 errors\/s at last, highest 9 errors\/s at \d\d:03\.$/,
    );
  });

  it('says when there is no data', () => {
    assert.equal(metricChart({ ...chart, series: [] }).summary, 'Errors of checkout: no data in this time.');
  });
});
