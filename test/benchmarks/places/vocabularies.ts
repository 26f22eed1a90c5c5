import type { Measures } from './flow';

/** One name for one measure, as a vendor or a library gives it. */
interface Named {
  readonly metric: string;
  readonly unit: string | null;
  readonly value: (measures: Measures) => number;
  /** Totals that only grow are asked for as they are here: growth in the interval. */
  readonly tags?: readonly string[];
}

/** How the services of one company are measured. */
export interface Vocabulary {
  readonly name: string;
  readonly latency: Named;
  readonly failing: Named;
  readonly others: readonly Named[];
  /** The operation of the spans that its tracer writes; null where there are none. */
  readonly operation: string | null;
}

const errors = ({ requests, failing }: Measures) => requests * failing;
const cores = ({ cpuPercent }: Measures) => cpuPercent / 50;
const bytes = ({ memoryPercent }: Measures) => memoryPercent * 20e6;

const traced = (name: string, operation: string, others: readonly Named[]): Vocabulary => ({
  name: `Datadog, ${name}`,
  operation,
  latency: { metric: `trace.${operation}`, unit: 'second', value: ({ p95Ms }) => p95Ms / 1000 },
  failing: { metric: `trace.${operation}.errors`, unit: 'error', value: errors },
  others: [{ metric: `trace.${operation}.hits`, unit: 'request', value: ({ requests }) => requests }, ...others],
});

const containers: readonly Named[] = [
  { metric: 'container.cpu.usage', unit: 'nanocore', value: (measures) => cores(measures) * 1e9 },
  { metric: 'container.memory.usage', unit: 'byte', value: bytes },
];

const kubernetes: readonly Named[] = [
  { metric: 'kubernetes.cpu.usage.total', unit: 'nanocore', value: (measures) => cores(measures) * 1e9 },
  { metric: 'kubernetes.memory.usage', unit: 'byte', value: bytes },
  { metric: 'kubernetes.containers.restarts', unit: null, value: ({ restarts }) => restarts },
];

export const VOCABULARIES: readonly Vocabulary[] = [
  traced('Java', 'servlet.request', [{ metric: 'jvm.heap_memory', unit: 'byte', value: bytes }, ...containers]),
  traced('Node.js', 'express.request', containers),
  traced('.NET', 'aspnet_core.request', [
    { metric: 'runtime.dotnet.cpu.percent', unit: 'percent', value: ({ cpuPercent }) => cpuPercent },
    { metric: 'runtime.dotnet.mem.committed', unit: 'byte', value: bytes },
  ]),
  traced('Python', 'django.request', kubernetes),
  traced('Go', 'grpc.server', kubernetes),
  {
    name: 'OpenTelemetry',
    operation: 'http.server.request',
    latency: { metric: 'http.server.request.duration', unit: 'second', value: ({ p95Ms }) => p95Ms / 1000 },
    failing: { metric: 'http.server.request.error_ratio', unit: 'fraction', value: ({ failing }) => failing },
    others: [
      { metric: 'http.server.active_requests', unit: null, value: ({ requests, p50Ms }) => (requests * p50Ms) / 60_000 },
      { metric: 'process.cpu.utilization', unit: 'fraction', value: ({ cpuPercent }) => cpuPercent / 100 },
      { metric: 'process.memory.usage', unit: 'byte', value: bytes },
    ],
  },
  {
    name: 'Prometheus',
    operation: null,
    latency: { metric: 'http_request_duration_seconds', unit: null, value: ({ p95Ms }) => p95Ms / 1000 },
    failing: { metric: 'http_requests_failed_per_sec', unit: null, value: (measures) => errors(measures) / 60 },
    others: [
      { metric: 'http_requests_per_sec', unit: null, value: ({ requests }) => requests / 60 },
      { metric: 'container_cpu_usage_seconds_total', unit: null, value: cores },
      { metric: 'container_memory_working_set_bytes', unit: null, value: bytes },
      { metric: 'kube_pod_container_status_restarts_total', unit: null, value: ({ restarts }) => restarts },
      { metric: 'node_load1', unit: null, value: ({ cpuPercent }) => 0.5 + cpuPercent / 40 },
    ],
  },
  {
    name: 'X-Ray',
    operation: null,
    latency: { metric: 'aws.xray.response_time.p90', unit: 'millisecond', value: ({ p95Ms }) => p95Ms },
    failing: { metric: 'aws.xray.availability', unit: 'percent', value: ({ failing }) => 100 * (1 - failing) },
    others: [
      { metric: 'aws.xray.response_time.p50', unit: 'millisecond', value: ({ p50Ms }) => p50Ms },
      { metric: 'aws.xray.total_count', unit: null, value: ({ requests }) => requests },
      { metric: 'aws.ecs.cpuutilization', unit: 'percent', value: ({ cpuPercent }) => cpuPercent },
      { metric: 'aws.ecs.memory_utilization', unit: 'percent', value: ({ memoryPercent }) => memoryPercent },
    ],
  },
  {
    name: 'words of its own',
    operation: null,
    latency: { metric: 'biz.answer_speed', unit: 'millisecond', value: ({ p95Ms }) => p95Ms },
    failing: { metric: 'biz.bad_answers', unit: null, value: errors },
    others: [
      { metric: 'biz.answers', unit: null, value: ({ requests }) => requests },
      { metric: 'biz.busy', unit: 'percent', value: ({ cpuPercent }) => cpuPercent },
      { metric: 'biz.footprint', unit: null, value: bytes },
    ],
  },
];
