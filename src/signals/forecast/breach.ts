import type { Forecast } from '../../domain/forecast';
import { formatDuration, formatQuantity } from '../../domain/format';
import { ANOMALOUS } from './anomalyScore';
import type { Band } from './band';

/** When a threshold is crossed, in seconds from the last value; null for not within the horizon. */
export type Breach = Pick<Forecast, 'breachInSec' | 'breachEarliestInSec' | 'breachLatestInSec'>;

/** What is crossed, and from which side. */
export interface Limit {
  readonly threshold: number | null;
  /** Crossed by falling below it. */
  readonly isBelow: boolean;
}

/** All 0 when the last value is beyond the threshold already; else when the median, the near and the far edge of the band cross it. */
export function breachOf({ p10, median, p90 }: Band, { threshold, isBelow }: Limit, last: number | null, stepSec: number): Breach {
  if (threshold === null || last === null) return { breachInSec: null, breachEarliestInSec: null, breachLatestInSec: null };
  const isBeyond = (value: number) => (isBelow ? value < threshold : value > threshold);
  const crossing = (values: readonly number[]) => {
    if (isBeyond(last)) return 0;
    const step = values.findIndex(isBeyond);
    return step < 0 ? null : (step + 1) * stepSec;
  };
  const [near, far] = isBelow ? [p10, p90] : [p90, p10];
  return { breachInSec: crossing(median), breachEarliestInSec: crossing(near), breachLatestInSec: crossing(far) };
}

interface Outlook extends Breach, Limit {
  readonly band: Band;
  /** Whether there is anything to go by. */
  readonly hasValues: boolean;
  readonly score: number;
  readonly isDrop: boolean;
  readonly unit: string | null;
  readonly stepSec: number;
}

/** One sentence for a person. */
export function summarize(outlook: Outlook): string {
  const { band, hasValues, threshold, score, isDrop, unit, stepSec } = outlook;
  if (!hasValues) return 'No values to forecast from.';
  const horizon = formatDuration(band.median.length * stepSec * 1000);
  const low = formatQuantity(band.p10.at(-1) ?? 0, unit);
  const high = formatQuantity(band.p90.at(-1) ?? 0, unit);
  const range = low === high ? `stays at ${low}` : `ends between ${low} and ${high}`;
  const limit = threshold === null ? '' : `; ${crossing(outlook, formatQuantity(threshold, unit))}`;
  const oddity = score > ANOMALOUS ? `; the latest values are unusually high (score ${score})` : '';
  const drop = isDrop ? '; the latest values are unusually low' : '';
  return `In ${horizon} it ${range}${limit}${oddity}${drop}.`;
}

function crossing({ breachInSec, breachEarliestInSec, breachLatestInSec, isBelow }: Outlook, threshold: string): string {
  const inWords = (sec: number) => formatDuration(sec * 1000);
  if (breachInSec === 0) return `it is ${isBelow ? 'below' : 'above'} the threshold ${threshold} now`;
  const passes = isBelow ? 'falls below' : 'passes';
  if (breachInSec === null) {
    if (breachEarliestInSec === null) return `the threshold ${threshold} is not reached`;
    return `the threshold ${threshold} is probably not reached, at the earliest in ${inWords(breachEarliestInSec)}`;
  }
  const earliest =
    breachEarliestInSec !== null && breachEarliestInSec < breachInSec ? [`at the earliest in ${inWords(breachEarliestInSec)}`] : [];
  const latest =
    breachLatestInSec === null ? [] : breachLatestInSec > breachInSec ? [`at the latest in ${inWords(breachLatestInSec)}`] : [];
  const bounds = [...earliest, ...latest].join(', ');
  return `it ${passes} the threshold ${threshold} in ${inWords(breachInSec)}${bounds === '' ? '' : ` (${bounds})`}`;
}
