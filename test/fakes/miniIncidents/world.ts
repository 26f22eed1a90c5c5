import type { Change, Commit } from '../../../src/domain/change';
import type { Verdict } from '../../../src/domain/incident';
import type { IncidentType } from '../../../src/domain/incidentCheck';
import type { Json } from '../../../src/domain/json';
import type { LogEvent, LogStatus } from '../../../src/domain/log';
import type { Alert, Monitor } from '../../../src/domain/monitor';
import type { Span } from '../../../src/domain/span';
import type { Point, TimeSeries } from '../../../src/domain/timeSeries';
import type { World } from '../telemetry';

export const MINI_NOW_MS = Date.UTC(2026, 1, 12, 9, 30);
const MINUTE_MS = 60_000;
const MONITOR = 77;

/** A made-up incident: what can be read of it, and what kind of incident it is. */
export interface MiniIncident {
  readonly name: string;
  readonly verdict: Verdict;
  /** The analyser that has to see it; null where the verdict is all that is asked. */
  readonly type: IncidentType | null;
  /** The commit that is to blame; null for none. */
  readonly commit: string | null;
  readonly commits: readonly Commit[];
  readonly alert: Alert;
  readonly world: World;
}

export interface MiniSource {
  readonly title: string;
  readonly summary: string;
  readonly service?: string;
  /** Minutes before now. */
  readonly fired?: number;
  readonly state?: Monitor['state'];
  readonly series?: readonly TimeSeries[];
  readonly logs?: readonly LogEvent[];
  readonly changes?: readonly Change[];
  readonly dependencies?: Record<string, string[]>;
  readonly spans?: readonly Span[];
  readonly commits?: readonly Commit[];
  readonly type?: IncidentType;
  readonly commit?: string;
  /** The metric that alerts above a threshold; an event alerts otherwise. */
  readonly watch?: { readonly metric: string; readonly threshold: number };
}

export function mini(verdict: Verdict, name: string, source: MiniSource): MiniIncident {
  const {
    title,
    summary,
    service = 'orders',
    fired = 3,
    state = 'Alert',
    type = null,
    commit = null,
    commits = [],
    watch,
    ...world
  } = source;
  const monitor: Monitor = {
    id: MONITOR,
    name: title,
    type: watch ? 'query alert' : 'event-v2 alert',
    query: watch
      ? `avg(last_5m):avg:${watch.metric}{service:${service}} > ${watch.threshold}`
      : `events("source:watch service:${service}").rollup("count").last("5m") > 0`,
    message: summary,
    tags: [`service:${service}`],
    state,
    triggeredAtMs: MINI_NOW_MS - fired * MINUTE_MS,
    criticalThreshold: watch?.threshold ?? 0,
    warningThreshold: null,
    priority: null,
  };
  const alert: Alert = {
    title,
    service,
    metric: watch?.metric ?? null,
    threshold: watch?.threshold ?? null,
    observed: null,
    severity: 'high',
    firedAtMs: MINI_NOW_MS - fired * MINUTE_MS,
    monitorId: MONITOR,
    summary,
  };
  return { name, verdict, type, commit, commits, alert, world: { ...world, monitors: [monitor] } };
}

type Shape = (minutesAgo: number) => number;

/** About the same all the time, with a small repeating ripple. */
export const level =
  (value: number, ripple = 0.04): Shape =>
  (ago) =>
    value * (1 + ripple * Math.sin(ago * 1.7));

/** From one level to another, so many minutes before now, over three minutes. */
export const step =
  (from: number, to: number, at = 12): Shape =>
  (ago) =>
    (from + (to - from) * Math.min(1, Math.max(0, (at - ago) / 3))) * (1 + 0.02 * Math.sin(ago * 1.7));

/** Up to a peak and back again, well before now. */
export const hump =
  (usual: number, peak: number, at = 18, lasts = 8): Shape =>
  (ago) =>
    (ago <= at && ago > at - lasts ? peak : usual) * (1 + 0.02 * Math.sin(ago * 1.7));

interface SeriesOptions {
  readonly unit?: string | null;
  readonly service?: string;
  /** How many minutes back it reaches. */
  readonly minutes?: number;
  readonly tags?: readonly string[];
}

