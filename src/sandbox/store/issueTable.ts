import type { Json } from '../../domain/json';
import { isErrorStatus, type LogEvent } from '../../domain/log';
import type { Span } from '../../domain/span';
import { type TimeWindow, tagValue } from '../../domain/timeSeries';
import { type Column, createColumn } from './column';
import { type ErrorFacts, issueIdOf, type TopFrame, topFrame } from './errorGrouping';
import type { SandboxClock, StoredIssue } from './store';
import { createTextCache } from './textCache';

/** Occurrences of an issue within ten seconds. */
interface Occurrences {
  /** An error that is both traced and logged counts once: the larger of the two numbers. */
  traced: number;
  logged: number;
  firstMs: number;
  lastMs: number;
  firstVersion: string | null;
  lastVersion: string | null;
}

interface Issue {
  readonly id: string;
  readonly facts: ErrorFacts;
  readonly top: TopFrame;
  readonly column: Column<Occurrences>;
}

interface Occurrence {
  readonly atMs: number;
  readonly version: string | null;
  readonly track: 'traced' | 'logged';
  /** False for further spans that the same error passed through. */
  readonly counts: boolean;
}

const BUCKET_SEC = 10;

/** The issue that came first goes when there are more. */
const MAX_ISSUES = 10_000;

/** Groups errors into issues. */
export interface IssueTable {
  /** The issue of a failed span, or null when the span does not say what failed. */
  addSpan(span: Span, counts: (issueId: string) => boolean): string | null;
  /** The issue of a log event, or null when it tells of no error. */
  addLog(log: LogEvent): string | null;
  within(window: TimeWindow): Iterable<StoredIssue>;
  dropBefore(sec: number): void;
}

export function createIssueTable(clock: SandboxClock): IssueTable {
  const issues = new Map<string, Issue>();
  const frames = createTextCache(topFrame);

  const issueOf = (facts: ErrorFacts): Issue => {
    const top = frames(facts.stack);
    const id = issueIdOf(facts, top);
    const known = issues.get(id);
    if (known !== undefined) return known;
    const issue = { id, facts, top, column: createColumn<Occurrences>() };
    issues.set(id, issue);
    if (issues.size > MAX_ISSUES) issues.delete(issues.keys().next().value ?? id);
    return issue;
  };

  return {
    addSpan(span, counts) {
      const facts = spanError(span);
      if (facts === null) return null;
      const issue = issueOf(facts);
      const version = span.meta.version ?? null;
      note(issue, { atMs: span.startMs, version, track: 'traced', counts: counts(issue.id) });
      return issue.id;
    },
    addLog(log) {
      const facts = logError(log);
      if (facts === null) return null;
      const issue = issueOf(facts);
      note(issue, { atMs: log.timestampMs, version: tagValue(log.tags, 'version'), track: 'logged', counts: true });
      return issue.id;
    },
    *within(window) {
      for (const issue of issues.values()) {
        const stored = readIssue(issue, window, clock.nowMs());
        if (stored !== null) yield stored;
      }
    },
    dropBefore(sec) {
      for (const [id, { column }] of issues) {
        column.dropBefore(sec);
        if (column.size === 0) issues.delete(id);
      }
    },
  };
}

function note({ column }: Issue, { atMs, version, track, counts }: Occurrence): void {
  const sec = Math.floor(atMs / 1000 / BUCKET_SEC) * BUCKET_SEC;
  const found = column.get(sec);
  const bucket = found ?? { traced: 0, logged: 0, firstMs: atMs, lastMs: atMs, firstVersion: version, lastVersion: version };
  if (found === undefined) column.set(sec, bucket);
  if (counts) bucket[track] += 1;
  if (atMs <= bucket.firstMs) {
    bucket.firstMs = atMs;
    bucket.firstVersion = version ?? bucket.firstVersion;
  }
  if (atMs >= bucket.lastMs) {
    bucket.lastMs = atMs;
    bucket.lastVersion = version ?? bucket.lastVersion;
  }
}

/** The issue as far as `nowMs` knows it, or null when it did not occur in the window. */
function readIssue({ id, facts, top, column }: Issue, window: TimeWindow, nowMs: number): StoredIssue | null {
  const known = Array.from(column.between(0, Number.POSITIVE_INFINITY), ([, bucket]) => bucket).filter(({ lastMs }) => lastMs <= nowMs);
  const inside = known.filter(({ firstMs, lastMs }) => lastMs >= window.fromMs && firstMs < window.toMs);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined || inside.length === 0) return null;
  return {
    id,
    service: facts.service,
    type: facts.type,
    message: facts.message,
    file: top.file,
    function: top.function,
    count: inside.reduce((sum, { traced, logged }) => sum + Math.max(traced, logged), 0),
    firstSeenMs: first.firstMs,
    lastSeenMs: last.lastMs,
    firstSeenVersion: known.find(({ firstVersion }) => firstVersion !== null)?.firstVersion ?? null,
    lastSeenVersion: known.findLast(({ lastVersion }) => lastVersion !== null)?.lastVersion ?? null,
  };
}

function spanError({ isError, service, meta }: Span): ErrorFacts | null {
  const { 'error.type': type = '', 'error.message': message = meta['error.msg'] ?? '', 'error.stack': stack = '' } = meta;
  if (!isError || (type === '' && message === '' && stack === '')) return null;
  return { service, type, message, stack, fingerprint: meta['error.fingerprint'] ?? null };
}

function logError({ status, service, attributes }: LogEvent): ErrorFacts | null {
  const error = attributes.error;
  if (!isErrorStatus(status) || typeof error !== 'object' || error === null) return null;
  const { kind, message, stack, fingerprint } = error as Readonly<Record<string, Json | undefined>>;
  if (typeof kind !== 'string' && typeof stack !== 'string') return null;
  return { service, type: text(kind), message: text(message), stack: text(stack), fingerprint: text(fingerprint) || null };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
