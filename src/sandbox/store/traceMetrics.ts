import type { Span } from '../../domain/span';
import type { TimeWindow } from '../../domain/timeSeries';
import { type Column, createColumn } from './column';
import { operationName } from './operationName';
import { isPercentile, rollupNumbers, visibleSeconds } from './rollup';
import { hasEntry } from './seriesTable';
import { Sketch } from './sketch';
import { createSketchSource } from './sketchSource';
import type { MetricSource, SandboxClock } from './store';

/** Seconds over which spans are counted, by the end of the span; Datadog's agent does the same. */
const BUCKET_SEC = 10;

/** The metrics of one operation, `''` standing for `trace.<operation>` itself. */
const FACETS = ['', '.hits', '.errors', '.duration'] as const;
type Facet = (typeof FACETS)[number];

interface Bucket {
  errors: number;
  /** When the last of its spans ended: a bucket that reaches past now is not visible. */
  lastEndMs: number;
  /** Durations in seconds. */
  readonly durations: Sketch;
}

interface Family {
  readonly tags: readonly string[];
  readonly facets: ReadonlySet<string>;
  readonly column: Column<Bucket>;
  readonly sources: ReadonlyMap<Facet, MetricSource>;
}

/**
 * Trace metrics as Datadog derives them from every service-entry or measured span (`_dd.top_level` or `_dd.measured` is 1):
 * `trace.<operation>` (distribution of durations in seconds), `.hits`, `.errors` (counts) and `.duration` (sum of seconds),
 * tagged env, service, resource_name, version and http.status_code. See docs.datadoghq.com/tracing/metrics/metrics_namespace.
 */
export interface TraceMetrics {
  /** Returns by how many buckets the table grew. */
  add(span: Span, derivesMetric?: (metric: string) => boolean): number;
  sources(metric: string): readonly MetricSource[];
  names(fromSec: number): Iterable<string>;
  columns(): Iterable<Column<unknown>>;
  /** Forgets what is before and says how many buckets that were. */
  dropBefore(sec: number): number;
}

export function createTraceMetrics(clock: SandboxClock): TraceMetrics {
  const operations = new Map<string, Map<string, Family>>();
  const familyOf = (span: Span, facets: string): Family => {
    const operation = operationName(span.name);
    const families = operations.get(operation) ?? new Map<string, Family>();
    if (families.size === 0) operations.set(operation, families);
    const { env = '', version = '', 'http.status_code': status = '' } = span.meta;
    const key = `${facets}\n${span.service}\n${span.resource}\n${env}\n${version}\n${status}`;
    const family = families.get(key) ?? createFamily(span, new Set(facets.split(',')), clock);
    if (family.column.size === 0) families.set(key, family);
    return family;
  };
  return {
    add(span, derivesMetric) {
      if (span.metrics['_dd.top_level'] !== 1 && span.metrics['_dd.measured'] !== 1) return 0;
      const facets =
        derivesMetric === undefined ? FACETS : FACETS.filter((facet) => derivesMetric(`trace.${operationName(span.name)}${facet}`));
      return facets.length === 0 ? 0 : count(span, familyOf(span, facets.join(',')).column);
    },
    sources: (metric) =>
      FACETS.flatMap((facet) => {
        if (!metric.startsWith('trace.') || !metric.endsWith(facet)) return [];
        const families = operations.get(metric.slice('trace.'.length, metric.length - facet.length));
        return [...(families?.values() ?? [])].flatMap((family) => family.sources.get(facet) ?? []);
      }),
    *names(fromSec) {
      const toSec = Math.floor(clock.nowMs() / 1000) + 1;
      for (const [operation, families] of operations) {
        const live = [...families.values()].filter(({ column }) => hasEntry(column, fromSec, toSec));
        for (const facet of FACETS) if (live.some(({ facets }) => facets.has(facet))) yield `trace.${operation}${facet}`;
      }
    },
    *columns() {
      for (const families of operations.values()) for (const { column } of families.values()) yield column;
    },
    dropBefore(sec) {
      let dropped = 0;
      for (const [operation, families] of operations) {
        for (const [key, { column }] of families) {
          dropped += column.dropBefore(sec);
          if (column.size === 0) families.delete(key);
        }
        if (families.size === 0) operations.delete(operation);
      }
      return dropped;
    },
  };
}

