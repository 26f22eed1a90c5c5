import type { Change, Commit } from '../domain/change';
import { formatDateTime, formatDuration } from '../domain/format';
import { deploymentsFor } from './carriers';
import { isSameCommit } from './frameClues';
import type { SuspectInput } from './suspectInput';

export interface Arrival {
  /** 0..1: how well the time at which the commit began to run fits the onset. */
  readonly factor: number;
  /** The same for a change that acts slowly, which may run for long without a sign. */
  readonly lasting: number;
  readonly reason: string;
}

const HOUR_MS = 3_600_000;
/** What was made this long before the onset has not run for long, whichever deployment brought it. */
const FRESH_MS = 6 * HOUR_MS;
/** Clocks of Git, the deployment and the telemetry differ this much. */
const SKEW_MS = 120_000;

/**
 * When a commit began to run, and whether it can have caused an onset. Null when it cannot: made after the onset, or in
 * none of the deployments before it, or never pushed. All that arrived within a day of the onset counts alike: the last has no advantage.
 */
export function arrivalOf(commit: Commit, input: SuspectInput): Arrival | null {
  if (commit.timestampMs > input.onsetMs + SKEW_MS) return null;
  const carrier = input.carriers?.get(commit.sha);
  if (carrier === null) return null;
  if (carrier === undefined && input.unpushed?.has(commit.sha) === true) return null;
  if (carrier !== undefined) {
    const { deployment } = carrier;
    if (deployment.timestampMs > input.onsetMs + SKEW_MS) return null;
    return carrier.isArrival ? arrivedWith(deployment, input.onsetMs) : ranBefore(commit, deployment, input);
  }
  return byTime(commit, input);
}

/** Since when a commit runs, as far as is known; null when no deployment carried it, or it was never pushed. */
export function runsSinceMs(commit: Commit, input: SuspectInput): number | null {
  const carrier = input.carriers?.get(commit.sha);
  if (carrier === null) return null;
  if (carrier !== undefined) return carrier.deployment.timestampMs;
  if (input.unpushed?.has(commit.sha) === true) return null;
  const relevant = deploymentsFor(commit.files, input.deployments, input.service);
  return relevant.length === 0 ? commit.timestampMs : (carrierByTime(commit, relevant)?.timestampMs ?? null);
}

function arrivedWith(deployment: Change, onsetMs: number): Arrival {
  const beforeMs = Math.max(0, onsetMs - deployment.timestampMs);
  const name = [deployment.service, deployment.version].filter((part) => part !== null).join(' ');
  const when = `${formatDateTime(deployment.timestampMs, { timeZone: 'UTC' })} UTC, ${beforeMs === 0 ? 'at the onset' : `${formatDuration(beforeMs)} before the onset`}`;
  return { ...timely(fading(beforeMs)), reason: `arrived with the deployment${name === '' ? '' : ` of ${name}`} at ${when}` };
}

/**
 * The oldest deployment that is known contains it already, so it may have run for long; surely when another one followed. A
 * commit that was made just before the onset cannot have: it came between then and the onset.
 */
function ranBefore(commit: Commit, oldest: Change, { deployments, onsetMs, service }: SuspectInput): Arrival {
  const isFresh = onsetMs - commit.timestampMs <= FRESH_MS;
  if (isFresh) return arrivedWith(oldest, onsetMs);
  const followed = deploymentsFor(commit.files, deployments, service).some(
    (change) => change.timestampMs > oldest.timestampMs && change.timestampMs <= onsetMs + SKEW_MS,
  );
  const age = Math.min(fading(onsetMs - oldest.timestampMs), fading(onsetMs - commit.timestampMs));
  return { ...timely(age * 0.8), factor: age * (followed ? 0.4 : 0.8), reason: 'was already in the oldest deployment that is known' };
}

const timely = (factor: number) => ({ factor, lasting: Math.sqrt(factor) });

/** Full for a day, then the longer it ran without trouble the less: half after four days, an eighth after two weeks. */
export function fading(beforeMs: number): number {
  const days = beforeMs / (24 * HOUR_MS);
  return days <= 1 ? 1 : Math.max(0.05, 1 / (1 + (days - 1) / 3));
}

/** Without Git's word: a deployment names the commit, or followed it soonest. */
function byTime(commit: Commit, input: SuspectInput): Arrival {
  const relevant = deploymentsFor(commit.files, input.deployments, input.service);
  const next = carrierByTime(commit, relevant);
  const beforeMs = input.onsetMs - commit.timestampMs;
  if (next === undefined)
    return { ...timely(0.9 * fading(beforeMs)), reason: `was committed ${formatDuration(Math.max(0, beforeMs))} before the onset` };
  if (next.timestampMs > input.onsetMs + SKEW_MS) {
    return { ...timely(0.6), reason: 'no deployment between the commit and the onset is known' };
  }
  const arrived = arrivedWith(next, input.onsetMs);
  return isNamedBy(next, commit) ? arrived : { ...timely(arrived.factor * 0.95), reason: `probably ${arrived.reason}` };
}

const isNamedBy = (change: Change, { sha }: Commit) => change.commit !== null && isSameCommit(change.commit, sha);

/** The deployment that names the commit, else the first after it. */
const carrierByTime = (commit: Commit, deployments: readonly Change[]) =>
  deployments.find((change) => isNamedBy(change, commit)) ?? deployments.find((change) => change.timestampMs >= commit.timestampMs);
