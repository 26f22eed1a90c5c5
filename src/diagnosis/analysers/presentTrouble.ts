import type { Findings, GaugeFinding } from '../findings';
import { misconfiguration } from './misconfiguration';
import { platformOutages } from './platformOutage';
import { troubles } from './settled';
import { idsOf, isBad, troubledWorkloads } from './signs';
import { CERTIFICATE, CONNECTIONS, CONTENTION, CPU, CRASH, DISK, LAG, MEMORY, NETWORK, QUOTA } from './topics';

const TOPICS = [MEMORY, CPU, CONNECTIONS, DISK, QUOTA, CERTIFICATE, CONTENTION, LAG, CRASH, NETWORK];

/**
 * What gauges, workloads and systems say is wrong at this moment, as evidence. What was wrong earlier and is settled is not among
 * it.
 */
export function presentTrouble(findings: Findings): readonly string[] {
  const told = TOPICS.flatMap((topic) => troubles(findings, topic));
  const causes = [misconfiguration(findings), ...platformOutages(findings)].flatMap((one) => one?.evidenceFor ?? []);
  return [...new Set([...idsOf(findings.gauges.filter(isBad), troubledWorkloads(findings), told), ...causes])];
}

/** What the alert is about, by its words, and the gauges that would show it. */
const ABOUT: readonly (readonly [RegExp, readonly string[]])[] = [
  [/cpu|processor/i, ['cpu']],
  [/memory|\boom|heap/i, ['memory']],
  [/storage|disk|volume/i, ['disk']],
  [/connection|pool/i, ['connections']],
  [/replica(tion)? ?lag|stale|replication/i, ['replication']],
  [/latency|slow|response time/i, ['latency']],
  [/\b5xx\b|error rate|requests? (are )?fail|failing requests/i, ['errors']],
];

/** What is counted without a known limit and stands far above where it began, at its highest, may be close to one. */
const CLIMB = 1.4;
const AT_TOP = 0.9;

function isClimbing({ resource, first, worst, last }: GaugeFinding): boolean {
  return (resource === 'connections' || resource === 'queue') && first > 0 && last > CLIMB * first && last >= AT_TOP * worst;
}

/** Whether the gauges that the alert speaks of were read and are at their usual level or back; null where it speaks of none. */
export function isAlertedGaugeWell({ statements, gauges }: Findings): boolean | null {
  const alert = statements.find(({ source }) => source === 'alert')?.text ?? '';
  const resources = new Set(ABOUT.flatMap(([words, names]) => (words.test(alert) ? names : [])));
  if (resources.size === 0) return null;
  const shown = gauges.filter(({ resource }) => resources.has(resource));
  return shown.length > 0 && !shown.some((gauge) => isBad(gauge) || isClimbing(gauge));
}
