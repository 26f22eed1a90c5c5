import type { TimeWindow } from '../domain/timeSeries';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How the time around an alert is cut. */
export interface Windows {
  /** The quiet hour before: what is normal. It ends two minutes before the onset, so that a late onset does not leak in. */
  readonly baseline: TimeWindow;
  /** From the onset to now, two hours at most. */
  readonly incident: TimeWindow;
  /** Both and the gap between them. */
  readonly whole: TimeWindow;
}

const BASELINE_MS = HOUR_MS;
const GAP_MS = 2 * MINUTE_MS;
const MAX_INCIDENT_MS = 2 * HOUR_MS;
/** The alert's own history: 512 points of a minute, what the forecaster takes. */
const HISTORY_MS = 517 * MINUTE_MS;
const CHANGES_MS = 24 * HOUR_MS;
const COMMITS_MS = 14 * 24 * HOUR_MS;

export function windowsAround(onsetMs: number, nowMs: number): Windows {
  const end = Math.max(onsetMs + MINUTE_MS, Math.min(nowMs, onsetMs + MAX_INCIDENT_MS));
  const baseline = { fromMs: onsetMs - GAP_MS - BASELINE_MS, toMs: onsetMs - GAP_MS };
  const incident = { fromMs: onsetMs, toMs: end + 1 };
  return { baseline, incident, whole: { fromMs: baseline.fromMs, toMs: incident.toMs } };
}

/** Up to the present, so that a forecast starts from now. */
export function historyWindow(firedAtMs: number, nowMs: number): TimeWindow {
  return { fromMs: Math.min(firedAtMs - 2 * HOUR_MS, nowMs - HISTORY_MS), toMs: nowMs + 1 };
}

/** Where an alert's onset is looked for: an alert fires minutes after its cause, and old quiet says nothing. */
export function onsetWindow(firedAtMs: number, nowMs: number): TimeWindow {
  return { fromMs: firedAtMs - 90 * MINUTE_MS, toMs: Math.min(nowMs, firedAtMs + 15 * MINUTE_MS) + 1 };
}

/** Deployments and flags of the last day; commits of two weeks, since a flag or a cron job can wake older code. */
export function changesWindow(firedAtMs: number, nowMs: number): TimeWindow {
  return { fromMs: firedAtMs - CHANGES_MS, toMs: nowMs + 1 };
}

export function commitsWindow(firedAtMs: number, nowMs: number): TimeWindow {
  return { fromMs: firedAtMs - COMMITS_MS, toMs: nowMs + 1 };
}
