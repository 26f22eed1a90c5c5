import type { ChartConfiguration, ChartDataset, ChartOptions, Point } from 'chart.js';
import { formatDay, formatQuantity, formatTick, formatTime } from '../../src/domain/format';
import type { ChartLine, ChartView } from './chartView';
import { marksPlugin } from './marks';
import { type ChartTheme, faded } from './theme';
import { timeTicks } from './timeTicks';

const daySec = 86_400;

/** What chart.js needs to draw the view in the theme. Nothing moves: figures that glide are hard to read. */
export function chartConfig(view: ChartView, theme: ChartTheme): ChartConfiguration<'line'> {
  return {
    type: 'line',
    data: { datasets: view.lines.map((line) => dataset(line, theme)) },
    options: options(view, theme),
    plugins: [marksPlugin(view, theme)],
  };
}

function dataset({ label, colour, points, role }: ChartLine, theme: ChartTheme): ChartDataset<'line'> {
  const stroke = theme.series[colour];
  const isBorder = role === 'edge' || role === 'band';
  return {
    label,
    data: points as Point[],
    borderColor: isBorder ? faded(stroke, 0.35) : stroke,
    backgroundColor: isBorder ? faded(stroke, 0.18) : stroke,
    borderWidth: isBorder ? 0.5 : 1.75,
    borderDash: role === 'dashed' ? [5, 3] : [],
    fill: role === 'band' ? '-1' : false,
    pointRadius: role === 'points' ? 2.5 : 0,
    pointBackgroundColor: stroke,
    pointHoverRadius: isBorder ? 0 : 3,
    borderJoinStyle: 'round',
    spanGaps: false,
  };
}

function options(view: ChartView, theme: ChartTheme): ChartOptions<'line'> {
  const font = { family: theme.fontFamily, size: theme.fontSizePx };
  const [fromSec, toSec] = extentOf(view);
  const ticks = { color: theme.text, font, maxRotation: 0 };
  const timeText =
    toSec - fromSec > 2 * daySec
      ? (sec: number) => `${formatDay(sec * 1000)} ${formatTime(sec * 1000)}`
      : (sec: number) => formatTime(sec * 1000);
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    layout: { padding: { top: theme.fontSizePx + 6, right: 8 } },
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    scales: {
      x: {
        type: 'linear',
        min: fromSec,
        max: toSec,
        grid: { display: false },
        border: { color: faded(theme.grid, 0.6) },
        afterBuildTicks: (axis) => {
          axis.ticks = timeTicks(fromSec, toSec, Math.max(2, Math.floor(axis.width / 80))).map((value) => ({ value }));
        },
        ticks: { ...ticks, callback: (value) => timeText(Number(value)) },
      },
      y: {
        beginAtZero: startsAtZero(view),
        suggestedMax: view.threshold === null ? undefined : view.threshold * 1.08,
        grid: { color: faded(theme.grid, 0.22), lineWidth: 1 },
        border: { display: false },
        ticks: { ...ticks, maxTicksLimit: 5, padding: 6, callback: (value) => formatTick(Number(value), view.unit) },
      },
    },
    plugins: {
      tooltip: {
        backgroundColor: theme.tooltipBackground,
        titleColor: theme.tooltipText,
        bodyColor: theme.tooltipText,
        borderColor: theme.tooltipBorder,
        borderWidth: 1,
        cornerRadius: 3,
        padding: 8,
        titleFont: { ...font, weight: 'bold' },
        bodyFont: font,
        boxWidth: 8,
        boxHeight: 8,
        callbacks: {
          title: (items) => (items[0] ? formatTime((items[0].parsed.x ?? 0) * 1000, { withSeconds: true }) : ''),
          label: ({ dataset: { label }, parsed }) => ` ${label}: ${formatQuantity(parsed.y, view.unit)}`,
        },
      },
    },
  };
}

/** The time of the points, and of the alert even where it fired after the last of them. */
function extentOf({ lines, marks }: ChartView): readonly [fromSec: number, toSec: number] {
  const alerts = marks.filter(({ kind }) => kind === 'alert').map(({ atSec }) => atSec);
  const all = [...lines.flatMap(({ points }) => points.map(({ x }) => x)), ...alerts];
  return all.reduce<[number, number]>(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [all[0] ?? 0, (all[0] ?? 0) + 60]);
}

/** A scale from zero is honest, unless all values lie in a narrow band far above it: then only their change can be seen otherwise. */
function startsAtZero({ lines, threshold }: ChartView): boolean {
  const values = lines.flatMap(({ points }) => points.flatMap(({ y }) => (y === null ? [] : [y])));
  if (threshold !== null) values.push(threshold);
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return !(low > 0 && low > high * 0.6);
}
