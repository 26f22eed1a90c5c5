import type { Disposable } from '../../domain/disposal';
import type { MonitorState } from '../../domain/monitor';
import { tagValue } from '../../domain/timeSeries';
import type { ApiContext } from '../context';
import { HttpError } from '../http';
import type { StoredMonitor } from '../store/store';
import { evaluateGroups, type GroupState } from './monitorEvaluation';

/**
 * Evaluates every monitor at the clock's now. A monitor takes the worst state of its groups; a change of state is written
 * to the monitor and, as an event with `source:alert`, to the store. Monitors of other forms, and those whose metric has
 * no data and that did not ask to be told, keep their state. Telemetry of a recording is judged by the state that was
 * recorded: do not evaluate while its clock stands still.
 */
export function evaluateMonitors(context: ApiContext): void {
  for (const monitor of context.store.monitors()) {
    const [worst] = groupsOrNone(monitor, context);
    if (worst !== undefined && worst.state !== monitor.state) transition(monitor, worst, context);
  }
}

/** Evaluates at once and then every `everyMs` until disposed; does not keep the process alive. */
export function startMonitorLoop(context: ApiContext, everyMs: number): Disposable {
  evaluateMonitors(context);
  const timer = setInterval(() => evaluateMonitors(context), everyMs);
  timer.unref();
  return { dispose: () => clearInterval(timer) };
}

function groupsOrNone(monitor: StoredMonitor, context: ApiContext): readonly GroupState[] {
  try {
    return evaluateGroups(monitor, context) ?? [];
  } catch (error) {
    // A loaded monitor whose query cannot be read, as one of another product, keeps its state too.
    if (error instanceof HttpError) return [];
    throw error;
  }
}

function transition(monitor: StoredMonitor, worst: GroupState, { store, clock }: ApiContext): void {
  const nowMs = clock.nowMs();
  const isTriggered = worst.state === 'Alert' || worst.state === 'Warn';
  store.putMonitor({ ...monitor, state: worst.state, stateSinceMs: nowMs, lastTriggeredMs: isTriggered ? nowMs : monitor.lastTriggeredMs });
  // The first look at a monitor that is well is no news.
  if (worst.state === 'OK' && (monitor.state === 'No Data' || monitor.state === 'Unknown')) return;
  const tags = tagsOf(monitor);
  const name = typeof monitor.body.name === 'string' ? monitor.body.name : `Monitor ${monitor.id}`;
  store.addEvents([
    {
      id: `monitor-${monitor.id}-${nowMs}`,
      source: 'alert',
      tags: [...tags, `monitor_id:${monitor.id}`],
      change: {
        timestampMs: nowMs,
        kind: 'other',
        service: tagValue(worst.group.split(','), 'service') ?? tagValue(tags, 'service'),
        title: `[${WORDS[worst.state]}${worst.group === '*' ? '' : ` on {${worst.group}}`}] ${name}`,
        text: `${typeof monitor.body.message === 'string' ? monitor.body.message : ''}\n\n${String(monitor.body.query)}\nvalue: ${worst.value ?? 'none'}`.trim(),
        author: null,
        version: null,
        commit: null,
        attributes: {
          monitor_id: monitor.id,
          state: worst.state,
          previous_state: monitor.state satisfies MonitorState,
          group: worst.group,
          value: worst.value,
        },
      },
    },
  ]);
}

const WORDS: Readonly<Record<GroupState['state'], string>> = { Alert: 'Triggered', Warn: 'Warn', OK: 'Recovered', 'No Data': 'No data' };

export function tagsOf({ body }: Pick<StoredMonitor, 'body'>): string[] {
  return Array.isArray(body.tags) ? body.tags.filter((tag) => typeof tag === 'string') : [];
}
