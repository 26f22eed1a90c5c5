import type { ChangeFinding, Findings } from '../findings';
import { troubles } from './settled';
import { gaugesOf, isBad } from './signs';
import { CONNECTIONS, CPU, DISK, MEMORY, QUOTA, type Topic } from './topics';

/** What settings call the limits of a resource. */
const LIMITS: readonly (readonly [Topic, RegExp])[] = [
  [CONNECTIONS, /max_?connections|max_?conns|pool[ ._-]?(size|max|limit)|max[ ._-]?pool|connection[ ._-]?limit|maximumpoolsize/i],
  [MEMORY, /memory[ ._-]?(limit|request|size)|limits?\.memory|xmx|max_old_space|heap[ ._-]?(size|max)|shared_buffers|work_mem/i],
  [CPU, /cpu[ ._-]?(limit|request|quota|shares)|limits?\.cpu|vcpu/i],
  [QUOTA, /quota|rate[ ._-]?limit|throttl|capacity[ ._-]?units?|\brps\b/i],
  [DISK, /(storage|disk|volume)[ ._-]?(size|limit)|allocated storage|retention/i],
];
const LOWERED = /lower(ed|ing)?|reduc(ed|ing|e)|decreas(ed|ing|e)|shrunk|cut to|halved|tightened/i;
const FROM_TO = /(\d{1,15}(?:\.\d{1,15})?)\s{0,3}[a-z%]{0,4}\s*(?:to|→|->|=>)\s*(\d+(?:\.\d+)?)/i;
const LEAD_MS = 45 * 60_000;
const SLACK_MS = 5 * 60_000;
/** What a change is about is said at its beginning. */
const MAX_TEXT = 2_000;

/** Whether a change makes a limit of the resource smaller, by its words or its numbers. */
function lowers({ change }: ChangeFinding, words: RegExp): boolean {
  const text = `${change.title} ${change.text}`.slice(0, MAX_TEXT);
  const [, from, to] = FROM_TO.exec(text) ?? [];
  return words.test(text) && (LOWERED.test(text) || (from !== undefined && to !== undefined && Number(to) < Number(from)));
}

/**
 * Changes shortly before the onset that made the limit of a resource smaller which then ran out: the change is the cause, and the
 * exhaustion what follows from it.
 */
export function loweredLimits(findings: Findings, only: Topic | null = null): readonly ChangeFinding[] {
  return LIMITS.filter(([topic]) => only === null || topic === only).flatMap(([topic, words]) => {
    if (troubles(findings, topic).length === 0 && !gaugesOf(findings, topic).some(isBad)) return [];
    return findings.changes.filter((found) => {
      const { kind, timestampMs } = found.change;
      const isNear = timestampMs >= findings.onsetMs - LEAD_MS && timestampMs <= findings.onsetMs + SLACK_MS;
      return kind !== 'deployment' && isNear && lowers(found, words);
    });
  });
}
