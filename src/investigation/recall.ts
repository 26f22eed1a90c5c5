import type { Person } from '../domain/behavior';
import { formatPlural } from '../domain/format';
import type { JudgedCause } from '../domain/memory';
import type { Run } from './run';

/** What earlier incidents taught. */
export interface Recalled {
  /** Whom the steps are for. */
  readonly person: Person;
  /** Words of that person on earlier causes; confidences are calibrated with them. */
  readonly judged: readonly JudgedCause[];
}

const NOTHING: Recalled = { person: { role: null, records: [] }, judged: [] };

/** What is remembered; nothing, and a problem, where it cannot be read. */
export async function recall(run: Run): Promise<Recalled> {
  const ask = run.deps.recall;
  if (ask === undefined) return NOTHING;
  return run.ask({
    agent: 'memory.recall',
    otherwise: NOTHING,
    ask,
    note: ({ judged, person: { records } }) => `${formatPlural(judged.length, 'judged cause')}, ${formatPlural(records.length, 'deed')}`,
  });
}
