import type { MechanismKind } from '../code/mechanism';
import type { SymptomKind } from '../code/symptomKinds';
import type { CodeLocation, WorkingTreeLocation } from '../domain/frame';
import type { EvidenceClass } from './confidence';

/** A commit that may be to blame, with the best that speaks for it. */
export interface CodeSuspect {
  readonly sha: string;
  readonly title: string;
  /** The service that it would have broken: the one that runs it, or one that this calls. */
  readonly service: string | null;
  /** 0..1. */
  readonly score: number;
  readonly reasons: readonly string[];
  readonly evidenceClass: EvidenceClass;
  /** The line that it changed and that does the harm; null when the diff shows none. */
  readonly location: CodeLocation | null;
  readonly workspace: WorkingTreeLocation | null;
  readonly evidence: string;
  /** What kind of change its diff shows, and which of the symptoms that are seen it brings about. */
  readonly mechanism: MechanismKind | null;
  readonly explains: readonly SymptomKind[];
  /** Whether the evidence is good enough to blame it: decided from raw scores, rivals and what else explains the incident. */
  readonly isToBlame: boolean;
}

/** Where our own code fails or is slow: the innermost line that is known. */
export interface FailingPlace {
  readonly service: string;
  readonly location: CodeLocation;
  readonly workspace: WorkingTreeLocation | null;
  readonly evidence: string;
  /** Whether this very line fails or makes the calls, rather than the handler that leads there. */
  readonly isExact: boolean;
}

/** What the code says about the findings. */
export interface CodeFindings {
  readonly hasRepository: boolean;
  readonly suspects: readonly CodeSuspect[];
  readonly place: FailingPlace | null;
  /** Commits that run, or were deployed, and that no open repository holds. */
  readonly absentCommits: readonly string[];
}
