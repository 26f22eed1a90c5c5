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

/** Durations (in ms), sizes (in bytes), shares and counts that a message states, the first three at most. Ids, ports and times are none. */
export function quantitiesIn(message: string, most = MAX_QUANTITIES): readonly number[] {
  const text = message.length > MAX_READ ? message.slice(0, MAX_READ) : message;
  const found: number[] = [];
  QUANTITY.lastIndex = 0;
  while (found.length < most) {
    const match = QUANTITY.exec(text);
    if (!match) break;
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

  /** Takes a message of the log. Of most, which are not kept, only the first quantity is read. */
  add(line: number, message: string): void {
    const place = this.#draw();
    if (place < MAX_SAMPLES || this.#isExtreme(quantitiesIn(message, 1)))
      this.#keep(place, { line, values: quantitiesIn(message), text: ownCopy(message, MAX_TEXT) });
  }

  /** Takes what another sampler kept. */
  addSample(sample: QuantitySample): void {
    this.#keep(this.#draw(), sample);
  }

  /** The place of the next message among the samples; it is none of them from {@link MAX_SAMPLES} on. */
  #draw(): number {
    const seen = this.#seen++;
    return seen < MAX_SAMPLES ? seen : Math.floor(this.#random() * (seen + 1));
  }

  #isExtreme(values: readonly number[]): boolean {
    return this.extremes.length < MAX_EXTREMES || (values[0] ?? 0) > (this.extremes[0]?.values[0] ?? 0);
  }

  #keep(place: number, sample: QuantitySample): void {
    if (place < MAX_SAMPLES) this.samples[place] = sample;
    if (!this.#isExtreme(sample.values)) return;
    this.extremes.push(sample);
    this.extremes.sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0));
    if (this.extremes.length > MAX_EXTREMES) this.extremes.shift();
  }
}
