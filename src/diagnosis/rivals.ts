import type { EvidenceClass } from '../domain/hypothesis';
import { upstreamOf } from '../signals/topology';
import type { Findings } from './findings';

/** What changed or broke, and what such a thing makes happen: a consequence does not rival its root. */
const ROOTS: ReadonlySet<string> = new Set([
  'code_change',
  'configuration_change',
  'feature_flag',
  'dependency_outage',
  'infrastructure_outage',
]);
const CONSEQUENCES: ReadonlySet<string> = new Set(['resource_exhaustion', 'traffic_surge']);

/** What of an explanation or a hypothesis decides whom it rivals. */
export interface Claim {
  readonly kind: string;
  readonly service: string | null;
  readonly commit: string | null;
  readonly evidenceClass?: EvidenceClass;
}

/**
 * Whether another explanation speaks of another cause. The same code seen as defect and as change is one cause, a place is no
 * rival of a cause in it, and not knowing rivals nothing.
 */
export function isRival(one: Claim, other: Claim): boolean {
  if (one === other || one.kind === 'unknown' || other.kind === 'unknown') return false;
  const isCode = ({ kind }: Claim) => kind === 'code_change' || kind === 'code_defect';
  if (isCode(one) && isCode(other)) return one.commit !== null && other.commit !== null && one.commit !== other.commit;
  /** More requests use up what a service has: the two are one story. */
  if (CONSEQUENCES.has(one.kind) && CONSEQUENCES.has(other.kind) && one.kind !== other.kind) return one.service !== other.service;
  const isPlace = one.kind === 'localised_fault' || other.kind === 'localised_fault';
  if (isPlace && one.kind !== 'healthy' && other.kind !== 'healthy') return one.service !== other.service;
  return !(one.evidenceClass !== 'timing' && ROOTS.has(one.kind) && CONSEQUENCES.has(other.kind));
}

/** Errors that begin elsewhere speak against an explanation that blames this service; those of its callers follow from its own. */
export function counterEvidence(one: Pick<Claim, 'kind' | 'service'>, { graph, failures }: Findings): readonly string[] {
  if (one.service === null || one.kind === 'healthy' || one.kind === 'unknown') return [];
  if (failures.some(({ service }) => service === one.service)) return [];
  const callers = new Set(upstreamOf(graph, one.service));
  const elsewhere = failures.filter(({ service }) => service !== one.service && !callers.has(service));
  return elsewhere.slice(0, 2).map(({ evidence }) => evidence);
}
