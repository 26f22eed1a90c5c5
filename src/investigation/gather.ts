import { formatPlural } from '../domain/format';
import type { EventQuery, MetricResult, Repository } from '../domain/ports';
import type { TimeSeries, TimeWindow } from '../domain/timeSeries';
import { alertOnset } from '../signals/onset';
import type { Subject } from './deps';
import type { Answer, Gathered, HeldCommit } from './gathered';
import { chooseQueries } from './metricChoice';
import { limitOf } from './monitorQuery';
import { headingOf, type Opening, openCase } from './openCase';
import { EVENT_LIMIT, metricQuery, searchAll, searchTerm } from './queries';
import type { Run } from './run';
import { withoutUnfinished } from './wholeIntervals';
import { changesWindow, commitsWindow, historyWindow, onsetWindow, type Windows, windowsAround } from './windows';

/**
 * How many calls have to be left for each question about the events, those worth most first: with fewer, the later ones are
 * left out. One call is kept for whole traces, which tell more than the last two.
 */
const CALLS_NEEDED = { metrics: 1, errorSpans: 2, spans: 3, errorLogs: 4, quietSpans: 5, quietLogs: 6, logs: 8, issues: 9 } as const;
/** What Datadog calls the environment of traces that name none. */
const NO_ENV = 'none';

/**
 * Reads what there is about the subject: fourteen calls at most (changes take two) unless some are retried, in three rounds,
 * since each needs what the one before found (the monitor, then when it began and which metrics exist, then what happened before and during).
 */
export async function gather(subject: Subject, run: Run): Promise<Gathered> {
  const opening = await openCase(subject, run);
  run.found({ alert: opening.alert, incident: headingOf(opening) });
  const surroundings = await readSurroundings(opening, run);
  const onsetMs = onsetOf(opening, surroundings.alertSeries, run.deps.clock.nowMs());
  const windows = windowsAround(onsetMs ?? assumedOnset(opening, run.deps.clock.nowMs()), run.deps.clock.nowMs());
  const events = await readEvents(opening, windows, surroundings, run);
  const fine = events.metrics[0]?.query === surroundings.alertQuery ? (events.metrics[0]?.series[0] ?? null) : null;
  return { opening, windows, onsetMs, ...surroundings, fineSeries: fine ?? surroundings.alertSeries, ...events };
}

interface Surroundings {
  readonly alertQuery: string | null;
  readonly metricNames: readonly string[];
}

async function readSurroundings(opening: Opening, run: Run) {
  const nowMs = run.deps.clock.nowMs();
  const { firedAtMs } = opening.alert;
  const { telemetry } = run.deps;
  const alertQuery = alertQueryOf(opening);
  const changed = changesWindow(firedAtMs, nowMs);
  const [alertSeries, metricNames, changes, dependencies, commits] = await Promise.all([
    readAlertSeries(alertQuery, historyWindow(firedAtMs, nowMs), run),
    run.ask<readonly string[]>({
      agent: 'datadog.metricNames',
      otherwise: [],
      ask: (signal) => telemetry.listMetrics(firedAtMs - 3_600_000, signal),
      note: (names) => formatPlural(names.length, 'metric'),
    }),
    run.ask({
      agent: 'datadog.changes',
      otherwise: [],
      ask: (signal) => telemetry.searchChanges(changed, signal),
      note: (found) => formatPlural(found.length, 'change'),
    }),
    run.ask<Record<string, string[]>>({
      agent: 'datadog.dependencies',
      otherwise: {},
      ask: (signal) => telemetry.listDependencies({ fromMs: firedAtMs - 3_600_000, toMs: nowMs + 1 }, opening.env ?? NO_ENV, signal),
      note: (found) => `calls of ${formatPlural(Object.keys(found).length, 'service')}`,
    }),
    readCommits(commitsWindow(firedAtMs, nowMs), run),
  ]);
  return { alertQuery, alertSeries, metricNames, changes, dependencies, commits };
}

/** The monitor's expression, or the alert's metric for its service where there is no monitor. */
function alertQueryOf({ query, alert, service }: Opening): string | null {
  if (query) return query.expression;
  if (alert.metric === null) return null;
  return metricQuery('avg', alert.metric, service === null ? [] : [`service:${service}`], []);
}

async function readAlertSeries(query: string | null, window: TimeWindow, run: Run): Promise<TimeSeries | null> {
  if (query === null) return null;
  const results = await run.ask<readonly MetricResult[]>({
    agent: 'datadog.alertMetric',
    otherwise: [],
    ask: (signal) => run.deps.telemetry.queryMetrics([query], window, signal),
    note: ([first]) => (first?.series[0] ? formatPlural(first.series[0].points.length, 'point') : 'no values'),
  });
  return results[0]?.series[0] ?? null;
}

