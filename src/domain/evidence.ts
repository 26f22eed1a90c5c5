import type { EvidenceDetail } from './evidenceDetail';
import type { CodeLocation, StackException, WorkingTreeLocation } from './frame';
import type { Json } from './json';

export type EvidenceKind = 'monitor' | 'metric' | 'logs' | 'spans' | 'trace' | 'error' | 'change' | 'commit' | 'dependency' | 'forecast';

/** A fact that was found, with where it came from. Ids are unique within an investigation (`E1`, `E2`, …). */
export interface Evidence {
  readonly id: string;
  readonly kind: EvidenceKind;
  /** The system that said it: `datadog`, `git`, `aidog`. */
  readonly source: string;
  /** The exact query or command that produces it again. */
  readonly query: string;
  /** ISO 8601 UTC bounds of what was looked at; null for facts without a time range. */
  readonly from: string | null;
  readonly to: string | null;
  readonly summary: string;
  readonly value: Json;
  /** Web page that shows the same, or null. */
  readonly link: string | null;
  /** What a view can draw of it. */
  readonly detail?: EvidenceDetail;
  /** The stack trace behind it, innermost exception last, or the one line that wrote a log message; frames mapped to the workspace. */
  readonly stack?: readonly MappedException[];
}

/** A stack frame together with its place in the workspace. */
export interface MappedFrame {
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly kind: string;
  readonly workspace: WorkingTreeLocation | null;
  readonly reason: string;
}

export interface MappedException extends Omit<StackException, 'frames'> {
  readonly frames: readonly MappedFrame[];
}

/** A source location that telemetry touched, with what was measured there. Feeds CodeLens. */
export interface CodeHit {
  readonly location: CodeLocation;
  readonly workspace: WorkingTreeLocation | null;
  readonly service: string;
  readonly resource: string | null;
  readonly requests: number;
  readonly errors: number;
  readonly p95Ms: number | null;
  readonly baselineP95Ms: number | null;
  /** Epoch milliseconds of the newest span that was counted here. */
  readonly lastSeenMs?: number;
  /** What the newest of the errors said, for a line that errors came out of. */
  readonly error?: string;
}
