import type { ApiContext } from '../context';
import { HttpError } from '../http';
import { evaluateGroups, type GroupState } from '../monitors/monitorEvaluation';
import { tagsOf } from '../monitors/monitorLoop';
import type { StoredMonitor } from '../store/store';

const CREATOR = { id: 1, name: 'AIDog Sandbox', handle: 'sandbox@localhost', email: 'sandbox@localhost' };

export const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** ISO 8601 as Datadog writes it in v1, with an offset and microseconds. */
const iso = (ms: number) => new Date(ms).toISOString().replace('Z', '000+00:00');

/** The v1 object, with what Datadog adds to what was created; what the monitor was loaded with wins over defaults. */
export function monitorBody(monitor: StoredMonitor): Record<string, unknown> {
  const { body, id, state, stateSinceMs } = monitor;
  const createdMs = typeof body.created_at === 'number' ? body.created_at : stateSinceMs;
  return {
    org_id: 1,
    name: '',
    message: '',
    priority: null,
    restricted_roles: null,
    restriction_policy: null,
    deleted: null,
    draft_status: 'published',
    assets: [],
    created_at: createdMs,
    created: iso(createdMs),
    modified: iso(createdMs),
    creator: CREATOR,
    ...body,
    id,
    type: text(body.type),
    query: text(body.query),
    tags: tagsOf(monitor),
    multi: isMulti(text(body.query)),
    options: {
      notify_no_data: false,
      notify_audit: false,
      include_tags: true,
      new_host_delay: 300,
      silenced: {},
      ...(text(body.type) === 'log alert' ? { groupby_simple_monitor: false } : {}),
      ...(body.options as object | undefined),
    },
    overall_state: state,
    overall_state_modified: stateSinceMs > createdMs ? iso(stateSinceMs) : null,
    matching_downtimes: [],
  };
}

/** Whether the monitor alerts by group. */
export function isMulti(query: string): boolean {
  return /\bby\s*\{\s*[^*\s}]/.test(query) || /\.by\("[^"*]/.test(query);
}

export interface MonitorGroup {
  readonly group: string;
  readonly state: StoredMonitor['state'];
}

/**
 * States of a monitor's groups. When no group explains the monitor's own state (it was loaded with it, or its query is not
 * evaluated), there is one group `*` with that state.
 */
export function monitorGroups(monitor: StoredMonitor, context: ApiContext): readonly MonitorGroup[] {
  const groups = evaluatedGroups(monitor, context);
  return groups.some(({ state }) => state === monitor.state) ? groups : [{ group: '*', state: monitor.state }];
}

function evaluatedGroups(monitor: StoredMonitor, context: ApiContext): GroupState[] {
  try {
    return evaluateGroups(monitor, context) ?? [];
  } catch (error) {
    if (error instanceof HttpError) return [];
    throw error;
  }
}

/** `state.groups` of a monitor, those whose state is among the wanted ones (`all` for every one). */
export function groupStatesBody(monitor: StoredMonitor, context: ApiContext, wanted: readonly string[]): object {
  const names: Readonly<Record<string, string>> = { alert: 'Alert', warn: 'Warn', 'no data': 'No Data', ok: 'OK' };
  const states = wanted.map((name) => names[name.trim().toLowerCase()]);
  const isAll = wanted.some((name) => name.trim().toLowerCase() === 'all');
  const groups = monitorGroups(monitor, context).filter(({ state }) => isAll || states.includes(state));
  const sinceSec = Math.floor(monitor.stateSinceMs / 1000);
  const entries = groups.map(({ group, state }) => [
    group,
    {
      name: group,
      status: state,
      last_triggered_ts: triggeredSec(monitor, state),
      last_nodata_ts: state === 'No Data' ? sinceSec : null,
      last_notified_ts: triggeredSec(monitor, state),
      last_resolved_ts: state === 'OK' && monitor.lastTriggeredMs !== null ? sinceSec : null,
    },
  ]);
  return { groups: Object.fromEntries(entries) };
}

/** Epoch seconds of the last alert; for a group that alerts without one known, since when it does. */
export function triggeredSec({ lastTriggeredMs, stateSinceMs }: StoredMonitor, state: string): number | null {
  const ms = lastTriggeredMs ?? (state === 'Alert' || state === 'Warn' ? stateSinceMs : null);
  return ms === null ? null : Math.floor(ms / 1000);
}
