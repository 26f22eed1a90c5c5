import type { Findings } from '../../diagnosis/findings';
import type { Evidence } from '../../domain/evidence';
import type { Hypothesis } from '../../domain/hypothesis';
import type { Verdict } from '../../domain/incident';
import type { Step } from '../../domain/investigation';

export interface GuideInput {
  readonly hypotheses: readonly Hypothesis[];
  readonly verdict: Verdict;
  readonly rootCauseCommit: string | null;
  readonly findings: Findings;
  readonly evidence: readonly Evidence[];
}

/** A step before it has its place; it belongs to the best hypothesis unless it says otherwise. */
export type Draft = Omit<Step, 'id' | 'hypothesis'> & { readonly hypothesis?: string };

/** Nobody has to look for what is missing of an explanation that stands as well as this. */
export const SURE = 0.7;

/** A step for which a hypothesis' facts speak. */
export function advice(action: Step['action'], title: string, rationale: string, minutes: number, { evidenceFor }: Hypothesis): Draft {
  return { title, rationale, action, minutes, evidence: evidenceFor.slice(0, 3), link: null };
}
