import type { Culprit } from '../../domain/hypothesis';

/** What a sign is read from. */
export type SignKind =
  | 'errors'
  | 'log_change'
  | 'self_time'
  | 'hop_gap'
  | 'repeated_calls'
  | 'missing_calls'
  | 'last_answer'
  | 'saturation'
  | 'work_rate'
  | 'restarts'
  | 'latency'
  | 'failure_rate'
  | 'correlation'
  | 'load'
  | 'change'
  | 'path'
  | 'alerting';

/** One reason to think that the trouble began in a service. */
export interface Sign {
  readonly service: string;
  readonly kind: SignKind;
  /** 0..1: how plain it is, before its kind is weighed. */
  readonly score: number;
  /** A sentence part that a person can check, such as `CPU rose from 5 % to 86 %`. */
  readonly reason: string;
  readonly evidence: string | null;
}

/** The service where the trouble most likely began. */
export interface BestCulprit {
  readonly service: string;
  /** Whether calls lead there from the alerting service and no callee of it explains its signs; null where the calls are not known. */
  readonly isPathVerified: boolean | null;
  /** 0..1: how far it leads over the second, as a share of its own score. */
  readonly margin: number;
  /** Strongest first. */
  readonly signs: readonly Sign[];
}

/** Which service is at fault. */
export interface Localisation {
  /** Every service, best first. */
  readonly culprits: readonly Culprit[];
  /** null where no service is known. */
  readonly best: BestCulprit | null;
}

/** 0..1 for a change score (1 noticeable, 3 plain): half at 2, so that what is barely noticeable counts for little. */
export function plainness(score: number): number {
  return score ** 2 / (score ** 2 + 4);
}
