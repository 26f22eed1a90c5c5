import assert from 'node:assert/strict';
import type { Forecast } from '../../../../src/domain/forecast';
import { forecastChart } from '../../../../webview/charts/forecastChart';

const forecast: Forecast = {
  id: 'F1',
  title: 'Latency',
  metric: 'm',
  query: 'q',
  unit: 'millisecond',
  intervalSec: 10,
  history: [
    [10, 100],
    [20, 110],
    [30, null],
  ],
  startSec: 40,
  p10: [100, 105],
  median: [120, 125],
  p90: [140, 150],
  threshold: 130,
  isBelow: false,
  breachInSec: null,
  breachEarliestInSec: null,
  breachLatestInSec: null,
  anomalyScore: 3,
  isDrop: false,
  answeredBy: 'statistical',
  model: 'test',
  summary: '',
};

describe('the view of a forecast', () => {
  it('draws the band between p10 and p90, the upper border next to the lower', () => {
    const roles = forecastChart(forecast).lines.map(({ role, label }) => [role, label]);
    assert.deepEqual(roles, [
      ['edge', 'low (p10)'],
      ['band', 'high (p90)'],
      ['dashed', 'median'],
      ['line', 'history'],
    ]);
  });

  it('begins every predicted line at the last known value', () => {
    const median = forecastChart(forecast).lines[2];
    assert.deepEqual(median?.points, [
      { x: 20, y: 110 },
      { x: 40, y: 120 },
      { x: 50, y: 125 },
    ]);
  });

  it('begins at the first step when nothing is known', () => {
    assert.deepEqual(forecastChart({ ...forecast, history: [] }).lines[2]?.points[0], { x: 40, y: 120 });
  });

  it('marks where the prediction begins', () => {
    assert.deepEqual(forecastChart(forecast).marks, [{ atSec: 40, symbol: 'now', label: 'now', kind: 'now' }]);
  });

  it('names the threshold in the legend only where there is one', () => {
    const texts = (view: ReturnType<typeof forecastChart>) => view.legend.map(({ text }) => text);
    assert.deepEqual(texts(forecastChart(forecast)), ['history', 'median', 'p10 to p90', 'threshold 130 ms']);
    assert.equal(texts(forecastChart({ ...forecast, threshold: null })).length, 3);
  });

  it('says where it ends in words', () => {
    assert.match(
      forecastChart(forecast).summary,
      /^At \d\d:00 the median is 125 ms; in eight of ten cases the value lies between 105 ms and 150 ms\.$/,
    );
  });

  it('draws no more than two steps of history for a predicted one', () => {
    const history = Array.from({ length: 50 }, (_, step) => [step, step] as const);
    assert.equal(forecastChart({ ...forecast, history }).lines[3]?.points.length, 4);
  });

  it('draws what came since as dots that go on from the history', () => {
    const view = forecastChart(forecast, [
      [40, 118],
      [50, null],
    ]);
    assert.deepEqual(view.lines[4], {
      label: 'since then',
      colour: 'green',
      role: 'points',
      points: [
        { x: 20, y: 110 },
        { x: 40, y: 118 },
        { x: 50, y: null },
      ],
    });
    assert.deepEqual(view.marks[0], { atSec: 40, symbol: 'forecast', label: 'the forecast was made', kind: 'now' });
    assert.ok(view.legend.some(({ text }) => text === 'since then'));
  });

  it('shades when the threshold may be crossed and marks when the median does', () => {
    const view = forecastChart({ ...forecast, breachInSec: 20, breachEarliestInSec: 10, breachLatestInSec: 20 });
    assert.deepEqual(view.breach, { fromSec: 40, toSec: 50 });
    assert.deepEqual(view.marks[1], { atSec: 50, symbol: '✕', label: 'crosses 130 ms in 20 s, between 10 and 20 s', kind: 'breach' });
    assert.ok(view.legend.some(({ text }) => text === 'may cross it'));
  });

  it('shades to the end where the latest time is not known, even if the median never crosses', () => {
    const view = forecastChart({ ...forecast, breachEarliestInSec: 10 });
    assert.deepEqual(view.breach, { fromSec: 40, toSec: 50 });
    assert.equal(view.marks.length, 1);
  });

  it('shades nothing where it is crossed already or nothing is set', () => {
    for (const changes of [
      { breachInSec: 0, breachEarliestInSec: 0, breachLatestInSec: 0 },
      { threshold: null, breachEarliestInSec: 10 },
      {},
    ]) {
      const view = forecastChart({ ...forecast, ...changes });
      assert.equal('breach' in view, false);
      assert.ok(!view.legend.some(({ text }) => text === 'may cross it'));
    }
  });
});
