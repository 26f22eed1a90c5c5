import type { ApiContext } from '../context';
import { HttpError, type HttpRequest, type Route } from '../http';
import { tagsOf } from '../monitors/monitorLoop';
import { parseMonitorQuery } from '../monitors/monitorQuery';
import { printFilter } from '../query/metricAst';
import { termsOf } from '../query/metricInterval';
import type { SearchNode } from '../query/searchAst';
import { compileSearch, type Searchable } from '../query/searchMatch';
import { parseSearch } from '../query/searchParser';
import type { StoredMonitor } from '../store/store';
import { monitorGroups, text, triggeredSec } from './monitorBody';
import { intParam, ok } from './requests';

const STATES = ['Alert', 'Warn', 'No Data', 'OK', 'Ignored', 'Skipped', 'Unknown'];

/** Monitor search and group search with facet counts: `status:`, `type:`, `tag:`, `service:`, `id:`, `metric:`, words of the title. */
export function monitorSearchRoutes(context: ApiContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/monitor/search',
      auth: 'app',
      rateLimit: 'monitors',
      handle: (request) => ok(searchMonitors(request, context)),
    },
    {
      method: 'GET',
      path: '/api/v1/monitor/groups/search',
      auth: 'app',
      rateLimit: 'monitors',
      handle: (request) => ok(searchGroups(request, context)),
    },
  ];
}

interface Row {
  readonly monitor: StoredMonitor;
  readonly group: string;
  readonly state: string;
}

function searchMonitors(request: HttpRequest, context: ApiContext): object {
  const rows = context.store.monitors().map((monitor): Row => ({ monitor, group: '*', state: monitor.state }));
  const { found, page, metadata } = searched(rows, request);
  return {
    counts: { ...countsOf(found), type: counted(found.map(({ monitor }) => kindOf(monitor))) },
    monitors: page.map(resultBody),
    metadata,
  };
}

function searchGroups(request: HttpRequest, context: ApiContext): object {
  const rows = context.store
    .monitors()
    .flatMap((monitor) => monitorGroups(monitor, context).map(({ group, state }): Row => ({ monitor, group, state })));
  const { found, page, metadata } = searched(rows, request);
  return {
    counts: { ...countsOf(found), type: counted(found.map(({ monitor }) => kindOf(monitor))) },
    groups: page.map(groupBody),
    metadata,
  };
}

function searched(rows: readonly Row[], { query }: HttpRequest) {
  const node = parseSearch(query.get('query') ?? '');
  checkStates(node);
  const matches = compileSearch(node);
  const found = sorted(
    rows.filter((row) => matches(documentOf(row))),
    query.get('sort'),
  );
  const perPage = intParam(query, 'per_page', 30, 1, 1000);
  const page = intParam(query, 'page', 0, 0, 1e6);
  const metadata = { total_count: found.length, page_count: Math.ceil(found.length / perPage), page, per_page: perPage };
  return { found, page: found.slice(page * perPage, (page + 1) * perPage), metadata };
}

function checkStates(node: SearchNode): void {
  if (node.kind === 'and' || node.kind === 'or') node.of.forEach(checkStates);
  else if (node.kind === 'not') checkStates(node.of);
  else if (node.kind === 'field' && node.key === 'status' && node.test.kind === 'is') {
    const [value] = node.test.pattern;
    if (typeof value === 'string' && !STATES.some((state) => state.toLowerCase() === value.toLowerCase()))
      throw new HttpError(400, `Query parsing error: '${value}' is not a valid monitor status`);
  }
}

