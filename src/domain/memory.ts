import type { BehaviorRecord } from './behavior';
import type { Hypothesis } from './hypothesis';

/** Where AIDog keeps what it learns from incident to incident, and whom it works for. */
export interface MemorySettings {
  /** A folder of AIDog's own; null: nothing is remembered. */
  readonly dir: string | null;
  /** A folder with runbooks that belong to no repository; null for none. */
  readonly runbooksDir: string | null;
  /** What the person calls their role; null where they did not say. */
  readonly role: string | null;
}

/** What a hypothesis claims, since different claims come true to a different degree. */
export const claimGroups = ['commit', 'cause', 'place', 'healthy'] as const;
export type ClaimGroup = (typeof claimGroups)[number];

/** What a person says of the first hypothesis of an investigation. */
export interface CauseJudgement {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly runId: string;
  readonly hypothesis: Pick<Hypothesis, 'kind' | 'commit' | 'confidence' | 'rawConfidence' | 'confidenceFactors' | 'isDoubted'>;
  readonly isRight: boolean;
}

/** The same as it is kept. */
export interface JudgedCause {
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** The investigation; of several words on one the newest counts. */
  readonly runId: string;
  readonly group: ClaimGroup;
  /** What the formula gave before calibration, 0..1. */
  readonly raw: number;
  /** How much of what such a claim draws on had been read, 0..1. */
  readonly coverage: number;
  readonly isRight: boolean;
}

/** What is remembered, oldest first. */
export interface Learned {
  readonly judged: readonly JudgedCause[];
  readonly deeds: readonly BehaviorRecord[];
}
