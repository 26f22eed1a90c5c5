import { clamp } from '../statistics';
import { DayBins } from './dayBins';
import type { Rule } from './rule';
import { readingOf } from './rule';

const PROFILE_BINS = 96;
const PROFILE_RATE = 0.3;
/** A day moves the profile by at most so many usual deviations, so that an outlier is not expected again tomorrow. */
const MAX_STEP = 10;
const DEVIATION_RATE = 0.005;
/** Half a day of neighbouring residuals says little of the next; in rows, as all rules count. */
const DAY_MEMORY = 12;
const ENVELOPE_BINS = 24;
const ENVELOPE_RATE = 0.4;

/** Distance to what the same quarter of an hour of the days before showed: a profile of exponentially weighted bin means. */
export function createSeasonalRule(): Rule {
  const bins = new DayBins(PROFILE_BINS);
  const profile = new Float64Array(PROFILE_BINS).fill(Number.NaN);
  let usual = Number.NaN;
  let sum = 0;
  let count = 0;
  const learn = (ended: number) => {
    if (ended < 0 || count === 0) return;
    const known = profile[ended] ?? Number.NaN;
    const most = Number.isFinite(usual) ? MAX_STEP * usual : Number.POSITIVE_INFINITY;
    profile[ended] = Number.isNaN(known) ? sum / count : known + PROFILE_RATE * clamp(sum / count - known, -most, most);
  };
  return {
    name: 'seasonal',
    memory: DAY_MEMORY,
    read(atSec, value, history) {
      if (!Number.isFinite(atSec)) return null;
      const { bin, ended } = bins.at(atSec);
      if (ended >= 0) {
        learn(ended);
        sum = 0;
        count = 0;
      }
      sum += value;
      count++;
      const expected = profile[bin] ?? Number.NaN;
      if (!Number.isFinite(expected)) return null;
      const { floor } = history;
      const distance = Math.abs(value - expected);
      usual = Number.isNaN(usual) ? distance : usual + DEVIATION_RATE * (Math.min(distance, MAX_STEP * usual + floor) - usual);
      return readingOf(value, expected, floor);
    },
  };
}

/** Distance to the range that this hour and its neighbours spanned on the days before: kind to what comes a little early or late. */
export function createEnvelopeRule(): Rule {
  const bins = new DayBins(ENVELOPE_BINS);
  const high = new Float64Array(ENVELOPE_BINS).fill(Number.NaN);
  const low = new Float64Array(ENVELOPE_BINS).fill(Number.NaN);
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  return {
    name: 'envelope',
    memory: DAY_MEMORY,
    read(atSec, value, history) {
      if (!Number.isFinite(atSec)) return null;
      const { bin, ended } = bins.at(atSec);
      if (ended >= 0) {
        high[ended] = approach(high[ended], highest);
        low[ended] = approach(low[ended], lowest);
        highest = Number.NEGATIVE_INFINITY;
        lowest = Number.POSITIVE_INFINITY;
      }
      highest = Math.max(highest, value);
      lowest = Math.min(lowest, value);
      if (Number.isNaN(high[bin] ?? Number.NaN)) return null;
      return readingOf(value, clamp(value, around(low, bin, Math.min), around(high, bin, Math.max)), history.floor);
    },
  };
}

const approach = (known = Number.NaN, seen: number) => (Number.isNaN(known) ? seen : known + ENVELOPE_RATE * (seen - known));

function around(edge: Float64Array, bin: number, choose: (...values: number[]) => number): number {
  const own = edge[bin] ?? Number.NaN;
  const known = (value = Number.NaN) => (Number.isNaN(value) ? own : value);
  return choose(own, known(edge[(bin + 1) % ENVELOPE_BINS]), known(edge[(bin + ENVELOPE_BINS - 1) % ENVELOPE_BINS]));
}