function documentOf({ monitor, group, state }: Row): Searchable {
  const { body, id } = monitor;
  const tags = tagsOf(monitor);
  const values: Readonly<Record<string, () => readonly (string | number)[]>> = {
    status: () => [state],
    id: () => [id],
    type: () => [kindOf(monitor), text(body.type)],
    tag: () => tags,
    title: () => [text(body.name)],
    query: () => [text(body.query)],
    metric: () => factsOf(monitor).metrics,
    scope: () => factsOf(monitor).scopes,
    group: () => group.split(','),
    muted: () => ['false'],
  };
  const ofTags = (key: string) =>
    [...tags, ...group.split(',')].filter((tag) => tag.startsWith(`${key}:`)).map((tag) => tag.slice(key.length + 1));
  return {
    texts: () => [text(body.name), text(body.message)],
    values: (key, isAttribute) => (isAttribute ? [] : Object.hasOwn(values, key) ? (values[key]?.() ?? []) : ofTags(key)),
  };
}

function sorted(rows: Row[], sort: string | null): Row[] {
  if (sort === null || sort === '') return rows;
  const [field = '', order = 'asc'] = sort.split(',');
  const keys: Readonly<Record<string, (row: Row) => string | number>> = {
    name: ({ monitor }) => text(monitor.body.name),
    status: ({ state }) => STATES.indexOf(state),
    id: ({ monitor }) => monitor.id,
    type: ({ monitor }) => kindOf(monitor),
  };
  const key = Object.hasOwn(keys, field) ? keys[field] : undefined;
  if (key === undefined || (order !== 'asc' && order !== 'desc'))
    throw new HttpError(400, `The value provided for parameter 'sort' is invalid: ${Object.keys(keys).join('|')},asc|desc is expected`);
  const sign = order === 'asc' ? 1 : -1;
  return rows.sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** `metric` of `metric alert` and `query alert`; otherwise the word before `alert`. */
function kindOf({ body }: StoredMonitor): string {
  const type = text(body.type);
  return type === 'query alert' || type === 'metric alert' ? 'metric' : type.replace(/ alert$/, '');
}

function factsOf({ body }: StoredMonitor): { metrics: string[]; scopes: string[] } {
  try {
    const query = parseMonitorQuery(text(body.type), text(body.query));
    const terms = query?.kind === 'metric' ? termsOf(query.expression) : [];
    return {
      metrics: [...new Set(terms.map(({ metric }) => metric))],
      scopes: [...new Set(terms.map(({ filter }) => printFilter(filter)))].filter((scope) => scope !== '*'),
    };
  } catch (error) {
    if (error instanceof HttpError) return { metrics: [], scopes: [] };
    throw error;
  }
}

const countsOf = (rows: readonly Row[]) => ({
  status: counted(rows.map(({ state }) => state)),
  muted: rows.length === 0 ? [] : [{ name: false, count: rows.length }],
  tag: counted(rows.flatMap(({ monitor }) => tagsOf(monitor))),
});

/** Values with how often each is there, the most frequent first. */
function counted(values: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Array.from(counts, ([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

function resultBody({ monitor }: Row): object {
  const { body, id, state } = monitor;
  const { metrics, scopes } = factsOf(monitor);
  return {
    id,
    org_id: 1,
    name: text(body.name),
    type: text(body.type),
    classification: kindOf(monitor),
    status: state,
    query: text(body.query),
    tags: tagsOf(monitor),
    metrics,
    scopes,
    notifications: [],
    creator: { id: 1, name: 'AIDog Sandbox', handle: 'sandbox@localhost' },
    priority: body.priority ?? null,
    muted_until_ts: null,
    last_triggered_ts: triggeredSec(monitor, state),
    overall_state_modified: Math.floor(monitor.stateSinceMs / 1000),
    restricted_roles: [],
  };
}

function groupBody({ monitor, group, state }: Row): object {
  return {
    monitor_id: monitor.id,
    monitor_name: text(monitor.body.name),
    group,
    group_tags: group === '*' ? [] : group.split(','),
    status: state,
    last_triggered_ts: triggeredSec(monitor, state),
    last_nodata_ts: state === 'No Data' ? Math.floor(monitor.stateSinceMs / 1000) : null,
  };
}
