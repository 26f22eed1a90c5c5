import type { Anomaly, AnomalyVerdict } from '../../domain/anomaly';

/** Alarms with fewer quiet values than this between them are one stretch. */
const MAX_GAP = 12;
/** A stretch that is kept however many there are. */
const MAX_STRETCHES = 10_000;

/** Gathers verdicts, in the order of time, into the stretches that reach the threshold. */
export class StretchCollector {
  readonly #threshold: number;
  readonly #found: Anomaly[] = [];
  #quiet = Number.POSITIVE_INFINITY;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  /** In the order of time; at most 10,000. */
  get found(): readonly Anomaly[] {
    return this.#found;
  }

  add(atSec: number, value: number | null, { score, reason, direction, expected }: AnomalyVerdict): void {
    if (value === null || reason === null || score < this.#threshold || !Number.isFinite(atSec)) {
      this.#quiet++;
      return;
    }
    const peak = { peakSec: atSec, score, direction, value, expected, reason };
    const last = this.#found.at(-1);
    if (last && this.#quiet < MAX_GAP) this.#found[this.#found.length - 1] = { ...last, ...(score > last.score ? peak : {}), toSec: atSec };
    else if (this.#found.length < MAX_STRETCHES) this.#found.push({ fromSec: atSec, toSec: atSec, ...peak });
    this.#quiet = 0;
  }
}