function count(span: Span, column: Column<Bucket>): number {
  const endMs = span.startMs + span.durationMs;
  const sec = Math.floor(endMs / 1000 / BUCKET_SEC) * BUCKET_SEC;
  const found = column.get(sec);
  const bucket = found ?? { errors: 0, lastEndMs: endMs, durations: new Sketch() };
  if (found === undefined) column.set(sec, bucket);
  const weight = weightOf(span);
  bucket.durations.add(span.durationMs / 1000, weight);
  if (span.isError) bucket.errors += weight;
  bucket.lastEndMs = Math.max(bucket.lastEndMs, endMs);
  return found === undefined ? 1 : 0;
}

/** How many requests a sampled span stands for: 1 / `_sample_rate`, as Datadog's agent weighs spans for its statistics. */
function weightOf({ metrics }: Span): number {
  const rate = metrics._sample_rate;
  return rate !== undefined && rate > 0 && rate <= 1 ? 1 / rate : 1;
}

function createFamily(span: Span, facets: ReadonlySet<string>, clock: SandboxClock): Family {
  const column = createColumn<Bucket>();
  const tags = traceMetricTags(span);
  const sources = FACETS.filter((facet) => facets.has(facet)).map(
    (facet) => [facet, facetSource(`trace.${operationName(span.name)}`, facet, tags, column, clock)] as const,
  );
  return { tags, facets, column, sources: new Map(sources) };
}

function traceMetricTags({ service, resource, meta }: Span): string[] {
  const tags = [`service:${service}`, `resource_name:${tagText(resource)}`];
  for (const key of ['env', 'version', 'http.status_code']) if (meta[key] !== undefined) tags.push(`${key}:${meta[key]}`);
  return tags;
}

/** Text as Datadog stores it in a metric's tag: lower case, at most 200 characters, others than `[a-z0-9_\-:./]` as one underscore. */
export function tagText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\d_\-:./]+/gu, '_')
    .replace(/_+$/, '')
    .slice(0, 200);
}

const UNITS: Readonly<Record<Facet, string>> = { '': 'second', '.hits': 'hit', '.errors': 'error', '.duration': 'second' };

function facetSource(name: string, facet: Facet, tags: readonly string[], column: Column<Bucket>, clock: SandboxClock): MetricSource {
  const visible = (window: TimeWindow) => {
    const nowMs = clock.nowMs();
    return [...column.between(...visibleSeconds(window, nowMs))].filter(([, { lastEndMs }]) => lastEndMs <= nowMs);
  };
  const described = { metric: `${name}${facet}`, unit: UNITS[facet], tags, intervalSec: BUCKET_SEC };
  if (facet === '') {
    return createSketchSource({ ...described, sketches: (window) => mapValues(visible(window), ({ durations }) => durations) });
  }
  return {
    ...described,
    type: 'count',
    rollup(window, rollupSec, method) {
      return isPercentile(method) ? [] : rollupNumbers(mapValues(visible(window), READ[facet]), rollupSec, method);
    },
  };
}

const READ: Readonly<Record<Exclude<Facet, ''>, (bucket: Bucket) => number>> = {
  '.hits': ({ durations }) => durations.count,
  '.errors': ({ errors }) => errors,
  '.duration': ({ durations }) => durations.sum,
};

function mapValues<T, U>(entries: readonly (readonly [number, T])[], of: (value: T) => U): (readonly [number, U])[] {
  return entries.map(([sec, value]) => [sec, of(value)] as const);
}
