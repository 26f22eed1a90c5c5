import * as vscode from 'vscode';
import type { CodeHit } from '../../domain/evidence';
import type { HotPath, PathLoad } from '../../domain/hotPath';
import type { Run } from '../investigations';
import type { KnownPath } from './hotPaths';

/** What was measured at one place of a function, from an investigation or from the traffic of now. */
export interface FunctionLoad {
  readonly service: string;
  readonly env: string | null;
  /** Requests enter here; else it is a line that errors came out of, where requests are not counted. */
  readonly isEntry: boolean;
  readonly now: PathLoad;
  /** Before the onset in an investigation, else a day ago. */
  readonly beforeP95Ms: number | null;
  readonly weekAgoP95Ms: number | null;
  readonly basis: HotPath['basis'];
  readonly sampleSize: number;
  /** `1h`, or that it is of the incident. */
  readonly windowWords: string;
  readonly takenAtMs: number;
  readonly lastSeenMs: number | null;
  /** Had requests before, but none in the last window. */
  readonly isQuiet: boolean;
  /** Older than it should be. */
  readonly isStale: boolean;
  /** What the investigation is about that it comes from; null for the traffic of now. */
  readonly subject: string | null;
}

/** What an investigation measured at a hit. */
export function loadOfHit(hit: CodeHit, run: Run): FunctionLoad {
  const isEntry = hit.resource !== null;
  return {
    service: hit.service,
    env: environmentOf(run),
    isEntry,
    now: { requests: isEntry ? hit.requests : 0, errors: hit.errors, p50Ms: null, p95Ms: hit.p95Ms, p99Ms: null },
    beforeP95Ms: hit.baselineP95Ms,
    weekAgoP95Ms: null,
    basis: 'spans',
    sampleSize: Math.max(hit.requests, hit.errors),
    windowWords: vscode.l10n.t('incident'),
    takenAtMs: run.snapshot.endedAtMs ?? run.snapshot.startedAtMs,
    lastSeenMs: hit.lastSeenMs ?? null,
    isQuiet: false,
    isStale: false,
    subject: run.subject,
  };
}

/** The environment that the queries of an investigation name. */
function environmentOf({ snapshot }: Run): string | null {
  for (const { query } of snapshot.found.evidence ?? []) {
    const env = /\benv:([\w.-]{1,40})/u.exec(query)?.[1];
    if (env) return env;
  }
  return null;
}

/** What runs through a hot path. */
export function loadOfPath({ path, windowMinutes, takenAtMs, isQuiet, isStale }: KnownPath): FunctionLoad {
  const isEntry = path.kind === 'entry';
  return {
    service: path.service,
    env: path.env,
    isEntry,
    now: isEntry ? path.now : { ...path.now, requests: 0, p50Ms: null, p95Ms: null, p99Ms: null },
    beforeP95Ms: path.dayAgo?.p95Ms ?? null,
    weekAgoP95Ms: path.weekAgo?.p95Ms ?? null,
    basis: path.basis,
    sampleSize: path.sampleSize,
    windowWords: windowWords(windowMinutes),
    takenAtMs,
    lastSeenMs: path.lastSeenMs,
    isQuiet,
    isStale,
    subject: null,
  };
}

/** `1h`, `30min`, as short as a lens needs it. */
export function windowWords(minutes: number): string {
  return minutes % 60 === 0 ? vscode.l10n.t('{0}h', minutes / 60) : vscode.l10n.t('{0}min', minutes);
}
