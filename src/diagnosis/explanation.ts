import type { CodeLocation, WorkingTreeLocation } from '../domain/frame';
import type { EvidenceClass } from './confidence';

export type ExplanationKind =
  | 'code_change'
  | 'code_defect'
  | 'dependency_outage'
  | 'infrastructure_outage'
  | 'configuration_change'
  | 'feature_flag'
  | 'resource_exhaustion'
  | 'traffic_surge'
  /** It began there, and nothing shows why. */
  | 'localised_fault'
  | 'healthy'
  | 'unknown';

/** An explanation before it is weighed against the others. */
export interface Explanation {
  readonly kind: ExplanationKind;
  readonly title: string;
  readonly service: string | null;
  readonly commit: string | null;
  readonly location: CodeLocation | null;
  readonly workspace: WorkingTreeLocation | null;
  readonly evidenceClass: EvidenceClass;
  /** 0..1, see {@link EvidenceClass}. */
  readonly strength: number;
  readonly strengthReason: string;
  readonly evidenceFor: readonly string[];
  readonly evidenceAgainst: readonly string[];
  readonly missing: readonly string[];
}

type Required = Pick<Explanation, 'kind' | 'title' | 'service' | 'evidenceClass' | 'strength' | 'strengthReason' | 'evidenceFor'>;

/** Fills in what most explanations lack. */
export function explanation(given: Required & Partial<Explanation>): Explanation {
  return { commit: null, location: null, workspace: null, evidenceAgainst: [], missing: [], ...given };
}
