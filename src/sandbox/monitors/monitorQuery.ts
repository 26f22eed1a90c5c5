import { HttpError } from '../http';
import type { MetricExpression } from '../query/metricAst';
import { parseMetricQuery } from '../query/metricParser';
import type { SearchNode } from '../query/searchAst';
import { parseSearch } from '../query/searchParser';

export type Comparator = '>' | '>=' | '<' | '<=';
export type WindowAggregator = 'avg' | 'sum' | 'min' | 'max' | 'last';

interface Condition {
  readonly windowMs: number;
  readonly comparator: Comparator;
  readonly threshold: number;
}

/** What the sandbox can evaluate of a monitor's query. */
export type MonitorQuery = Condition &
  (
    | { readonly kind: 'metric'; readonly aggregator: WindowAggregator; readonly expression: MetricExpression }
    | {
        readonly kind: 'events';
        readonly source: 'logs' | 'spans';
        readonly search: SearchNode;
        readonly rollup: 'count' | 'avg' | 'sum' | 'min' | 'max' | 'cardinality' | 'pc75' | 'pc90' | 'pc95' | 'pc99';
        readonly measure: string | null;
        readonly by: readonly string[];
      }
  );

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const METRIC_QUERY =
  /^\s*(avg|sum|min|max|last)\(\s*last_(\d+)([mhdw])\s*\)\s*:\s*([\s\S]*\S)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*$/iu;
const EVENT_QUERY =
  /^\s*(logs|trace-analytics)\("((?:[^"\\]|\\.)*)"\)((?:\.\w+\((?:[^()"]|"(?:[^"\\]|\\.)*")*\))*)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s*$/u;
const ROLLUPS = ['count', 'avg', 'sum', 'min', 'max', 'cardinality', 'pc75', 'pc90', 'pc95', 'pc99'] as const;

/**
 * Reads `avg(last_5m):<metric query> > 5`, `logs("…").index("*").rollup("count").by("a,b").last("5m") > 5` and the same
 * for `trace-analytics("…")`. Null for the forms that Datadog knows and the sandbox does not evaluate; such monitors keep
 * the state they were given. Throws a 400 for text that is a query of no kind.
 */
export function parseMonitorQuery(type: string, query: string): MonitorQuery | null {
  switch (type) {
    case 'metric alert':
    case 'query alert':
      return isOtherForm(query) ? null : parseMetricMonitor(query);
    case 'log alert':
    case 'trace-analytics alert':
      return parseEventMonitor(query, type === 'log alert' ? 'logs' : 'trace-analytics');
    default:
      return null;
  }
}

/** Forms of metric monitors that are left as they are: anomalies, forecasts, outliers, changes, formulas, calendar windows. */
function isOtherForm(query: string): boolean {
  return (
    /^\s*\w+\(\s*current_/.test(query) ||
    /\b(?:anomalies|forecast|outliers)\s*\(/.test(query) ||
    /^\s*(?:change|pct_change|percentile|formula)\(/.test(query)
  );
}

/** The error that Datadog's validation gives. */
export function invalidQuery(reason: string): HttpError {
  return new HttpError(400, `The value provided for parameter 'query' is invalid: ${reason}`);
}

function parseMetricMonitor(query: string): MonitorQuery {
  const match = METRIC_QUERY.exec(query);
  if (match === null)
    throw invalidQuery(
      hasOperator(query)
        ? 'expected avg|sum|min|max|last(last_<n>m): a metric query, a comparison and a number'
        : 'invalid operator specified: ',
    );
  const [, aggregator = '', count, unit = '', text = '', comparator, threshold] = match;
  return {
    kind: 'metric',
    aggregator: aggregator.toLowerCase() as WindowAggregator,
    windowMs: windowMs(count, unit),
    expression: explained(() => parseMetricQuery(text)),
    comparator: comparator as Comparator,
    threshold: Number(threshold),
  };
}

function parseEventMonitor(query: string, kind: 'logs' | 'trace-analytics'): MonitorQuery | null {
  if (/^\s*formula\(/.test(query)) return null;
  const match = EVENT_QUERY.exec(query);
  if (match === null)
    throw invalidQuery(
      hasOperator(query) ? `expected ${kind}("…").rollup("count").last("5m"), a comparison and a number` : 'invalid operator specified: ',
    );
  const [, source, search = '', calls = '', comparator, threshold] = match;
  if (source !== kind) throw invalidQuery(`${source} does not belong to a monitor of this type`);
  const { rollup, measure, by, window } = readCalls(calls);
  return {
    kind: 'events',
    source: kind === 'logs' ? 'logs' : 'spans',
    search: explained(() => parseSearch(unquote(search))),
    rollup,
    measure,
    by,
    windowMs: window,
    comparator: comparator as Comparator,
    threshold: Number(threshold),
  };
}

function readCalls(text: string): { rollup: (typeof ROLLUPS)[number]; measure: string | null; by: string[]; window: number } {
  const calls = new Map<string, string[]>();
  for (const [, name = '', args = ''] of text.matchAll(/\.(\w+)\(((?:[^()"]|"(?:[^"\\]|\\.)*")*)\)/gu))
    calls.set(
      name,
      Array.from(args.matchAll(/"((?:[^"\\]|\\.)*)"/gu), ([, arg = '']) => unquote(arg)),
    );
  for (const name of calls.keys())
    if (!['index', 'indexes', 'rollup', 'by', 'last'].includes(name)) throw invalidQuery(`.${name}() is not supported`);
  const [method = '', measure = null] = calls.get('rollup') ?? ['count'];
  const rollup = ROLLUPS.find((known) => known === method);
  if (rollup === undefined || (rollup !== 'count' && measure === null))
    throw invalidQuery(`.rollup("${method}") needs one of ${ROLLUPS.join(', ')}, and a measure unless it is count`);
  const [, count, unit = ''] = /^(\d+)([mhdw])$/.exec(calls.get('last')?.[0] ?? '') ?? [];
  if (count === undefined) throw invalidQuery('.last("5m") is missing');
  const by = (calls.get('by') ?? [])
    .flatMap((keys) => keys.split(','))
    .map((key) => key.trim())
    .filter((key) => key !== '' && key !== '*');
  return { rollup, measure, by, window: windowMs(count, unit) };
}

const hasOperator = (query: string) => /[<>]/.test(query);
const unquote = (text: string) => text.replace(/\\(.)/gu, '$1');
const windowMs = (count: string | undefined, unit: string) => Number(count) * (UNIT_MS[unit.toLowerCase()] ?? 0);

function explained<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof HttpError) throw invalidQuery(error.message);
    throw error;
  }
}

/** Whether a value breaks the threshold. */
export function isBeyond(value: number, comparator: Comparator, threshold: number): boolean {
  switch (comparator) {
    case '>':
      return value > threshold;
    case '>=':
      return value >= threshold;
    case '<':
      return value < threshold;
    default:
      return value <= threshold;
  }
}
