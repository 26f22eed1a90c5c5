import type { Rule } from './rule';
import { readingOf } from './rule';

const SMOOTHING = 0.3;
const Z_GRAIN = 0.1;

/** The plain rule: distance to the mean in standard deviations, where that is `sigma` or more (Shewhart, 1931). */
export function createZScoreRule(sigma: number): Rule {
  return {
    name: 'zScore',
    memory: 1,
    read(_atSec, value, history) {
      if (!history.isKnown) return null;
      const { mean, deviation, floor } = history;
      const z = Math.abs(value - mean) / Math.max(deviation, floor, Number.MIN_VALUE);
      const direction = value >= mean ? 'above' : 'below';
      return { deviation: z >= 0 ? Math.min(z, 1e6) : 0, grain: Z_GRAIN, isMinor: !(z >= sigma), direction, expected: mean };
    },
  };
}

/** Distance to the median, which single values do not move however large they are; from `sigma` robust deviations on. */
export function createRobustRule(sigma: number): Rule {
  return {
    name: 'robust',
    memory: 1,
    read(_atSec, value, history) {
      if (!history.isKnown) return null;
      const median = history.quantile(0.5);
      return readingOf(value, median, history.floor, Math.abs(value - median) < sigma * history.robustDeviation);
    },
  };
}

/** One step ahead by simple exponential smoothing (Brown, 1956): what the last few values suggest. */
export function createForecastRule(): Rule {
  let level: number | null = null;
  return {
    name: 'forecast',
    memory: 1,
    read(_atSec, value, history) {
      const expected = level;
      level = expected === null ? value : expected + SMOOTHING * (value - expected);
      if (!Number.isFinite(level)) level = value;
      return expected === null || !history.isKnown ? null : readingOf(value, expected, history.floor);
    },
  };
}
