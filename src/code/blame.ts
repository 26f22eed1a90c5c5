import type { RankedSuspect } from './suspectInput';

/** Nobody is to be blamed for a commit that scores less. */
export const BLAME_BAR = 0.5;
/** How far the next suspect must lie behind. */
const LEAD = 0.05;

/** What else explains the incident, such as a provider's outage; with it only direct evidence blames a commit. */
export interface Exoneration {
  readonly reason: string;
  /** The fact that says so; null when it is the telemetry as a whole. */
  readonly evidence: string | null;
}

type Judged = Pick<RankedSuspect, 'sha' | 'score' | 'evidenceClass' | 'isDirect' | 'explains'>;

/**
 * Whether a commit is to blame, by raw scores alone: more than timing and more than a shared file speaks for it, it is ahead of
 * every other suspect, and where something else explains the incident, telemetry points at this very change. A false accusation
 * is worse than none, so doubt means no.
 */
export function isToBlame(suspect: Judged, suspects: readonly Judged[], exonerations: readonly Exoneration[]): boolean {
  if (suspect.score < BLAME_BAR || suspect.evidenceClass === 'time_only' || suspect.evidenceClass === 'same_file') return false;
  if (!suspect.isDirect && (exonerations.length > 0 || isVague(suspect))) return false;
  return suspects.every((other) => other.sha === suspect.sha || other.score <= suspect.score - LEAD);
}

/** Anything may make errors: a mechanism that fits only because there are some, of which nothing is known, blames nobody. */
const isVague = ({ evidenceClass, explains }: Judged) => evidenceClass === 'mechanism' && explains.every((kind) => kind === 'errors');
