import type { Change, Commit } from '../domain/change';
import type { CodeLocation } from '../domain/frame';
import type { SuspectCommit } from '../domain/hypothesis';
import type { Carriers } from './carriers';
import type { FrameHistory } from './frameHistory';
import type { Mechanism, MechanismKind } from './mechanism';
import type { SymptomKind } from './symptomKinds';
import type { FileDiff } from './unifiedDiff';

/** An application frame of the errors, or the handler that was slow; repository path and line at the deployed commit. */
export interface FailingFrame {
  readonly path: string;
  readonly line: number;
  readonly function: string | null;
}

export interface SuspectInput {
  readonly commits: readonly Commit[];
  /** Innermost first: the first one failed, the others called it. */
  readonly failingFrames: readonly FailingFrame[];
  /** What `Repository.blame` names for the innermost failing line. */
  readonly blamed: readonly string[];
  /** What Git says about the lines and functions of the failing frames, from `frameHistories`. */
  readonly histories?: readonly FrameHistory[];
  /** Commits that no remote has: they are on somebody's desk and cannot have run, unless a deployment carried them. */
  readonly unpushed?: ReadonlySet<string>;
  /** What the judged service's own errors and messages say. */
  readonly errorText: string;
  /** What other services say that suffer too: words to look for, no symptoms of this one. */
  readonly otherText?: string;
  /** The kinds of symptoms that are seen; read from `errorText` when absent. */
  readonly symptoms?: ReadonlySet<SymptomKind>;
  /** Metrics that changed their level, to be compared with numbers that a commit set. */
  readonly levels?: readonly LevelChange[];
  /** Services that the judged one calls, directly or through others, or that call it; absent where its calls are not known. */
  readonly connected?: ReadonlySet<string>;
  /** Operations of the judged service and those below it that became slower: usual duration, and since the onset. */
  readonly slowedCalls?: readonly SlowedCall[];
  /** Switches of feature flags, whichever service they are of. */
  readonly flags?: readonly Change[];
  /** `caller`: the service calls the one that fails, `callee`: it is called by it; so that how it calls, or what it answers, counts. */
  readonly role?: 'failing' | 'caller' | 'callee';
  /** Resources of failing or slow spans: routes, URLs. */
  readonly resources: readonly string[];
  /** Query texts of failing or slow spans. */
  readonly queries: readonly string[];
  /** The service that fails first; null when it is not known. */
  readonly service: string | null;
  readonly symptom: 'errors' | 'latency' | 'other';
  readonly onsetMs: number;
  readonly deployments: readonly Change[];
  /** From `findCarriers`; without it, times and commit ids of the deployments have to do. */
  readonly carriers?: Carriers;
}

/** Median durations in milliseconds. */
export interface SlowedCall {
  readonly beforeMs: number;
  readonly duringMs: number;
}

/** Medians of a metric before and during the incident. */
export interface LevelChange {
  readonly metric: string;
  readonly before: number;
  readonly during: number;
}

export type EvidenceClass = 'blamed_line' | 'same_function' | 'same_file' | 'mechanism' | 'lexical' | 'time_only';

export interface RankedSuspect extends SuspectCommit {
  /** The place in the commit's own version of the file that looks most at fault; line 1 when the diff has no numbers. */
  readonly location: CodeLocation | null;
  /** Kind of the mechanism that the diff shows, such as `query_in_loop`. */
  readonly mechanism: MechanismKind | null;
  /** The kinds of symptoms that are seen and that this mechanism makes. */
  readonly explains: readonly SymptomKind[];
  /** The strongest kind of evidence. */
  readonly evidenceClass: EvidenceClass;
  /** Whether telemetry points at this very change: a failing line, a name or a number that it brought in. */
  readonly isDirect: boolean;
}

/** A commit with its diff read. */
export interface Candidate {
  readonly commit: Commit;
  readonly files: readonly FileDiff[];
  readonly mechanisms: readonly Mechanism[];
  readonly words: ReadonlySet<string>;
  /** The added, and the removed, lines of all files. */
  readonly addedText: string;
  readonly removedText: string;
  /** From `plainTextOf`. */
  readonly plainText: string;
}

/** One reason to suspect a commit. */
export interface Clue {
  readonly kind: EvidenceClass;
  /** 0..1: how likely it is the cause if this were all that is known and it had just arrived in the failing service. */
  readonly weight: number;
  readonly reason: string;
  readonly location: CodeLocation | null;
  readonly mechanism: MechanismKind | null;
  readonly explains: readonly SymptomKind[];
  /** See {@link RankedSuspect.isDirect}. */
  readonly isDirect: boolean;
}
