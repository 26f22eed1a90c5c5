import { setImmediate as turn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Clock, Log, Telemetry } from '../domain/ports';
import type { SurveyProgress, SurveyReport } from '../domain/survey';
import { type SurveyQuestion, surveyServices } from '../investigation/home/surveyServices';

export interface SurveySources {
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly onProgress: (progress: SurveyProgress) => void;
  readonly clock?: Clock;
}

/** A report is given again for so long. */
const KEPT_MS = 60_000;
const MAX_KEPT = 8;

const kept = new WeakMap<Telemetry, LRUCache<string, SurveyReport>>();

/** {@link surveyServices} as of now; a report without problems that is younger than a minute is given again without a call. */
export async function surveyServicesOnce(question: SurveyQuestion, sources: SurveySources, signal: AbortSignal): Promise<SurveyReport> {
  const { telemetry, log, onProgress, clock = { nowMs: () => Date.now() } } = sources;
  const reports = kept.get(telemetry) ?? new LRUCache({ max: MAX_KEPT });
  kept.set(telemetry, reports);
  const key = JSON.stringify([question.env, question.hours]);
  const known = reports.get(key);
  if (known && clock.nowMs() - known.takenAtMs < KEPT_MS) return known;
  const report = await surveyServices(question, { telemetry, clock, log, onProgress, pause: () => turn() }, signal);
  if (report.problems.length === 0) reports.set(key, report);
  return report;
}
