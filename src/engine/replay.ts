import type { Clock, Log, Repository, Telemetry } from '../domain/ports';
import type { Recording } from '../recording/recording';
import type { TelemetryStore } from '../sandbox/store/store';

/** A recording being served as Datadog would serve it. */
export interface Replay {
  /** Without its telemetry, which is in the sandbox. */
  readonly recording: Recording;
  readonly telemetry: Telemetry;
  /** Stands still at the recording's now. */
  readonly clock: Clock;
  close(): Promise<void>;
}

const TIMEOUT_SEC = 30;

/**
 * Reads the recording and starts a sandbox with it on a free port of 127.0.0.1, so that a replayed incident takes the road of a
 * live one. Rejects with `unreadableRecording`.
 */
export async function openReplay(dir: string, log: Log): Promise<Replay> {
  const [{ startSandbox }, { KEEP_ALL }, { apiRoutes }, { createSettableClock }, { createDatadogTelemetry }] = await Promise.all([
    import('../sandbox/server'),
    import('../sandbox/store/telemetryStore'),
    import('../sandbox/api/apiRoutes'),
    import('../sandbox/clock'),
    import('../datadog/telemetry'),
  ]);
  const clock = createSettableClock(0);
  const onError = (error: unknown) => log.error('The sandbox failed.', error);
  const sandbox = await startSandbox({ clock, routes: apiRoutes, onError, retention: KEEP_ALL });
  try {
    const recording = await moveIn(dir, sandbox.store);
    clock.setNow(recording.nowMs);
    const keys = { apiKey: 'replay', appKey: 'replay' };
    const telemetry = createDatadogTelemetry({ site: 'datadoghq.com', baseUrl: sandbox.url, ...keys, timeoutSec: TIMEOUT_SEC, log });
    return { recording, telemetry, clock, close: () => sandbox.close() };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** Reads the recording into the store; what is returned is without telemetry, which a large incident would keep in memory twice. */
async function moveIn(dir: string, store: TelemetryStore): Promise<Recording> {
  const [{ readRecording }, { loadRecording, loadSeries }] = await Promise.all([
    import('../recording/readRecording'),
    import('../sandbox/loadRecording'),
  ]);
  const loadedMetrics = new Set<string>();
  const recording = await readRecording(dir, (series) => {
    loadedMetrics.add(series.metric);
    loadSeries(store, series);
  });
  loadRecording(store, recording, { loadedMetrics });
  return { ...recording, logs: [], spans: [] };
}

const MAX_TOLD_LINES = 5;

/** What a person should know of lines that could not be used. */
export function recordingProblems({ problems }: Recording): string[] {
  const told = problems.slice(0, MAX_TOLD_LINES).map((problem) => `The recording was used without a part that cannot be read: ${problem}.`);
  const left = problems.length - told.length;
  return left > 0 ? [...told, `The recording has ${left} more lines that cannot be read.`] : told;
}

/** The recorded commits that none of the opened repositories has; null when there is none. */
export async function recordedCommits(
  recording: Recording,
  opened: readonly Repository[],
  signal: AbortSignal,
): Promise<Repository | null> {
  const isKnown = async (sha: string) => (await Promise.all(opened.map((repository) => repository.hasCommit(sha, signal)))).includes(true);
  const known = await Promise.all(recording.commits.map(({ sha }) => isKnown(sha)));
  const commits = recording.commits.filter((_, at) => !known[at]);
  if (commits.length === 0) return null;
  const { createRecordedRepository } = await import('../recording/recordedRepository');
  return createRecordedRepository({ ...recording, commits });
}
