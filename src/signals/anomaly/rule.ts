import type { AnomalyDirection } from '../../domain/anomaly';
import type { History } from './history';

/** What one rule says about a value. */
export interface Reading {
  /** How far from usual, 0 or more, in any unit that stays the same over a series; its rarity is judged by its own past. */
  readonly deviation: number;
  /** The smallest difference between deviations that means anything: of a series that never deviated, the first step is not infinitely rare. */
  readonly grain: number;
  /** The deviation is too small to count, however rare. */
  readonly isMinor: boolean;
  readonly direction: AnomalyDirection;
  /** The value that the rule expected; null where it judges the shape. */
  readonly expected: number | null;
}

/** One way of being unusual. A rule keeps its own state, of bounded size, and sees each value once. */
export interface Rule {
  readonly name: RuleName;
  /** Rows that one deviation is computed from. */
  readonly memory: number;
  /** Judges a value by those before it, then learns it. null while the rule knows too little. */
  read(atSec: number, value: number, history: History): Reading | null;
}

export type RuleName = 'zScore' | 'robust' | 'seasonal' | 'envelope' | 'forecast' | 'change' | 'flat';

/** The reading for a value beside an expected one; deviations below the floor do not count. */
export function readingOf(value: number, expected: number, floor: number, isMinor = false): Reading {
  const deviation = Math.max(0, Math.abs(value - expected) - floor);
  return {
    deviation: Number.isFinite(deviation) ? deviation : 0,
    grain: floor,
    isMinor,
    direction: value >= expected ? 'above' : 'below',
    expected,
  };
}
