import type { Chart, Plugin } from 'chart.js';
import type { ChartMark, ChartSpan, ChartView } from './chartView';
import { type ChartTheme, faded } from './theme';

/** Draws what chart.js has no part for: the threshold as a dashed line and moments as upright lines with a symbol on top. */
export function marksPlugin(view: ChartView, theme: ChartTheme): Plugin<'line'> {
  return {
    id: 'marks',
    beforeDatasetsDraw(chart) {
      if (view.breach) shade(chart, view.breach, theme);
    },
    afterDatasetsDraw(chart) {
      chart.ctx.save();
      if (view.threshold !== null) drawThreshold(chart, view.threshold, theme);
      drawMarks(chart, view.marks, theme);
      chart.ctx.restore();
    },
  };
}

/** The stretch in which the threshold may be crossed, from top to bottom. */
function shade({ ctx, chartArea, scales }: Chart, { fromSec, toSec }: ChartSpan, theme: ChartTheme): void {
  const from = scales.x?.getPixelForValue(fromSec);
  const to = scales.x?.getPixelForValue(toSec);
  if (from === undefined || to === undefined || to <= from) return;
  const left = Math.max(from, chartArea.left);
  ctx.save();
  ctx.fillStyle = faded(theme.threshold, 0.1);
  ctx.fillRect(left, chartArea.top, Math.min(to, chartArea.right) - left, chartArea.bottom - chartArea.top);
  ctx.restore();
}

function drawThreshold({ ctx, chartArea, scales }: Chart, threshold: number, theme: ChartTheme): void {
  const y = scales.y?.getPixelForValue(threshold);
  if (y === undefined || y < chartArea.top || y > chartArea.bottom) return;
  ctx.strokeStyle = theme.threshold;
  ctx.lineWidth = 1;
  ctx.setLineDash([5, 4]);
  line(ctx, chartArea.left, y, chartArea.right, y);
}

/** Symbols of moments close to each other stand side by side. */
const symbolWidthPx = 12;

function drawMarks(chart: Chart, marks: readonly ChartMark[], theme: ChartTheme): void {
  const { chartArea, scales } = chart;
  let freeFrom = Number.NEGATIVE_INFINITY;
  for (const mark of marks.toSorted((a, b) => a.atSec - b.atSec)) {
    const x = scales.x?.getPixelForValue(mark.atSec);
    if (x === undefined || x < chartArea.left || x > chartArea.right) continue;
    const symbolX = Math.max(x, freeFrom);
    drawMark(chart, mark, x, symbolX, theme);
    freeFrom = symbolX + symbolWidthPx;
  }
}

function drawMark({ ctx, chartArea }: Chart, mark: ChartMark, x: number, symbolX: number, theme: ChartTheme): void {
  const colour = mark.kind === 'alert' || mark.kind === 'breach' ? theme.alert : theme.change;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.setLineDash(mark.kind === 'alert' ? [] : [2, 3]);
  line(ctx, x, chartArea.top, x, chartArea.bottom);
  ctx.font = `600 ${theme.fontSizePx}px ${theme.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  ctx.fillStyle = colour;
  ctx.fillText(mark.symbol, symbolX, chartArea.top - 3);
}

function line(ctx: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}