/** When the alerting metric left its usual range; see {@link alertOnset}. */
function onsetOf({ alert, query }: Opening, series: TimeSeries | null, nowMs: number): number | null {
  return series && alertOnset(series, onsetWindow(alert.firedAtMs, nowMs), limitOf(query));
}

/** An alert fires at the end of the window it evaluates, so what it saw began up to that long before. */
function assumedOnset({ alert, query }: Opening, nowMs: number): number {
  return Math.min(alert.firedAtMs, nowMs) - (query?.windowSec ?? 300) * 1000;
}

async function readCommits(window: TimeWindow, run: Run): Promise<readonly HeldCommit[]> {
  const read = async (repository: Repository) => {
    const commits = await run.ask({
      agent: 'git.history',
      otherwise: [],
      ask: (signal) => repository.commitsBetween(window, signal),
      note: (found) => `${formatPlural(found.length, 'commit')} in ${repository.name}`,
    });
    return commits.map((commit) => ({ commit, repository }));
  };
  return (await Promise.all(run.deps.repositories.map(read))).flat();
}

async function readEvents(opening: Opening, windows: Windows, { alertQuery, metricNames }: Surroundings, run: Run) {
  const { telemetry } = run.deps;
  const { incident, baseline, whole } = windows;
  const env = opening.env === null ? null : searchTerm('env', opening.env);
  const service = opening.service === null ? null : searchTerm('service', opening.service);
  const { callsLeft } = run;
  const search = <T>(
    needed: keyof typeof CALLS_NEEDED,
    what: string,
    query: Omit<EventQuery, 'limit'>,
    ask: (query: EventQuery, signal: AbortSignal) => Promise<T[]>,
  ): Promise<Answer<T>> => {
    if (callsLeft >= CALLS_NEEDED[needed]) return searchEvents(`datadog.${needed}`, { ...query, limit: EVENT_LIMIT }, ask, run);
    run.leaveOut(what, `datadog.${needed}`);
    return Promise.resolve({ query: query.query, items: [] });
  };
  const logs = telemetry.searchLogs.bind(telemetry);
  const spans = telemetry.searchSpans.bind(telemetry);
  const errors = telemetry.searchErrors.bind(telemetry);
  const [metrics, errorLogs, duringLogs, quietLogs, errorSpans, duringSpans, quietSpans, issues] = await Promise.all([
    readMetrics([...(alertQuery === null ? [] : [alertQuery]), ...chooseQueries(opening, metricNames)], whole, run),
    search(
      'errorLogs',
      'Error logs',
      { query: searchAll('status:(error OR critical OR alert OR emergency)', env), window: incident, oldestFirst: true },
      logs,
    ),
    search('logs', 'Other logs than those of errors', { query: searchAll(env), window: incident }, logs),
    search('quietLogs', 'Logs of the quiet hour', { query: searchAll(env), window: baseline }, logs),
    search('errorSpans', 'Failing spans', { query: searchAll('status:error', env), window: incident, oldestFirst: true }, spans),
    search('spans', 'Spans', { query: searchAll(service, env), window: incident }, spans),
    search('quietSpans', 'Spans of the quiet hour', { query: searchAll(service, env), window: baseline }, spans),
    search('issues', 'Groups of the error tracker', { query: searchAll(service), window: incident }, errors),
  ]);
  return { metrics, errorLogs, logs: duringLogs, quietLogs, errorSpans, spans: duringSpans, quietSpans, issues };
}

function readMetrics(queries: readonly string[], window: TimeWindow, run: Run): Promise<readonly MetricResult[]> {
  if (queries.length === 0) return Promise.resolve([]);
  return run.ask<readonly MetricResult[]>({
    agent: 'datadog.metrics',
    otherwise: [],
    ask: async (signal) =>
      (await run.deps.telemetry.queryMetrics(queries, window, signal)).map(({ query, series }) => ({
        query,
        series: series.map((one) => withoutUnfinished(query, one, run.deps.clock.nowMs())),
      })),
    note: (results) =>
      `${formatPlural(results.flatMap((result) => result.series).length, 'series', 'series')} of ${queries.length} queries`,
  });
}

async function searchEvents<T>(
  agent: string,
  query: EventQuery,
  ask: (query: EventQuery, signal: AbortSignal) => Promise<T[]>,
  run: Run,
): Promise<Answer<T>> {
  const items = await run.ask<T[]>({
    agent,
    otherwise: [],
    ask: (signal) => ask(query, signal),
    note: (found) => `${found.length} for ${query.query}`,
  });
  return { query: query.query, items };
}
