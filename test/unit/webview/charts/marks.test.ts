import assert from 'node:assert/strict';
import type { Chart } from 'chart.js';
import type { ChartMark, ChartView } from '../../../../webview/charts/chartView';
import { marksPlugin } from '../../../../webview/charts/marks';
import { chartTheme } from '../../../fixtures/chartTheme';

/** Draws on a canvas that writes down what it is told; one pixel is one unit, y grows downwards from 100. */
function drawn(part: Partial<ChartView>): string[] {
  const told: string[] = [];
  const state = { strokeStyle: '', fillStyle: '', dash: '' };
  const ctx = Object.assign(state, {
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    setLineDash: (dash: number[]) => (state.dash = dash.join(' ')),
    moveTo: (x: number, y: number) => told.push(`from ${x},${y}`),
    lineTo: (x: number, y: number) => told.push(`to ${x},${y}`),
    stroke: () => told.push(`${state.strokeStyle} [${state.dash}]`),
    fillRect: (x: number, y: number, width: number, height: number) => told.push(`shade ${x},${y} ${width}×${height}`),
    fillText: (text: string, x: number, y: number) => told.push(`"${text}" at ${x},${y} ${state.fillStyle}`),
  });
  const scale = (pixel: (value: number) => number) => ({ getPixelForValue: pixel });
  const chart = {
    ctx,
    chartArea: { left: 0, right: 200, top: 20, bottom: 100 },
    scales: { x: scale((value) => value), y: scale((value) => 100 - value) },
  } as unknown as Chart<'line'>;
  const view: ChartView = { lines: [], legend: [], marks: [], threshold: null, unit: null, summary: '', ...part };
  const plugin = marksPlugin(view, chartTheme);
  plugin.beforeDatasetsDraw?.(chart, { cancelable: true }, {});
  plugin.afterDatasetsDraw?.(chart, {}, {}, false);
  return told;
}

const mark = (part: Partial<ChartMark>): ChartMark => ({ atSec: 50, symbol: '1', label: '', kind: 'change', ...part });

describe('the marks of a chart', () => {
  it('draw the threshold dashed across the chart', () => {
    assert.deepEqual(drawn({ threshold: 30 }), ['from 0,70', 'to 200,70', 'crimson [5 4]']);
  });

  it('draw a change as a dotted line with its number on top', () => {
    assert.deepEqual(drawn({ marks: [mark({})] }), ['from 50,20', 'to 50,100', 'dimgray [2 3]', '"1" at 50,17 dimgray']);
  });

  it('draw the alert as a full line in another colour', () => {
    assert.deepEqual(drawn({ marks: [mark({ kind: 'alert', symbol: '!' })] }).slice(2), ['tomato []', '"!" at 50,17 tomato']);
  });

  it('put the symbols of moments that are close together side by side, earliest first', () => {
    const marks = [mark({ atSec: 51, symbol: '2' }), mark({ kind: 'alert', symbol: '!', atSec: 50 }), mark({ atSec: 90, symbol: '3' })];
    assert.deepEqual(
      drawn({ marks }).filter((told) => told.startsWith('"') || told.startsWith('from')),
      ['from 50,20', '"!" at 50,17 tomato', 'from 51,20', '"2" at 62,17 dimgray', 'from 90,20', '"3" at 90,17 dimgray'],
    );
  });

  it('shade when the threshold may be crossed, within the chart, beneath everything else', () => {
    assert.deepEqual(drawn({ breach: { fromSec: 120, toSec: 150 } }), ['shade 120,20 30×80']);
    assert.deepEqual(drawn({ breach: { fromSec: -40, toSec: 900 } }), ['shade 0,20 200×80']);
    assert.deepEqual(drawn({ breach: { fromSec: 50, toSec: 50 } }), []);
  });

  it('draw the breach in the colour of the alert', () => {
    assert.equal(drawn({ marks: [mark({ kind: 'breach', symbol: '✕' })] }).at(-1), '"✕" at 50,17 tomato');
  });

  it('draw nothing outside the chart', () => {
    assert.deepEqual(drawn({ threshold: 500, marks: [mark({ atSec: 201 }), mark({ atSec: -1 })] }), []);
  });
});
