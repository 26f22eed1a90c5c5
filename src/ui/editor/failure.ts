import type { CodeHit } from '../../domain/evidence';
import type { WorkingTreeLocation } from '../../domain/frame';
import type { PanelSnapshot } from '../../protocol/snapshot';
import type { Run } from '../investigations';
import { pathOf } from '../openLocation';
import type { KnownPath } from './hotPaths';

/** A line of the workspace that errors came out of, or that an investigation holds to be the cause. */
export interface Failure {
  /** File-system path. */
  readonly file: string;
  /** Line from 1 in the file as it was saved when this was found. */
  readonly line: number;
  /** Type and message of the error; null when only a hypothesis points here. */
  readonly error: string | null;
  readonly count: number;
  readonly lastSeenMs: number | null;
  readonly service: string | null;
  /** Page of Datadog, or null. */
  readonly link: string | null;
  /** The investigation that found it; null for the traffic of now. */
  readonly runId: string | null;
  /** What the investigation suspects of this line. */
  readonly cause: { readonly title: string; readonly confidence: number } | null;
  /** How the deployed line was followed; with `unknown` it may be another one. */
  readonly isCertain: boolean;
}

/** The lines that the stacks of an investigation name, and that of its best hypothesis; none when all is well. */
export function failuresOfRun({ snapshot, link }: Run): Failure[] {
  if (snapshot.found.verdict === 'healthy') return [];
  const failing = (snapshot.found.codeHits ?? []).flatMap((hit) => failureOfHit(hit, snapshot, link));
  return merged([...failing, ...causeOf(snapshot, link)]);
}

function failureOfHit(hit: CodeHit, { runId }: PanelSnapshot, link: string | null): Failure[] {
  if (hit.resource !== null || hit.errors === 0 || !isThere(hit.workspace)) return [];
  const { errors, lastSeenMs = null, error = null, service } = hit;
  return [{ ...placeOf(hit.workspace), error: error || null, count: errors, lastSeenMs, service, link, runId, cause: null }];
}

function causeOf({ runId, found }: PanelSnapshot, link: string | null): Failure[] {
  const [top] = found.hypotheses ?? [];
  if (!top || !isThere(top.workspace)) return [];
  const cause = { title: top.title, confidence: top.confidence };
  return [{ ...placeOf(top.workspace), error: null, count: 0, lastSeenMs: null, service: top.service, link, runId, cause }];
}

/** The lines that errors came out of in the last window. */
export function failuresOfPaths(paths: readonly KnownPath[]): Failure[] {
  const failing = paths.flatMap(({ path, isStale }): Failure[] => {
    const { kind, workspace, failure, now, lastSeenMs, service, link } = path;
    if (kind !== 'failure' || isStale || !isThere(workspace)) return [];
    const shown = { error: failure?.text || null, count: now.errors, lastSeenMs, service, link: failure?.link ?? link };
    return [{ ...placeOf(workspace), ...shown, runId: null, cause: null }];
  });
  return merged(failing);
}

/** One for each line; where an investigation and the traffic of now both know it, the investigation speaks. */
export function merged(failures: readonly Failure[]): Failure[] {
  const byLine = new Map<string, Failure>();
  for (const failure of failures) {
    const key = `${failure.line} ${failure.file}`;
    const known = byLine.get(key);
    byLine.set(key, known ? together(known, failure) : failure);
  }
  return [...byLine.values()];
}

function together(known: Failure, more: Failure): Failure {
  if (known.runId !== null && more.runId === null) return known;
  const isNewer = (more.lastSeenMs ?? 0) > (known.lastSeenMs ?? 0);
  return {
    ...known,
    error: (isNewer ? more.error : known.error) ?? known.error ?? more.error,
    count: known.count + more.count,
    lastSeenMs: isNewer ? more.lastSeenMs : known.lastSeenMs,
    cause: known.cause ?? more.cause,
    isCertain: known.isCertain && more.isCertain,
  };
}

/** Changed or deleted lines are no longer those that failed. */
function isThere(workspace: WorkingTreeLocation | null): workspace is WorkingTreeLocation {
  return workspace !== null && workspace.status !== 'deleted' && workspace.status !== 'edited';
}

const placeOf = (workspace: WorkingTreeLocation) => ({
  file: pathOf(workspace),
  line: workspace.line,
  isCertain: workspace.status !== 'unknown',
});