/** One value a minute up to now. */
export function gaugeOf(
  metric: string,
  shape: Shape,
  { unit = null, service = 'orders', minutes = 20, tags = [] }: SeriesOptions = {},
): TimeSeries {
  const points = Array.from({ length: minutes }, (_, index): Point => {
    const ago = minutes - index;
    return [MINI_NOW_MS / 1000 - ago * 60, shape(ago)];
  });
  return { metric, tags: [`service:${service}`, ...tags], unit, intervalSec: 60, points };
}

export function said(
  ago: number,
  message: string,
  status: LogStatus = 'error',
  service = 'orders',
  attributes: Record<string, Json> = {},
): LogEvent {
  return { timestampMs: MINI_NOW_MS - ago * MINUTE_MS, service, status, host: null, message, attributes, tags: [] };
}

/** The same message many times, a few seconds apart. */
export function often(ago: number, times: number, message: string, service = 'orders', attributes: Record<string, Json> = {}): LogEvent[] {
  return Array.from({ length: times }, (_, index) => ({
    ...said(ago, message, 'error', service, attributes),
    timestampMs: MINI_NOW_MS - ago * MINUTE_MS + index * 7000,
  }));
}

export function event(ago: number, title: string, text: string, kind: Change['kind'] = 'other', service: string | null = 'orders'): Change {
  const attributes: Record<string, Json> = title.includes('Warning') ? { type: 'Warning' } : {};
  return { timestampMs: MINI_NOW_MS - ago * MINUTE_MS, kind, service, title, text, author: null, version: null, commit: null, attributes };
}

interface PodState {
  readonly ready?: boolean;
  readonly restarts?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly phase?: string;
  readonly isLeaving?: boolean;
}

/** The report of a pod's state at the present. */
export function pod(
  name: string,
  { ready = true, restarts = 0, reason, message, phase = 'Running', isLeaving = false }: PodState = {},
): LogEvent {
  const state = reason === undefined ? { running: true } : { waiting: true, reason, message: message ?? '' };
  const container = { name: 'main', ready, restart_count: restarts, state };
  const leaving = isLeaving ? { deletion_timestamp: '2026-02-12T09:10:00Z' } : {};
  return said(0.1, `Pod ${name} phase=${phase}`, ready ? 'info' : 'warn', 'orders', {
    pod: { name, phase, containers: [container], conditions: [], ...leaving },
  });
}

export function deployment(desired: number, available: number): LogEvent {
  return said(0.1, 'Deployment orders', 'info', 'orders', { deployment: { name: 'orders', desired, ready: available, available } });
}

export function node(name: string, ready = true, pressure: Record<string, string> = {}): LogEvent {
  return said(0.1, `Node ${name}`, 'info', 'kubernetes', { node: { name, ready: ready ? 'True' : 'False', ...pressure } });
}

export function topStatement(statement: string, load: number, waits: Record<string, number>): LogEvent {
  const events = Object.entries(waits).map(([name, average]) => ({ name, db_load_avg: average }));
  return said(0.1, `Top SQL: ${statement}`, 'info', 'orders', {
    performance_insights: { kind: 'top_sql', statement, db_load_avg: load, wait_events: events },
  });
}

export function topWait(name: string, load: number): LogEvent {
  return said(0.1, `Top wait: ${name}`, 'info', 'orders', { performance_insights: { kind: 'top_wait_event', name, db_load_avg: load } });
}

/** The gauges of a managed database at their usual levels; those given replace theirs. */
export function database(...changed: readonly TimeSeries[]): TimeSeries[] {
  const usual = [
    gaugeOf('aws.rds.cpuutilization', level(24), { unit: 'percent' }),
    gaugeOf('aws.rds.database_connections', level(120)),
    gaugeOf('aws.rds.free_storage_space', level(180e9, 0.001), { unit: 'byte' }),
    gaugeOf('aws.rds.freeable_memory', level(8e9), { unit: 'byte' }),
    gaugeOf('aws.rds.write_iops', level(800)),
    gaugeOf('aws.rds.write_latency', level(1.4), { unit: 'millisecond' }),
    gaugeOf('aws.rds.replica_lag', level(1.2), { unit: 'second', service: 'orders-replica-1' }),
  ];
  const names = new Set(changed.map(({ metric }) => metric));
  return [...usual.filter(({ metric }) => !names.has(metric)), ...changed];
}

export const wellPods = [pod('orders-5d8-a'), pod('orders-5d8-b'), pod('orders-5d8-c'), deployment(3, 3), node('node-1'), node('node-2')];
