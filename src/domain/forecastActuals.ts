import type { Forecast } from './forecast';
import { formatPlural } from './format';
import type { Point } from './timeSeries';

/** What a series really did after it was forecast. */
export interface ForecastActuals {
  /** Values after the forecast's history, in ascending time. */
  readonly points: readonly Point[];
  /** When they were last looked for, in epoch milliseconds; null before the first look. */
  readonly readAtMs: number | null;
  /** Why the last look failed, for a person; null when it did not. */
  readonly problem: string | null;
}

export interface BandCheck {
  readonly total: number;
  readonly inside: number;
  readonly above: number;
  readonly below: number;
}

/**
 * How many of the values lie within p10 and p90 of their step, the borders included. A value belongs to the nearest step; values
 * before the first step, after the last, and gaps are left out.
 */
export function checkBand({ startSec, intervalSec, p10, p90 }: Forecast, points: readonly Point[]): BandCheck {
  let [inside, above, below] = [0, 0, 0];
  for (const [atSec, value] of points) {
    const step = Math.round((atSec - startSec) / intervalSec);
    const [low, high] = [p10[step], p90[step]];
    if (value === null || low === undefined || high === undefined) continue;
    if (value > high) above++;
    else if (value < low) below++;
    else inside++;
  }
  return { total: inside + above + below, inside, above, below };
}

/** `9 of 10 new points are inside the band, 1 is above it.`; empty without points. */
export function bandWords({ total, inside, above, below }: BandCheck): string {
  if (total === 0) return '';
  if (inside === total)
    return total === 1 ? 'The new point is inside the band.' : `All ${formatPlural(total, 'new point')} are inside the band.`;
  const outside = [above > 0 ? `${above} above` : '', below > 0 ? `${below} below` : ''].filter(Boolean).join(', ');
  return `${inside} of ${formatPlural(total, 'new point')} ${inside === 1 ? 'is' : 'are'} inside the band; ${outside} it.`;
}

/** Epoch milliseconds at which the last predicted step is over. */
export function horizonEndMs({ startSec, intervalSec, median }: Pick<Forecast, 'startSec' | 'intervalSec' | 'median'>): number {
  return (startSec + median.length * intervalSec) * 1000;
}
