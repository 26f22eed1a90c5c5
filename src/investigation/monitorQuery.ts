import type { Limit } from '../signals/onset';

/** What a metric monitor's query says, in parts that can be asked for again. */
export interface MonitorQuery {
  /** The expression inside, as a time-series query: `avg:trace.express.request.errors{service:checkout}.as_count()`. */
  readonly expression: string;
  /** Metrics that occur in it, in order. */
  readonly metrics: readonly string[];
  /** Aggregator of the first metric: `avg`, `sum`, `p95`, … */
  readonly aggregator: string;
  /** Tags that the first metric is filtered by, as written. */
  readonly filters: readonly string[];
  readonly isAboveBad: boolean;
  /** The limit of the metric itself; null for monitors that alert on deviation. */
  readonly threshold: number | null;
  /** How far back each evaluation looks. */
  readonly windowSec: number;
}

/** What the metric must not cross; null without a monitor, and for monitors that alert on deviation. */
export function limitOf(query: MonitorQuery | null): Limit | null {
  if (query === null || query.threshold === null) return null;
  return { threshold: query.threshold, isAboveBad: query.isAboveBad };
}

const SHELL = /^\s*\w+\(last_(\d+)([smhdw])\):([\s\S]+?)\s*(>=|<=|>|<)\s*(-?\d[\d.]*(?:e[+-]?\d+)?)\s*$/i;
const WRAPPED = /^\s*(anomalies|outliers|forecast)\(([\s\S]*)\)\s*$/i;
const METRIC = /\b(avg|sum|min|max|count|p50|p75|p90|p95|p99):([A-Za-z][\w.-]*)(?:\{([^{}]*)\})?/g;
const UNIT_SEC: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const DEFAULT_WINDOW_SEC = 300;

/**
 * Takes a monitor's query apart, such as `avg(last_5m):avg:system.cpu.user{env:prod} > 90` or one inside `anomalies()`.
 * Returns null for monitors that are not on metrics (logs, events, checks).
 */
export function parseMonitorQuery(query: string): MonitorQuery | null {
  const shell = SHELL.exec(query);
  const inner = (shell?.[3] ?? query).trim();
  const wrapped = WRAPPED.exec(inner);
  const expression = wrapped?.[2] ? firstArgument(wrapped[2]) : inner;
  const found = [...expression.matchAll(METRIC)];
  const first = found[0];
  if (!first?.[1]) return null;
  return {
    expression,
    metrics: [...new Set(found.map((match) => match[2] ?? ''))],
    aggregator: first[1],
    filters: splitFilters(first[3] ?? ''),
    isAboveBad: !(shell?.[4] ?? '>').startsWith('<'),
    threshold: shell?.[5] !== undefined && !wrapped ? Number(shell[5]) : null,
    windowSec: shell?.[1] ? Number(shell[1]) * (UNIT_SEC[shell[2] ?? 'm'] ?? 60) : DEFAULT_WINDOW_SEC,
  };
}

/** Up to the first comma outside braces and parentheses. */
function firstArgument(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if ('({['.includes(character)) depth++;
    else if (')}]'.includes(character)) depth--;
    else if (character === ',' && depth === 0) return text.slice(0, index).trim();
  }
  return text.trim();
}

function splitFilters(text: string): string[] {
  return text
    .split(/,|\s+AND\s+/i)
    .map((filter) => filter.trim())
    .filter((filter) => filter !== '' && filter !== '*');
}
