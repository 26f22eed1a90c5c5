import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createRandom } from '../../src/demo/random';

/** How large a made-up incident is. */
export interface IncidentSize {
  readonly services: number;
  readonly seriesAService: number;
  readonly logs: number;
  readonly traces: number;
  readonly minutes: number;
}

export const LARGE: IncidentSize = { services: 400, seriesAService: 50, logs: 200_000, traces: 400, minutes: 120 };

const NOW_MS = Date.UTC(2026, 4, 4, 12);
/** Minutes before now at which the fault begins. */
const FAULT_MINUTES = 30;
const INSTANCES = 5;
const METRICS = [
  { metric: 'container.cpu.usage_percent', unit: 'percent', level: 20 },
  { metric: 'container.memory.usage_percent', unit: 'percent', level: 45 },
  { metric: 'service.latency.p95', unit: 'millisecond', level: 80 },
  { metric: 'service.latency.p50', unit: 'millisecond', level: 20 },
  { metric: 'service.requests', unit: 'request', level: 900 },
  { metric: 'service.errors', unit: 'error', level: 2 },
  { metric: 'jvm.gc.pause', unit: 'millisecond', level: 12 },
  { metric: 'db.pool.in_use', unit: 'connection', level: 8 },
  { metric: 'queue.depth', unit: 'message', level: 30 },
  { metric: 'net.retransmits', unit: 'packet', level: 4 },
] as const;
const MESSAGES = [
  'handled GET /items/<id> in <n> ms',
  'cache miss for key item:<id>',
  'published order <id> to topic orders',
  'connection <id> returned to the pool after <n> ms',
  'user <id> signed in from 10.0.<n>.7',
  'retrying call <n> of request <id>',
] as const;

const nameOf = (at: number) => `svc-${String(at).padStart(3, '0')}`;
/** Each service calls two others: a tree with the alerting service at its root. */
const calleesOf = (at: number, services: number) => [2 * at + 1, 2 * at + 2].filter((callee) => callee < services);

/**
 * Writes a recording of an incident of many services: one deep in the calls runs out of processor time, all above it become slow,
 * and everything else makes noise. The seed decides; returns the service at fault.
 */
export function writeLargeIncident(dir: string, { services, seriesAService, logs, traces, minutes }: IncidentSize = LARGE): string {
  mkdirSync(dir, { recursive: true });
  const random = createRandom(7);
  const culprit = Math.floor(services / 5);
  const suffering = new Map<number, number>();
  for (let at = culprit; ; at = Math.floor((at - 1) / 2)) {
    suffering.set(at, suffering.size);
    if (at === 0) break;
  }
  writeHead(dir, services, minutes);
  writeLines(path.join(dir, 'metrics.ndjson'), services * seriesAService, (line) => {
    const [service, which] = [Math.floor(line / seriesAService), line % seriesAService];
    return seriesLine(service, which, minutes, suffering.get(service), random);
  });
  writeLines(path.join(dir, 'logs.ndjson'), logs, (line) => logLine(line, logs, services, minutes, random));
  writeLines(path.join(dir, 'spans.ndjson'), traces, (line) => traceLines(line, traces, suffering, services, random));
  return nameOf(culprit);
}

function writeHead(dir: string, services: number, minutes: number): void {
  const time = (minutesAgo: number) => new Date(NOW_MS - minutesAgo * 60_000).toISOString();
  const query = 'avg(last_5m):avg:service.latency.p95{service:svc-000} > 300';
  const alert = {
    title: 'svc-000 is slow',
    service: nameOf(0),
    metric: 'service.latency.p95',
    threshold: 300,
    observed: 900,
    severity: 'critical',
    fired_at: time(FAULT_MINUTES - 5),
    monitor_id: 1,
    summary: 'p95 latency of svc-000 is above 300 ms',
  };
  const names = Array.from({ length: services }, (_, at) => nameOf(at));
  const head = { id: 'large', now: time(0), start: time(minutes), end: time(0), alert, services: names };
  const options = { thresholds: { critical: 300 } };
  const monitor = {
    id: 1,
    name: alert.title,
    type: 'query alert',
    query,
    message: '',
    tags: ['service:svc-000'],
    overall_state: 'Alert',
    options,
  };
  const dependencies = Object.fromEntries(names.map((name, at) => [name, calleesOf(at, services).map(nameOf)]));
  writeFileSync(path.join(dir, 'recording.json'), JSON.stringify(head));
  writeFileSync(path.join(dir, 'monitors.json'), JSON.stringify([monitor]));
  writeFileSync(path.join(dir, 'dependencies.json'), JSON.stringify(dependencies));
}

