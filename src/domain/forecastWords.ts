import type { Forecast, ForecasterKind } from './forecast';
import { formatDuration, formatNumber, formatQuantity } from './format';

/** Anomaly scores above this are anomalous; see `Forecast.anomalyScore`. */
const ANOMALOUS_SCORE = 70;
const UNUSUAL_SCORE = 40;

/** How the latest values compare with what the ones before them suggest: a level that lasts is expected, however bad it is. */
export function anomalyWord(score: number): 'anomalous' | 'unusual' | 'as expected' {
  if (score > ANOMALOUS_SCORE) return 'anomalous';
  return score > UNUSUAL_SCORE ? 'unusual' : 'as expected';
}

export const forecasterNames: Readonly<Record<ForecasterKind, string>> = {
  embedded: 'built-in model',
  toto: 'Toto',
  statistical: 'statistical methods',
};

export type Crossing = Pick<
  Forecast,
  'threshold' | 'isBelow' | 'unit' | 'breachInSec' | 'breachEarliestInSec' | 'breachLatestInSec' | 'median' | 'intervalSec'
>;

/**
 * When the threshold is crossed, as the end of a sentence about the metric: `crosses 500 ms in 12 min, between 7 and 31 min`.
 * null without a threshold.
 */
export function breachWords(forecast: Crossing): string | null {
  const { threshold, isBelow, unit, breachInSec, breachEarliestInSec: earliest, breachLatestInSec: latest } = forecast;
  if (threshold === null) return null;
  const limit = formatQuantity(threshold, unit);
  const horizon = inWords(forecast.median.length * forecast.intervalSec);
  if (breachInSec !== null && breachInSec <= 0) return `is ${isBelow ? 'below' : 'above'} ${limit} already`;
  if (breachInSec === null) {
    if (earliest === null) return `does not ${isBelow ? 'fall below' : 'cross'} ${limit} within ${horizon}`;
    return `may ${isBelow ? 'fall below' : 'cross'} ${limit} in ${inWords(earliest)} at the earliest, probably not within ${horizon}`;
  }
  return `${isBelow ? 'falls below' : 'crosses'} ${limit} in ${inWords(breachInSec)}${intervalWords(earliest, latest, horizon)}`;
}

/** `, between 7 and 31 min`; empty where the interval is not known or says no more than the middle. */
function intervalWords(earliest: number | null, latest: number | null, horizon: string): string {
  if (earliest === null) return '';
  if (latest === null) return `, ${inWords(earliest)} at the earliest, perhaps not within ${horizon}`;
  return earliest === latest ? '' : `, between ${between(earliest, latest)}`;
}

/** Two durations with the unit said once where both have the same one: `7 and 31 min`. */
function between(fromSec: number, toSec: number): string {
  const [from, to] = [inWords(fromSec), inWords(toSec)];
  const [, amount, unit] = /^([\d.,]+) (\S+)$/.exec(from) ?? [];
  return amount !== undefined && new RegExp(`^[\\d.,]+ ${unit}$`).test(to) ? `${amount} and ${to}` : `${from} and ${to}`;
}

const inWords = (sec: number) => formatDuration(sec * 1000);

/** What a list of series says about one beside its name: that it is anomalous, drops or crosses its threshold; empty for none. */
export function forecastFlags({ anomalyScore, isDrop, breachInSec }: Forecast): string[] {
  return [
    ...(anomalyWord(anomalyScore) === 'anomalous' ? ['anomalous'] : []),
    ...(isDrop ? ['drop'] : []),
    ...(breachInSec === null ? [] : [breachInSec <= 0 ? 'beyond its threshold' : `crosses in ${inWords(breachInSec)}`]),
  ];
}

/** A forecast in one line of a report: breach with its interval, anomaly score, drop, forecaster. */
export function forecastLine(forecast: Forecast): string {
  const { anomalyScore, isDrop, answeredBy } = forecast;
  const words = breachWords(forecast);
  const parts = [
    words === null ? outlook(forecast.summary) : ` ${words}`,
    `anomaly score ${formatNumber(anomalyScore)} of 100 (${anomalyWord(anomalyScore)})`,
    ...(isDrop ? ['a drop: the latest values lie below what earlier ones predict'] : []),
    `by ${forecasterNames[answeredBy] ?? answeredBy}`,
  ];
  return `${forecast.title}${parts.filter((part) => part !== '').join('; ')}`;
}

/** A sentence as the rest of a line: `: in 1 h it ends between 1 and 3 ms`. */
const outlook = (summary: string): string => `: ${summary.charAt(0).toLowerCase()}${summary.slice(1).replace(/\.$/, '')}`;
