import type { Clock, Log, Repository, Telemetry } from '../domain/ports';
import type { Recording } from '../recording/recording';

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
  const [{ readRecording }, { startSandbox }, { loadRecording }, { apiRoutes }, { createFixedClock }, { createDatadogTelemetry }] =
    await Promise.all([
      import('../recording/readRecording'),
      import('../sandbox/server'),
      import('../sandbox/loadRecording'),
      import('../sandbox/api/apiRoutes'),
      import('../sandbox/clock'),
      import('../datadog/telemetry'),
    ]);
  const whole = await readRecording(dir);
  // Telemetry is served by the sandbox from here on; a large incident would fill the memory twice.
  const recording = { ...whole, series: [], logs: [], spans: [] };
  const clock = createFixedClock(recording.nowMs);
  const onError = (error: unknown) => log.error('The sandbox failed.', error);
  const retention = { maxAgeMs: Number.POSITIVE_INFINITY };
  const sandbox = await startSandbox({ clock, routes: apiRoutes, onError, retention });
  loadRecording(sandbox.store, whole);
  const keys = { apiKey: 'replay', appKey: 'replay' };
  const telemetry = createDatadogTelemetry({ site: 'datadoghq.com', baseUrl: sandbox.url, ...keys, timeoutSec: TIMEOUT_SEC, log });
  return { recording, telemetry, clock, close: () => sandbox.close() };
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
