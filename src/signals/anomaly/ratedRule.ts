import type { AnomalyDirection } from '../../domain/anomaly';
import type { History } from './history';
import type { Rule, RuleName } from './rule';
import { TailModel } from './tailModel';

const USUAL_RATE = 0.005;
/** Deviations of a rule that looks at windows are alike from row to row; only so many windows apart do they tell of the series. */
const LEAST_INDEPENDENT = 10;

/** A rule whose deviations are rated by their own past, so that rules and series become comparable. */
export class RatedRule {
  readonly name: RuleName;
  readonly #rule: Rule;
  readonly #tail = new TailModel();
  #usual = 0;
  #count = 0;
  isKnown = false;
  decades = 0;
  deviation = 0;
  direction: AnomalyDirection = 'shape';
  expected: number | null = null;
  /** The deviation in multiples of the usual one; 0 where there is no usual one. */
  times = 0;

  /** So many deviations have to be known before one is rated. */
  readonly #least: number;

  constructor(rule: Rule) {
    this.#rule = rule;
    this.#least = LEAST_INDEPENDENT * rule.memory;
    this.name = rule.name;
  }

  /** Judges a value and learns it; the fields then say what was found. */
  read(atSec: number, value: number, history: History): void {
    const reading = this.#rule.read(atSec, value, history);
    this.isKnown = reading !== null && this.#count >= this.#least;
    this.deviation = reading?.deviation ?? 0;
    this.direction = reading?.direction ?? 'shape';
    this.expected = reading?.expected ?? null;
    this.decades = reading !== null && this.isKnown && !reading.isMinor ? this.#tail.decades(this.deviation, reading.grain) : 0;
    this.times = this.#usual > 0 ? this.deviation / this.#usual : 0;
    if (reading === null) return;
    this.#tail.push(this.deviation);
    this.#count++;
    this.#usual +=
      Math.max(USUAL_RATE, 1 / this.#count) * (Math.min(this.deviation, this.#count < 10 ? Infinity : 10 * this.#usual) - this.#usual);
  }
}
