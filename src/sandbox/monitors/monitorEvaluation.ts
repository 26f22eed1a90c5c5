import type { MonitorState } from '../../domain/monitor';
import type { TimeWindow } from '../../domain/timeSeries';
import { aggregate, facetOf } from '../api/aggregate';
import type { ApiContext } from '../context';
import { type Columns, type EvaluatedSeries, presentOnly } from '../query/evaluatedSeries';
import { evaluateMetric, metricScope } from '../query/metricEvaluate';
import { termsOf } from '../query/metricInterval';
import { logDocument, spanDocument } from '../query/searchDocuments';
import { compileSearch, type Searchable } from '../query/searchMatch';
import type { StoredMonitor } from '../store/store';
import { isBeyond, type MonitorQuery, parseMonitorQuery, type WindowAggregator } from './monitorQuery';

/** What a monitor says of one of its groups. */
export interface GroupState {
  /** `host:a,env:prod`, or `*` for a monitor without groups. */
  readonly group: string;
  readonly state: Extract<MonitorState, 'Alert' | 'Warn' | 'OK' | 'No Data'>;
  /** Null without data. */
  readonly value: number | null;
}

/**
 * The state of each group at the clock's now, the worst first; null for monitors whose query is of a form that is not
 * evaluated. A metric without data is `No Data` when the monitor's options ask to be told so, `OK` when `on_missing_data`
 * is `resolve`, otherwise it has no group here; a count of events without events is 0. Throws a 400 for unreadable queries.
 */
export function evaluateGroups(monitor: Pick<StoredMonitor, 'body'>, { store, clock }: ApiContext): GroupState[] | null {
  const { type, query } = monitor.body;
  const parsed = parseMonitorQuery(String(type), String(query));
  if (parsed === null) return null;
  const options = optionsOf(monitor.body);
  const endMs = clock.nowMs() - numberOr(options.evaluation_delay, 0) * 1000;
  const window = { fromMs: endMs - parsed.windowMs, toMs: endMs + 1 };
  const values = parsed.kind === 'metric' ? metricValues(parsed, store, window) : eventValues(parsed, store, window);
  const warning = optionsOf(options.thresholds).warning;
  const states = [...values].map(([group, value]): GroupState => ({ group, value, state: stateOf(value, parsed, warning) }));
  if (states.length === 0) states.push(...missingStates(options));
  return states.sort((a, b) => RANK[a.state] - RANK[b.state]);
}

const RANK: Readonly<Record<GroupState['state'], number>> = { Alert: 0, Warn: 1, 'No Data': 2, OK: 3 };

function stateOf(value: number, { comparator, threshold }: MonitorQuery, warning: unknown): GroupState['state'] {
  if (isBeyond(value, comparator, threshold)) return 'Alert';
  return typeof warning === 'number' && isBeyond(value, comparator, warning) ? 'Warn' : 'OK';
}

function missingStates({ notify_no_data, on_missing_data }: Readonly<Record<string, unknown>>): GroupState[] {
  if (on_missing_data === 'resolve') return [{ group: '*', state: 'OK', value: null }];
  const isTold = notify_no_data === true || on_missing_data === 'show_no_data' || on_missing_data === 'show_and_notify_no_data';
  return isTold ? [{ group: '*', state: 'No Data', value: null }] : [];
}

export function optionsOf(value: unknown): Readonly<Record<string, unknown>> {
  const options = typeof value === 'object' && value !== null && 'options' in value ? value.options : value;
  return typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};
}

const numberOr = (value: unknown, fallback: number) => (typeof value === 'number' ? value : fallback);

/** Points of a monitor's window are a minute apart, or as far as its sources report; those of counts are as near as they come. */
const INTERVAL_SEC = 60;
const COUNT_INTERVAL_SEC = 10;

/**
 * One value a group. Queries with `.as_count()` are reduced metric by metric before arithmetic, as Datadog documents for
 * ratios of counts; the others are evaluated point by point and then reduced.
 */
function metricValues(query: MonitorQuery & { kind: 'metric' }, store: ApiContext['store'], window: TimeWindow): Map<string, number> {
  const { expression, aggregator } = query;
  const isOfCounts = termsOf(expression).some((term) => term.as === 'count');
  const scope = metricScope([expression], store, window, isOfCounts ? COUNT_INTERVAL_SEC : INTERVAL_SEC);
  const reduceTerm = (series: EvaluatedSeries): EvaluatedSeries => {
    const value = reducePoints(series, aggregator);
    return { ...series, intervalSec: scope.intervalSec, ...presentOnly({ secs: [Math.floor(window.fromMs / 1000)], values: [value] }) };
  };
  const values = new Map<string, number>();
  for (const series of evaluateMetric(expression, isOfCounts ? { ...scope, transform: reduceTerm } : scope)) {
    const value = reducePoints(series, aggregator);
    if (value !== null) values.set(series.tags.length === 0 ? '*' : series.tags.join(','), value);
  }
  return values;
}

function reducePoints(columns: Columns, aggregator: WindowAggregator): number | null {
  const values = columns.values.filter((value) => value !== null);
  const last = values.at(-1);
  if (last === undefined || aggregator === 'last') return last ?? null;
  if (aggregator === 'min') return values.reduce((a, b) => Math.min(a, b));
  if (aggregator === 'max') return values.reduce((a, b) => Math.max(a, b));
  const sum = values.reduce((a, b) => a + b, 0);
  return aggregator === 'sum' ? sum : sum / values.length;
}

function eventValues(query: MonitorQuery & { kind: 'events' }, store: ApiContext['store'], window: TimeWindow): Map<string, number> {
  const matches = compileSearch(query.search);
  const all = query.source === 'logs' ? Array.from(store.logs(window), logDocument) : Array.from(store.spans(window), spanDocument);
  const groups = new Map<string, Searchable[]>();
  if (query.by.length === 0) groups.set('*', []);
  for (const document of all) {
    if (!matches(document)) continue;
    const values = query.by.map((key) => facetOf(document, key));
    if (values.some((value) => value === undefined)) continue;
    const group = values.map((value, at) => `${query.by[at]}:${value}`).join(',') || '*';
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [document]);
    else known.push(document);
  }
  const result = new Map<string, number>();
  for (const [group, documents] of groups) {
    const value = aggregate(query.rollup, query.measure ?? undefined, documents, (document) => document);
    if (value !== null) result.set(group, value);
  }
  return result;
}
