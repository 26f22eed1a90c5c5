import { formatQuantity } from '../../domain/format';
import { type Explanation, explanation } from '../explanation';
import type { Findings, GaugeFinding, Statement } from '../findings';
import type { IncidentAnalyser } from './analyser';
import { busiestStatement, waitShare, waitsOf } from './databaseLoad';
import { replicationLag } from './replicationLag';
import { troubles } from './settled';
import { gaugesOf, idsOf, isBad, saying, says } from './signs';
import { CONTENTION, DISK, LAG } from './topics';

const QUEUE_STRENGTH = 0.75;
const LOCK_STRENGTH = 0.8;
const TOLD_BONUS = 0.15;
/** Sessions that wait for each other make up so much of the load, or it is not what holds the work up. */
const LOCK_SHARE = 0.4;
const LOCK_WAIT = /^lock[:.]|lwlock|deadlock|row lock|transactionid|tuple/i;

/**
 * Work that waits for other work: locks, a queue that grows, a replica that cannot replay what its primary writes, a disk whose
 * requests pile up. The alerting service's own or that of its replicas.
 */
export const contention: IncidentAnalyser = {
  type: 'contention',
  look(findings) {
    const gauges = [...gaugesOf(findings, LAG), ...gaugesOf(findings, CONTENTION)];
    const told = troubles(findings, CONTENTION);
    const explanations = [replicationLag(findings), locked(findings, told), queueing(findings, told)].filter((one) => one !== null);
    const [first] = explanations;
    const levels = gauges.slice(0, 3).map(({ metric, last, unit }) => `${metric} ${formatQuantity(last, unit)}`);
    const reason =
      levels.length === 0
        ? 'The database reports no sessions that wait for locks.'
        : `Work that waits for other work would be seen, and ${levels.join(', ')} did not grow.`;
    const isChecked = gauges.length > 0 || findings.databaseWork.length > 0;
    return {
      explanations: first === undefined ? [] : [first],
      check: {
        isInteresting: first !== undefined,
        summary:
          first === undefined
            ? isChecked
              ? `No contention: ${reason}`
              : 'Nothing that was read tells about locks, lag or queues.'
            : `${first.title}.`,
        evidence: first?.evidenceFor ?? idsOf(gauges, findings.databaseWork),
        unchecked: isChecked ? [] : ['lock waits, replication lag and queue lengths: none were found'],
      },
      ruledOut:
        first === undefined && isChecked
          ? [{ type: 'contention', service: findings.alerting, reason, evidence: idsOf(gauges, findings.databaseWork) }]
          : [],
    };
  },
};

/** Sessions that wait for locks; a database that is out of storage holds its locks because writes cannot end. */
function locked(findings: Findings, told: readonly Statement[]): Explanation | null {
  const share = waitShare(findings, LOCK_WAIT);
  const said = told.filter((one) => says(one, /lock/i));
  if (share < LOCK_SHARE && said.length === 0) return null;
  if (saying(findings, DISK).some(({ isTrouble }) => isTrouble) || gaugesOf(findings, DISK).some(isBad)) return null;
  const waits = waitsOf(findings).filter(({ name }) => LOCK_WAIT.test(name));
  const busiest = busiestStatement(findings);
  const service = said[0]?.service ?? findings.alerting;
  return explanation({
    kind: 'resource_exhaustion',
    title: `Work in ${service ?? 'the database'} waits for locks${waits[0] ? `: ${waits[0].name}` : ''}${busiest === null ? '' : `; ${busiest.words}`}`,
    service,
    evidenceClass: 'mechanism',
    strength: Math.min(1, (share >= LOCK_SHARE ? LOCK_STRENGTH : QUEUE_STRENGTH) + (said.length > 0 && share > 0 ? TOLD_BONUS : 0)),
    strengthReason: said.length > 0 ? 'errors or logs speak of locks' : 'most of the database load waits for locks',
    evidenceFor: idsOf(
      said.slice(0, 3),
      waits.slice(0, 1),
      (busiest?.evidence ?? []).map((evidence) => ({ evidence })),
    ),
    missing: ['who holds the lock: the blocking session and what it runs'],
  });
}

/** Requests to the disk that queue, or processors that wait for it. */
function waitsForDisk({ metric, resource, state }: GaugeFinding): boolean {
  const isWait = /queue|await|io_?wait/i.test(metric) && (resource === 'storage_io' || resource === 'queue');
  return isWait && (state === 'risen' || state === 'full');
}

function queueing(findings: Findings, told: readonly Statement[]): Explanation | null {
  const queues = findings.gauges.filter((gauge) => gauge.resource === 'queue' && isBad(gauge));
  const said = told.filter((one) => !says(one, /lock/i));
  const disk = findings.gauges.filter(waitsForDisk);
  const grown = queues.length > 0 ? queues : disk;
  const [worst] = grown;
  if (!worst && said.length === 0) return null;
  const busiest = busiestStatement(findings);
  const service = worst?.service ?? said[0]?.service ?? findings.alerting;
  const level = worst
    ? `${worst.metric} grew from ${formatQuantity(worst.first, worst.unit)} to ${formatQuantity(worst.last, worst.unit)}`
    : 'logs or events say so';
  return explanation({
    kind: 'resource_exhaustion',
    title: `Work piles up in ${service ?? 'a queue'}: ${level}${busiest === null ? '' : `; ${busiest.words}`}`,
    service,
    evidenceClass: said.length > 0 && worst ? 'mechanism' : 'association',
    strength: Math.min(1, QUEUE_STRENGTH + (said.length > 0 && worst ? TOLD_BONUS : 0)),
    strengthReason: level,
    evidenceFor: idsOf(
      grown.slice(0, 2),
      said.slice(0, 3),
      (busiest?.evidence ?? []).map((evidence) => ({ evidence })),
    ),
    missing: ['whether more work comes in or the work takes longer: the rates in and out of the queue'],
  });
}
