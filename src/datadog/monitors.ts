import type { Monitor as ClientMonitor } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/models/Monitor';
import type { Monitor, MonitorState } from '../domain/monitor';
import { textOrNull } from './values';

const STATES: ReadonlySet<string> = new Set<MonitorState>(['Alert', 'Warn', 'OK', 'No Data', 'Ignored', 'Skipped', 'Unknown']);

export function monitorOf(monitor: ClientMonitor): Monitor {
  return {
    id: monitor.id ?? 0,
    name: monitor.name ?? '',
    type: textOrNull(monitor.type) ?? 'unknown',
    query: monitor.query,
    message: monitor.message ?? '',
    tags: monitor.tags ?? [],
    state: stateOf(monitor.overallState),
    triggeredAtMs: triggeredAtMs(monitor),
    criticalThreshold: monitor.options?.thresholds?.critical ?? null,
    warningThreshold: monitor.options?.thresholds?.warning ?? null,
    priority: monitor.priority ?? null,
  };
}

/** A state that the client does not know arrives as an object. */
function stateOf(state: unknown): MonitorState {
  return typeof state === 'string' && STATES.has(state) ? (state as MonitorState) : 'Unknown';
}

/** The latest trigger among the groups; without groups, when an alerting monitor's state last changed. */
function triggeredAtMs(monitor: ClientMonitor): number | null {
  const seconds = Object.values(monitor.state?.groups ?? {}).flatMap((group) => group.lastTriggeredTs ?? []);
  if (seconds.length > 0) return Math.max(...seconds) * 1000;
  const changed = Date.parse(textOrNull(monitor.additionalProperties?.overall_state_modified) ?? '');
  const state = stateOf(monitor.overallState);
  return (state === 'Alert' || state === 'Warn') && !Number.isNaN(changed) ? changed : null;
}

export interface MonitorFilter {
  readonly states?: readonly MonitorState[];
  readonly service?: string;
}

/** Whether the monitor has one of the states, and the service as a tag or in its query. */
export function isWanted(monitor: Monitor, { states, service }: MonitorFilter): boolean {
  if (states && !states.includes(monitor.state)) return false;
  return service === undefined || monitor.tags.includes(`service:${service}`) || namesService(monitor.query, service);
}

function namesService(query: string, service: string): boolean {
  return query.split(/[\s{},()"]+/).includes(`service:${service}`);
}
