import { Chart, Filler, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { useEffect, useRef } from 'react';
import { useTheme } from '../hooks/useTheme';
import { chartConfig } from './chartConfig';
import type { ChartView } from './chartView';
import { readTheme } from './theme';

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, Tooltip);

/** A drawing of the view; its summary is what a screen reader gets. Drawn again when the theme changes. */
export function LineChart({ view }: { readonly view: ChartView }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const themeVersion = useTheme();
  const drawn = JSON.stringify(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an equal view of a later snapshot must not draw again; the theme is read anew
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const chart = new Chart(context, chartConfig(view, readTheme(canvas.current)));
    return () => chart.destroy();
  }, [drawn, themeVersion]);
  return (
    <div className="chart">
      <canvas ref={canvas} role="img" aria-label={view.summary} />
    </div>
  );
}
