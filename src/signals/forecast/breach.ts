import { formatDuration, formatQuantity } from '../../domain/format';

interface Outlook {
  readonly band: { readonly median: readonly number[]; readonly p10: readonly number[]; readonly p90: readonly number[] };
  readonly known: readonly number[];
  readonly threshold: number | null;
  readonly breachInSec: number | null;
  readonly score: number;
  readonly unit: string | null;
  readonly intervalSec: number;
}

/** Seconds until the median crosses the threshold from the side where the last value is; 0 when it is beyond already. */
export function breachInSec(medians: readonly number[], threshold: number | null, last: number | null, intervalSec: number): number | null {
  if (threshold === null || last === null) return null;
  if (last > threshold) return 0;
  const step = medians.findIndex((value) => value > threshold);
  return step < 0 ? null : (step + 1) * intervalSec;
}

/** One sentence for a person. */
export function summarize({ band, known, threshold, breachInSec: inSec, score, unit, intervalSec }: Outlook): string {
  if (known.length === 0) return 'No values to forecast from.';
  const horizon = formatDuration(band.median.length * intervalSec * 1000);
  const low = formatQuantity(band.p10.at(-1) ?? 0, unit);
  const high = formatQuantity(band.p90.at(-1) ?? 0, unit);
  const range = low === high ? `stays at ${low}` : `ends between ${low} and ${high}`;
  const limit = threshold === null ? '' : `; ${crossing(inSec, formatQuantity(threshold, unit))}`;
  const oddity = score > 70 ? `; the latest values are unusually high (score ${score})` : '';
  return `In ${horizon} it ${range}${limit}${oddity}.`;
}

function crossing(inSec: number | null, threshold: string): string {
  if (inSec === null) return `the threshold ${threshold} is not reached`;
  return inSec === 0
    ? `it is above the threshold ${threshold} now`
    : `it passes the threshold ${threshold} in ${formatDuration(inSec * 1000)}`;
}
