import { createAnomalyDetector } from '../../src/signals/anomaly/detector';
import { mean } from '../../src/signals/statistics';
import { dailySeries } from '../fakes/seededSeries';
import type { Measurement } from './measurement';

const DAYS = 700;
const WINDOW = 1000;

/** Speed and memory of the anomaly detector over 200,000 values, beside the plainest rule with the same window. */
export function measureAnomalies(): Measurement[] {
  const points = dailySeries({ days: DAYS });
  const detector = createAnomalyDetector();
  for (const [sec, value] of points.slice(0, points.length / 2)) detector.next(sec, value);
  const before = process.memoryUsage();
  const startMs = performance.now();
  for (const [sec, value] of points) detector.next(sec, value);
  const rowsPerSec = points.length / ((performance.now() - startMs) / 1000);
  const grownMb = Math.max(0, bufferMb(process.memoryUsage()) - bufferMb(before));
  return [
    {
      name: 'anomaly detection',
      value: rowsPerSec,
      unit: 'rows/s',
      limit: { at: 'least', value: 20_000 },
      baseline: { name: `mean and deviation of ${WINDOW} values`, value: plainRowsPerSec(points.map(([, value]) => value)) },
    },
    { name: 'memory an anomaly detector gains over 200,000 values', value: grownMb, unit: 'MB', limit: { at: 'most', value: 8 } },
  ];
}

/** Typed arrays are what a detector holds. */
const bufferMb = ({ arrayBuffers }: NodeJS.MemoryUsage) => arrayBuffers / 1024 / 1024;

function plainRowsPerSec(values: readonly number[]): number {
  const rows = values.slice(0, 20_000);
  const startMs = performance.now();
  let alarms = 0;
  for (let row = WINDOW; row < rows.length; row++) {
    const window = rows.slice(row - WINDOW, row);
    const level = mean(window);
    const deviation = Math.sqrt(mean(window.map((value) => (value - level) ** 2)));
    if (Math.abs((rows[row] ?? level) - level) > 3 * deviation) alarms++;
  }
  return alarms < 0 ? 0 : (rows.length - WINDOW) / ((performance.now() - startMs) / 1000);
}
