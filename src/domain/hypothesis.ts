import type { CodeLocation, WorkingTreeLocation } from './frame';

/** One explanation of the incident. */
export interface Hypothesis {
  readonly id: string;
  readonly title: string;
  readonly service: string | null;
  /** Mechanism, such as `code_change`, `dependency_outage`, `configuration_change`, `resource_exhaustion`. */
  readonly kind: string;
  /** 0..1, computed by code; see `src/diagnosis/confidence.ts`. */
  readonly confidence: number;
  readonly commit: string | null;
  /** The place at the deployed commit. */
  readonly location: CodeLocation | null;
  /** The same place in the working tree. */
  readonly workspace: WorkingTreeLocation | null;
  readonly evidenceFor: readonly string[];
  readonly evidenceAgainst: readonly string[];
  /** What could not be checked, or would settle it. */
  readonly missing: readonly string[];
  /** How the confidence came about, a factor a line. */
  readonly confidenceFactors: readonly ConfidenceFactor[];
  /** What the formula gave before it was calibrated from outcomes. */
  readonly rawConfidence?: number;
  /** Whether calls from the alerting service lead to it and the signs lie along them, or the very place was seen to fail. */
  readonly isVerified?: boolean;
  /** How decisive its best evidence is; see `src/diagnosis/confidence.ts`. */
  readonly evidenceClass?: EvidenceClass;
  /** Whether its commit was weighed and found not to blame: a lead, whose confidence stays what the formula gave. */
  readonly isDoubted?: boolean;
  /** Why it happened, in two or three sentences for a person; cites evidence ids in brackets. */
  readonly explanation?: string;
  /** What to look at next to settle it; null when nothing is missing. */
  readonly nextQuery?: NextQuery | null;
}

/**
 * How decisive the best evidence for an explanation is:
 * - `decisive`: the mechanism is seen at the very place that the explanation names (a failing frame in a changed line);
 * - `mechanism`: the mechanism is seen (calls repeat, a peer refuses, a resource is at its limit);
 * - `localised`: signals agree on one place along calls that are known, and nothing deeper explains them; why is not seen;
 * - `association`: several signals agree, none shows the mechanism;
 * - `timing`: it came shortly before, and that is all;
 * - `absence`: it is what remains when nothing else was found.
 */
export type EvidenceClass = 'decisive' | 'mechanism' | 'localised' | 'association' | 'timing' | 'absence';

/** A question whose answer would settle a hypothesis. */
export interface NextQuery {
  readonly title: string;
  readonly source: 'metrics' | 'logs' | 'spans' | 'changes' | 'code' | 'person';
  /** In the source's own syntax; empty for a person. */
  readonly query: string;
  readonly link: string | null;
}

export interface ConfidenceFactor {
  readonly name: string;
  readonly value: number;
  readonly reason: string;
}

export interface Culprit {
  readonly service: string;
  readonly score: number;
}

export interface SuspectCommit {
  readonly sha: string;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly title: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly committedAt: string;
}
