import { metricScale } from '../signals/metricKind';
import type { SeriesChange } from '../signals/seriesChange';

const PLAIN_SCORE = 1;
/** Percent of a resource at which work begins to queue. */
const FULL_POINTS = 85;

/** Whether a resource is near its whole, whatever it was before; metrics without a natural limit never are. */
export function isFull({ series, during, kind }: SeriesChange): boolean {
  if (kind !== 'saturation') return false;
  const scale = metricScale(series.metric, series.unit);
  return (scale === 'points' && during >= FULL_POINTS) || (scale === 'fraction' && during * 100 >= FULL_POINTS);
}

/** Whether a metric plainly moved the way that hurts, or is at its limit. */
export function isWorse(change: SeriesChange): boolean {
  return isFull(change) || (change.isHarmful && change.score >= PLAIN_SCORE);
}
