import { type TimeSeries, type TimeWindow, valuesWithin } from '../domain/timeSeries';

/** Fewer events than this are no rate. */
const MIN_EVENTS = 3;
/** Chance makes a count vary by its square root; three of those, and half as much again, are a rise. */
const DEVIATIONS = 3;
const RISE = 1.5;

/**
 * How often something counted happens during an incident, against a quiet stretch: `risen` when the count exceeds 1.5 times
 * what the quiet rate gives for that long plus three standard deviations of a Poisson count, `unknown` when the quiet
 * stretch saw fewer than three, else `usual`. Intervals without a value count as zero.
 */
export function rateOf(counts: TimeSeries, baseline: TimeWindow, incident: TimeWindow): 'usual' | 'risen' | 'unknown' {
  const usual = total(counts, baseline);
  const during = total(counts, incident);
  const expected = usual * ((incident.toMs - incident.fromMs) / (baseline.toMs - baseline.fromMs));
  if (during > RISE * expected + DEVIATIONS * Math.sqrt(Math.max(expected, 1))) return 'risen';
  return usual < MIN_EVENTS ? 'unknown' : 'usual';
}

const total = (series: TimeSeries, window: TimeWindow) => valuesWithin(series, window).reduce((sum, value) => sum + value, 0);