/** `depth` is how many calls lie between the service and the culprit, for those above it; undefined for all others. */
function seriesLine(service: number, which: number, minutes: number, depth: number | undefined, random: () => number): string {
  const { metric, unit, level } = METRICS[which % METRICS.length] as (typeof METRICS)[number];
  const instance = Math.floor(which / METRICS.length) % INSTANCES;
  const isSlow = depth !== undefined && metric.startsWith('service.latency');
  const isFull = depth === 0 && metric.startsWith('container.cpu');
  const points: string[] = [];
  for (let at = 0; at < minutes; at += 1) {
    const isFault = at >= minutes - FAULT_MINUTES;
    const usual = level * (0.9 + 0.2 * random());
    const value = isFault && isFull ? 93 + 4 * random() : isFault && isSlow ? usual + 800 - 20 * (depth ?? 0) : usual;
    points.push(`[${Math.floor(NOW_MS / 1000) - 60 * (minutes - 1 - at)},${value.toFixed(2)}]`);
  }
  const tags = JSON.stringify([`service:${nameOf(service)}`, `host:${nameOf(service)}-${instance}`, 'env:prod']);
  return `{"metric":"${metric}","tags":${tags},"unit":"${unit}","interval":60,"points":[${points.join(',')}]}\n`;
}

function logLine(line: number, logs: number, services: number, minutes: number, random: () => number): string {
  const timestamp = new Date(NOW_MS - Math.floor(((logs - line) / logs) * minutes * 60_000)).toISOString();
  const template = MESSAGES[Math.floor(random() * MESSAGES.length)] as string;
  const message = template.replace('<id>', Math.floor(random() * 1e9).toString(16)).replace('<n>', String(Math.floor(random() * 250)));
  const service = nameOf(Math.floor(random() * services));
  const status = random() < 0.01 ? 'error' : 'info';
  return `{"timestamp":"${timestamp}","service":"${service}","status":"${status}","host":"${service}-0","message":"${message}","attributes":{},"tags":["env:prod"]}\n`;
}

/** One request from the root down to the culprit's depth; the second half of the traces is slow there. */
function traceLines(line: number, traces: number, suffering: ReadonlyMap<number, number>, services: number, random: () => number): string {
  const isSlow = line >= traces / 2;
  const startMs = NOW_MS - (isSlow ? FAULT_MINUTES - 2 : FAULT_MINUTES + 40) * 60_000 + (line % (traces / 2)) * 3000;
  const way = [...suffering.keys()].reverse();
  let durationMs = 60 + 20 * random() + (isSlow ? 800 : 0);
  const span = (at: number, parent: number | null, offsetMs: number, ms: number) =>
    `${JSON.stringify({
      trace_id: `${line + 1}`,
      span_id: `${at + 1}`,
      parent_id: parent === null ? null : `${parent + 1}`,
      service: nameOf(at),
      name: 'http.request',
      resource: 'GET /items',
      type: 'web',
      start: `${Math.floor(startMs + offsetMs)}000000`,
      duration: Math.floor(ms * 1e6),
      error: 0,
      meta: { env: 'prod' },
      metrics: {},
    })}\n`;
  const lines: string[] = [];
  for (const [depth, at] of way.entries()) {
    lines.push(span(at, way[depth - 1] ?? null, depth, durationMs));
    for (const other of calleesOf(at, services)) if (!suffering.has(other)) lines.push(span(other, at, depth + 1, 3));
    durationMs -= 6;
  }
  return lines.join('');
}

/** Writes lines in pieces, so that a file of any size takes little memory. */
function writeLines(file: string, count: number, line: (at: number) => string): void {
  const handle = openSync(file, 'w');
  let pending: string[] = [];
  for (let at = 0; at < count; at += 1) {
    pending.push(line(at));
    if (pending.length < 1000 && at < count - 1) continue;
    writeSync(handle, pending.join(''));
    pending = [];
  }
  closeSync(handle);
}
