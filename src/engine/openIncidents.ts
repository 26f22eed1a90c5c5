import type { Monitor } from '../domain/monitor';
import type { Telemetry } from '../domain/ports';
import { tagValue } from '../domain/timeSeries';
import type { OpenIncident } from '../protocol/engineApi';

/** Monitors that alert or warn: alerts first, the latest first. */
export async function openIncidents(telemetry: Telemetry, signal: AbortSignal): Promise<OpenIncident[]> {
  const monitors = await telemetry.listMonitors({ states: ['Alert', 'Warn'] }, signal);
  return monitors.toSorted(byUrgency).map((monitor) => ({
    key: `monitor:${monitor.id}`,
    title: monitor.name,
    service: tagValue(monitor.tags, 'service') ?? serviceInQuery(monitor.query),
    monitor,
    link: telemetry.linkTo({ kind: 'monitor', id: monitor.id }),
  }));
}

const byUrgency = (a: Monitor, b: Monitor) =>
  Number(b.state === 'Alert') - Number(a.state === 'Alert') || (b.triggeredAtMs ?? 0) - (a.triggeredAtMs ?? 0);

function serviceInQuery(query: string): string | null {
  return /\bservice:([\w./-]+)/.exec(query)?.[1] ?? null;
}
