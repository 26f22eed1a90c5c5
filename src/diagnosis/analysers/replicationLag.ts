import { formatQuantity } from '../../domain/format';
import { type Explanation, explanation } from '../explanation';
import type { Findings } from '../findings';
import { busiestStatement } from './databaseLoad';
import { troubles } from './settled';
import { gaugesOf, idsOf, isBad } from './signs';
import { LAG } from './topics';

const LAG_STRENGTH = 0.85;
const TOLD_STRENGTH = 0.7;
const TOLD_BONUS = 0.15;

/** A replica that falls behind: by its lag, or by what is said where the lag is not measured. Writes are the usual reason. */
export function replicationLag(findings: Findings): Explanation | null {
  const lag = gaugesOf(findings, LAG).filter(isBad);
  const said = troubles(findings, LAG);
  const [worst] = lag;
  if (!worst && said.length === 0) return null;
  const writes = findings.gauges.filter(
    ({ resource, state }) => (resource === 'write_log' || resource === 'storage_io') && state === 'risen',
  );
  const busiest = busiestStatement(findings);
  const level = worst
    ? `${worst.metric} rose from ${formatQuantity(worst.first, worst.unit)} to ${formatQuantity(worst.last, worst.unit)}`
    : 'the lag itself is not measured, events tell of it';
  const cause =
    writes.length === 0
      ? 'replay does not keep up'
      : `writes grew far beyond what it can replay (${writes
          .slice(0, 2)
          .map(({ metric, first, last, unit }) => `${metric} ${formatQuantity(first, unit)} to ${formatQuantity(last, unit)}`)
          .join(', ')})`;
  return explanation({
    kind: 'resource_exhaustion',
    title: `Replication lag of ${worst?.service ?? said[0]?.service ?? findings.alerting ?? 'the replica'}: ${cause}${busiest === null ? '' : `; ${busiest.words}`}`,
    service: findings.alerting ?? worst?.service ?? null,
    evidenceClass: 'mechanism',
    strength: Math.min(1, (worst ? LAG_STRENGTH : TOLD_STRENGTH) + (writes.length > 0 ? TOLD_BONUS : 0)),
    strengthReason: `${level}; ${cause}`,
    evidenceFor: idsOf(
      lag,
      said.slice(0, 3),
      writes.slice(0, 3),
      (busiest?.evidence ?? []).map((evidence) => ({ evidence })),
    ),
    missing: worst
      ? ['what the writes are for, such as a batch, an import or a job that can be slowed down']
      : ['the replication lag metric itself, which is not reported'],
  });
}
