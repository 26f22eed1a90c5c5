import { ownCopy } from './ownCopy';
import { createRandom } from './random';

const UNIT = 'ns|us|µs|ms|msec|s|sec|secs|seconds|bytes|[kKMG]i?B|B|%';
const NAME = 'duration|took|elapsed|latency|time|size|len|length|bytes|count|depth|lag|queued?|retries|attempts?|rows|used|free';
/** A number with a unit, or behind the name of a quantity. */
const QUANTITY = new RegExp(
  `(?<![\\w.-])(\\d{1,15}(?:\\.\\d{1,9})?) ?(${UNIT})(?![\\w/])|\\b(?:${NAME})["']?[=: ]{1,3}(\\d{1,15}(?:\\.\\d{1,9})?)(?: ?(${UNIT})(?![\\w/])|(?![\\w.:/-]))`,
  'g',
);

const FACTORS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  s: 1e3,
  sec: 1e3,
  secs: 1e3,
  seconds: 1e3,
  kB: 1e3,
  KB: 1024,
  KiB: 1024,
  MB: 1024 ** 2,
  MiB: 1024 ** 2,
  GB: 1024 ** 3,
  GiB: 1024 ** 3,
};

const MAX_QUANTITIES = 3;
const MAX_READ = 1000;

/** Durations (in ms), sizes (in bytes), shares and counts that a message states, the first three. Ids, ports and times are none. */
export function quantitiesIn(message: string): readonly number[] {
  const text = message.length > MAX_READ ? message.slice(0, MAX_READ) : message;
  const found: number[] = [];
  QUANTITY.lastIndex = 0;
  for (let match = QUANTITY.exec(text); match && found.length < MAX_QUANTITIES; match = QUANTITY.exec(text)) {
    found.push(Number(match[1] ?? match[3]) * (FACTORS[match[2] ?? match[4] ?? ''] ?? 1));
  }
  return found;
}

/** The quantities of one message. */
export interface QuantitySample {
  readonly line: number;
  readonly values: readonly number[];
  readonly text: string;
}

const MAX_SAMPLES = 200;
const MAX_EXTREMES = 5;
const MAX_TEXT = 300;

/**
 * A fair sample of what one shape of messages states (reservoir sampling, Vitter 1985), and the messages with the largest first
 * quantity, however many there are.
 */
export class QuantitySampler {
  readonly samples: QuantitySample[] = [];
  readonly extremes: QuantitySample[] = [];
  #seen = 0;
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = createRandom(seed);
  }

  add(line: number, values: readonly number[], message: string): void {
    const at = this.#seen < MAX_SAMPLES ? this.#seen : Math.floor(this.#random() * (this.#seen + 1));
    this.#seen++;
    const least = this.extremes[0];
    const isExtreme = this.extremes.length < MAX_EXTREMES || (values[0] ?? 0) > (least?.values[0] ?? 0);
    if (at >= MAX_SAMPLES && !isExtreme) return;
    const sample = { line, values, text: ownCopy(message, MAX_TEXT) };
    if (at < MAX_SAMPLES) this.samples[at] = sample;
    if (!isExtreme) return;
    this.extremes.push(sample);
    this.extremes.sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0));
    if (this.extremes.length > MAX_EXTREMES) this.extremes.shift();
  }
}
