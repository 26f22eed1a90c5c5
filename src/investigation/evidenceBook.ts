import type { Evidence, MappedException } from '../domain/evidence';
import { oneLine } from '../domain/plainText';
import type { TimeWindow } from '../domain/timeSeries';

/** A fact before it has an id. */
export type Fact = Omit<Evidence, 'id' | 'from' | 'to'> & { readonly window: TimeWindow | null };

const MAX_SUMMARY = 400;

/** Collects the facts of one investigation and numbers them. */
export class EvidenceBook {
  readonly #entries: Evidence[] = [];

  /** Writes a fact down and returns its id. */
  readonly add = ({ window, ...fact }: Fact): string => {
    const id = `E${this.#entries.length + 1}`;
    this.#entries.push({
      ...fact,
      id,
      from: window === null ? null : new Date(window.fromMs).toISOString(),
      to: window === null ? null : new Date(window.toMs).toISOString(),
      summary: oneLine(fact.summary, MAX_SUMMARY),
    });
    return id;
  };

  /** Replaces the stack of a fact, once its frames are placed. */
  withStack(id: string, stack: readonly MappedException[]): void {
    const at = this.#entries.findIndex((entry) => entry.id === id);
    const entry = this.#entries[at];
    if (entry) this.#entries[at] = { ...entry, stack };
  }

  all(): readonly Evidence[] {
    return [...this.#entries];
  }
}
