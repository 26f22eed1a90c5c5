import type { Findings, Statement } from '../findings';
import { saysThereIsRoom } from './room';
import { areWorkloadsWell, gaugesOf, isBad, saying, says } from './signs';
import { OVER, type Topic } from './topics';

/** Words of the objects that a container platform runs. */
const WORKLOAD = /\b(pods?|deployment|replicaset|statefulset|container|kubelet|nodes? (are|is))\b/i;

/**
 * Whether what a statement reports is no longer so, or never was as bad as it sounds: the platform shows all workloads as wanted
 * now, the gauges of its topic are at their usual level or came back, its own numbers leave room, or it was said to be over later.
 * The present state counts more than an old event.
 */
export function isSettled(statement: Statement, topic: Topic, findings: Findings): boolean {
  const { text, source, lastMs, service } = statement;
  if (topic.isCounted && saysThereIsRoom(text)) return true;
  if ((source === 'event' || WORKLOAD.test(text)) && WORKLOAD.test(text) && areWorkloadsWell(findings)) return true;
  const gauges = gaugesOf(findings, topic).filter((gauge) => gauge.movedAtMs !== null || gauge.last !== 0);
  if (source === 'event' && gauges.length > 0 && !gauges.some((gauge) => isBad(gauge) || gauge.state === 'risen')) return true;
  return findings.statements.some(
    (later) => later.source !== 'alert' && later.service === service && later.atMs > lastMs && !later.isTrouble && says(later, OVER),
  );
}

/** What systems say about a topic that is still so. */
export function troubles(findings: Findings, topic: Topic): readonly Statement[] {
  return saying(findings, topic).filter((statement) => statement.isTrouble && !isSettled(statement, topic, findings));
}
