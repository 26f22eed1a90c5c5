/** What a metric tells about a service. */
export type MetricKind = 'errors' | 'latency' | 'traffic' | 'saturation' | 'availability' | 'other';

/** How changes of a metric compare: by difference of percentage points, or by ratio. */
export type MetricScale = 'points' | 'fraction' | 'ratio';

const WORDS: readonly (readonly [MetricKind, RegExp])[] = [
  ['availability', /availab|success|uptime|health|replicas_(available|ready)/],
  ['errors', /error|fail|5xx|cancel|exception|panic|restart|reject|timeout|oom|unavailable|dropped/],
  ['latency', /latenc|duration|response_?time|elapsed|_wait|wait_|\blag\b|_lag|delay/],
  ['saturation', /cpu|memory|\bmem\b|heap|disk|pool|connection|queue|utili[sz]ation|usage|throttl|iops|swap|load|storage|backlog|in_use/],
  ['traffic', /hits|requests?(\b|_per_|_total|_count)|_count\b|throughput|rate\b|calls|traffic|\b(rps|qps|rpm|tps)\b/],
];

/** Work that each request makes, not how many requests there are. */
const PER_REQUEST = /_per_(request|call|operation)/;

/** The distribution of a traced operation's durations. */
const TRACE_DURATION = /^trace\.(?!.*\.(hits|errors|apdex)(\.|$))/;

/** Judged by its unit where that is one of time, then by the words in its name. */
export function metricKind(metric: string, unit: string | null): MetricKind {
  const name = metric.toLowerCase();
  if (PER_REQUEST.test(name)) return 'other';
  if (TRACE_DURATION.test(name) || isTimeUnit(unit)) return 'latency';
  for (const [kind, words] of WORDS) if (words.test(name)) return kind;
  if (unit === 'percent') return 'saturation';
  return 'other';
}

export function metricScale(metric: string, unit: string | null): MetricScale {
  if (unit === 'percent') return 'points';
  if (unit === 'fraction' || /ratio$|_fraction$/.test(metric.toLowerCase())) return 'fraction';
  return unit === null && /(percent|pct)(age)?$/.test(metric.toLowerCase()) ? 'points' : 'ratio';
}

export function isTimeUnit(unit: string | null): boolean {
  return unit !== null && /^(nano|micro|milli)?second$|^minute$|^hour$/.test(unit);
}

/** The sign of harm: +1 when more is worse, -1 when less is worse, 0 when either may be. */
export function harmfulDirection(kind: MetricKind, metric: string): -1 | 0 | 1 {
  if (kind === 'availability') return -1;
  if (/\bfree|freeable|idle|available|remaining|max_conns|hit_?ratio/.test(metric.toLowerCase())) return -1;
  return kind === 'errors' || kind === 'latency' || kind === 'saturation' ? 1 : 0;
}
