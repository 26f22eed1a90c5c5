import { AppError, isCancellation, messageFor } from '../../domain/errors';
import type { Clock, Log, Telemetry } from '../../domain/ports';
import type { ServiceAnomaly, SurveyProgress, SurveyReport } from '../../domain/survey';
import { serviceStates } from '../../domain/survey';
import type { TimeWindow } from '../../domain/timeSeries';
import { type ServiceCounts, serviceCounts, serviceKey, sum } from './serviceCounts';
import { COMMON_OPERATIONS, MAX_OPERATIONS, operationQueries, operationsAmong } from './surveyQueries';
import { type Surveyed, surveyService } from './surveyService';
import { COARSE_STEP_SEC, FINE_STEP_SEC, surveyWindows } from './surveyWindows';

export interface SurveyQuestion {
  /** null for all environments. */
  readonly env: string | null;
  /** How far back anomalies are looked for. */
  readonly hours: number;
}

export interface SurveyDeps {
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly log: Log;
  readonly onProgress: (progress: SurveyProgress) => void;
  /** Awaited after each service, so that whoever shares the thread gets a turn. */
  readonly pause: () => Promise<void>;
}

const MAX_SERVICES = 200;
const MAX_ANOMALIES = 50;

/**
 * Looks at every service that Datadog traces: how it stands now against what is usual, and what was unusual in the last hours.
 * Three calls: the names of metrics, the newest hours, the day before; the latter two cost up to two more each when Datadog
 * refuses a query. Rejects when the newest hours cannot be read; all other failures become problems.
 */
export async function surveyServices(question: SurveyQuestion, deps: SurveyDeps, signal: AbortSignal): Promise<SurveyReport> {
  const { telemetry, clock, onProgress } = deps;
  const callsBefore = telemetry.apiCalls();
  const problems: string[] = [];
  const windows = surveyWindows(clock.nowMs(), question.hours);
  const read = async (operations: readonly string[], window: TimeWindow, stepSec: number) => {
    const queries = operations.flatMap((operation) => operationQueries(operation, question.env, stepSec));
    const counts = serviceCounts(operations, await telemetry.queryMetrics(queries, window, signal), window, stepSec);
    return question.env === null ? counts : counts.filter(({ env }) => env === question.env);
  };
  onProgress({ doing: 'Asking which services there are', share: 0.02 });
  const operations = await findOperations(windows.dayBefore.fromMs, deps, problems, signal);
  onProgress({ doing: 'Reading requests, errors and latency', share: 0.15 });
  const found = await read(operations, windows.fine, FINE_STEP_SEC);
  const services = busiest(found, problems);
  onProgress({ doing: 'Reading the day before', share: 0.45 });
  const entries = operations.filter((operation) => services.some((one) => one.operation === operation));
  const before =
    services.length === 0 ? [] : await optional(() => read(entries, windows.dayBefore, COARSE_STEP_SEC), [], deps.log, problems, signal);
  const surveyed = await lookAtAll(services, before, (own, past) => surveyService(own, past, windows, telemetry), deps, signal);
  return {
    takenAtMs: clock.nowMs(),
    window: windows.watched,
    env: question.env,
    envs: [...new Set(services.flatMap(({ env }) => env ?? []))].sort(),
    ...ranked(surveyed),
    problems,
    apiCalls: telemetry.apiCalls() - callsBefore,
  };
}

/** The operations in use; common ones when they cannot be listed. */
async function findOperations(
  fromMs: number,
  { telemetry, log }: SurveyDeps,
  problems: string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names = await optional(() => telemetry.listMetrics(fromMs, signal), null, log, problems, signal);
  if (names === null) return COMMON_OPERATIONS;
  const operations = operationsAmong(names);
  if (operations.length > MAX_OPERATIONS)
    problems.push(
      `Of ${operations.length} traced operations the ${MAX_OPERATIONS} that look most like entries of services were looked at.`,
    );
  return operations.slice(0, MAX_OPERATIONS);
}

/** What fails becomes a sentence, unless nothing else could work either. */
async function optional<T>(ask: () => Promise<T>, otherwise: T, log: Log, problems: string[], signal: AbortSignal): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (signal.aborted || isCancellation(error) || !(error instanceof AppError) || error.kind === 'configuration') throw error;
    log.error('A part of the survey could not be read.', error);
    problems.push(messageFor(error));
    return otherwise;
  }
}

function busiest(found: readonly ServiceCounts[], problems: string[]): readonly ServiceCounts[] {
  if (found.length <= MAX_SERVICES) return found;
  problems.push(
    `Of ${found.length} services the ${MAX_SERVICES} with the most requests were looked at. Set "aidog.datadog.env" to see those of one environment.`,
  );
  return found.toSorted((a, b) => sum(b.hits) - sum(a.hits)).slice(0, MAX_SERVICES);
}

async function lookAtAll(
  services: readonly ServiceCounts[],
  before: readonly ServiceCounts[],
  look: (own: ServiceCounts, before: ServiceCounts | null) => Surveyed,
  { onProgress, pause }: SurveyDeps,
  signal: AbortSignal,
): Promise<Surveyed[]> {
  const past = new Map(before.map((counts) => [serviceKey(counts), counts]));
  const surveyed: Surveyed[] = [];
  for (const own of services) {
    onProgress({
      doing: `Looking at ${own.service} (${surveyed.length + 1} of ${services.length})`,
      share: 0.7 + (0.3 * surveyed.length) / services.length,
    });
    surveyed.push(look(own, past.get(serviceKey(own)) ?? null));
    await pause();
    signal.throwIfAborted();
  }
  return surveyed;
}

function ranked(surveyed: readonly Surveyed[]): Pick<SurveyReport, 'services' | 'anomalies' | 'seriesCount'> {
  const worst = surveyed.toSorted(
    (a, b) =>
      serviceStates.indexOf(a.service.state) - serviceStates.indexOf(b.service.state) ||
      (b.service.now.errorShare ?? 0) - (a.service.now.errorShare ?? 0) ||
      (b.service.now.requestsPerSec ?? 0) - (a.service.now.requestsPerSec ?? 0),
  );
  const anomalies = surveyed.flatMap((one) => one.anomalies).sort(byUrgency);
  return {
    services: worst.map(({ service }, at) => ({ id: `S${at + 1}`, ...service })),
    anomalies: anomalies.slice(0, MAX_ANOMALIES).map((anomaly, at) => ({ id: `A${at + 1}`, ...anomaly })),
    seriesCount: surveyed.reduce((total, { seriesCount }) => total + seriesCount, 0),
  };
}

const HARM = ['errors', 'latency', 'traffic'];

/** What goes on comes first, errors before latency before traffic, the higher score first; then what is over, the latest first. */
function byUrgency(a: Omit<ServiceAnomaly, 'id'>, b: Omit<ServiceAnomaly, 'id'>): number {
  if ((a.endedMs === null) !== (b.endedMs === null)) return a.endedMs === null ? -1 : 1;
  if (a.endedMs !== null && b.endedMs !== null) return b.endedMs - a.endedMs;
  return HARM.indexOf(a.signal) - HARM.indexOf(b.signal) || b.score - a.score;
}
