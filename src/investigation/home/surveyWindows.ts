import type { TimeWindow } from '../../domain/timeSeries';

/** How the time of a survey is cut. */
export interface SurveyWindows {
  /** In which anomalies are looked for. */
  readonly watched: TimeWindow;
  /** The same with two hours before, which say what is usual; by the minute. */
  readonly fine: TimeWindow;
  /** The day before that, in steps of five minutes. */
  readonly dayBefore: TimeWindow;
}

export const FINE_STEP_SEC = 60;
export const COARSE_STEP_SEC = 300;
const HOUR_MS = 3_600_000;
const LEAD_IN_MS = 2 * HOUR_MS;
/** Agents send what they counted some ten seconds later; the newest minute is waited for. */
const SETTLED_MS = 20_000;

/** Ends with the last whole minute, so that no minute is counted in part. The day before begins with a whole step. */
export function surveyWindows(nowMs: number, hours: number): SurveyWindows {
  const stepMs = FINE_STEP_SEC * 1000;
  const toMs = Math.floor((nowMs - SETTLED_MS) / stepMs) * stepMs;
  const fromMs = toMs - hours * HOUR_MS - LEAD_IN_MS;
  const coarseMs = COARSE_STEP_SEC * 1000;
  const dayToMs = Math.ceil(fromMs / coarseMs) * coarseMs;
  return {
    watched: { fromMs: toMs - hours * HOUR_MS, toMs },
    fine: { fromMs, toMs },
    dayBefore: { fromMs: dayToMs - 24 * HOUR_MS, toMs: dayToMs },
  };
}
