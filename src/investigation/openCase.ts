import type { Incident } from '../domain/incident';
import type { Alert, Monitor, Severity } from '../domain/monitor';
import { tagValue } from '../domain/timeSeries';
import type { Subject } from './deps';
import { type MonitorQuery, parseMonitorQuery } from './monitorQuery';
import type { Run } from './run';

/** What is known before any telemetry was read. */
export interface Opening {
  readonly alert: Alert;
  readonly monitor: Monitor | null;
  /** Whether a monitor alerts now; null where none was read. */
  readonly isAlerting: boolean | null;
  readonly query: MonitorQuery | null;
  readonly service: string | null;
  readonly env: string | null;
}

/** Looks the subject up: one call for a monitor or a service, none for an alert that was given without a monitor. */
export async function openCase(subject: Subject, run: Run): Promise<Opening> {
  const nowMs = run.deps.clock.nowMs();
  if (subject.kind === 'alert') return openAlert(subject.alert, run);
  if (subject.kind === 'service') return openService(subject.service, subject.env, run);
  const monitor = await run.need({
    agent: 'datadog.monitor',
    ask: (signal) => run.deps.telemetry.getMonitor(subject.id, signal),
    note: (found) => `${found.name}: ${found.state}`,
  });
  return opened(alertOf(monitor, nowMs), monitor, null);
}

async function openAlert(alert: Alert, run: Run): Promise<Opening> {
  const { monitorId } = alert;
  if (monitorId === null) return opened(alert, null, null);
  const monitor = await run.ask<Monitor | null>({
    agent: 'datadog.monitor',
    otherwise: null,
    ask: (signal) => run.deps.telemetry.getMonitor(monitorId, signal),
    note: (found) => (found ? `${found.name}: ${found.state}` : 'no monitor'),
  });
  return opened(alert, monitor, null);
}

/** A service by itself: its worst monitor that alerts now, else the service as it is at this moment. */
async function openService(service: string, env: string | null, run: Run): Promise<Opening> {
  const nowMs = run.deps.clock.nowMs();
  const monitors = await run.ask<readonly Monitor[] | null>({
    agent: 'datadog.monitors',
    otherwise: null,
    ask: (signal) => run.deps.telemetry.listMonitors({ service }, signal),
    note: (found) => `${found?.length ?? 0} monitors of ${service}`,
  });
  const alerting = (monitors ?? [])
    .filter((monitor) => (monitor.state === 'Alert' || monitor.state === 'Warn') && isOfEnv(monitor, env))
    .sort((a, b) => stateRank(a) - stateRank(b) || (a.priority ?? 9) - (b.priority ?? 9))[0];
  if (alerting) return opened({ ...alertOf(alerting, nowMs), service }, alerting, env);
  return { ...opened(quietAlert(service, nowMs), null, env), isAlerting: monitors === null ? null : false };
}

const stateRank = (monitor: Monitor) => (monitor.state === 'Alert' ? 0 : 1);
const isOfEnv = (monitor: Monitor, env: string | null) => env === null || [null, env].includes(tagValue(monitor.tags, 'env'));

function quietAlert(service: string, nowMs: number): Alert {
  return {
    title: `How is ${service}?`,
    service,
    metric: null,
    threshold: null,
    observed: null,
    severity: 'unknown',
    firedAtMs: nowMs,
    monitorId: null,
    summary: `No monitor of ${service} is alerting.`,
  };
}

function opened(alert: Alert, monitor: Monitor | null, env: string | null): Opening {
  const query = monitor ? parseMonitorQuery(monitor.query) : null;
  const filters = query?.filters ?? [];
  const tags = monitor?.tags ?? [];
  return {
    alert,
    monitor,
    isAlerting: monitor === null ? null : monitor.state === 'Alert' || monitor.state === 'Warn',
    query,
    service: alert.service ?? tagValue(filters, 'service') ?? tagValue(tags, 'service'),
    env: env ?? tagValue(filters, 'env') ?? tagValue(tags, 'env'),
  };
}

function alertOf(monitor: Monitor, nowMs: number): Alert {
  const query = parseMonitorQuery(monitor.query);
  return {
    title: monitor.name,
    service: tagValue(query?.filters ?? [], 'service') ?? tagValue(monitor.tags, 'service'),
    metric: query?.metrics[0] ?? null,
    threshold: query ? (query.threshold ?? null) : null,
    observed: null,
    severity: severityOf(monitor),
    firedAtMs: monitor.triggeredAtMs ?? nowMs,
    monitorId: monitor.id,
    summary: monitor.message,
  };
}

const BY_PRIORITY: readonly Severity[] = ['unknown', 'critical', 'high', 'medium', 'low', 'low'];

function severityOf(monitor: Monitor): Severity {
  if (monitor.priority !== null) return BY_PRIORITY[monitor.priority] ?? 'unknown';
  if (monitor.state === 'Alert') return 'high';
  return monitor.state === 'Warn' ? 'medium' : 'unknown';
}

/** The heading that can be shown before anything was found. */
export function headingOf({ alert, service }: Opening): Incident {
  return {
    title: alert.title,
    severity: alert.severity,
    service,
    type: 'unknown',
    startedAt: null,
    primarySymptom: alert.summary,
    blastRadius: service === null ? [] : [service],
  };
}
