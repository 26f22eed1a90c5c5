import { repositoryTag } from '../code/deployedCommit';
import { mapEntry } from '../code/entries';
import { loadKey, loadOfSpans, loadsOfSeries } from '../code/hotPathLoads';
import { groupSpans, operationsOf, type SpanGroup } from '../code/hotPathPlaces';
import { commitsOf, errorText } from '../code/hotPaths';
import type { FrameMapper } from '../code/mapping';
import { AppError, isCancellation, messageFor } from '../domain/errors';
import type { HotPath, HotPathReport, PathLoad } from '../domain/hotPath';
import type { Clock, Log, Telemetry } from '../domain/ports';
import type { Span } from '../domain/span';
import type { TimeWindow } from '../domain/timeSeries';
import { daysBefore, spanQuery, type TrafficScope, traceQueries, traceSeries, wholeWindow } from './hotPathQueries';
import { openRepositories } from './repositories';
import type { Workspaces } from './workspaces';

export interface HotPathQuestion extends TrafficScope {
  readonly windowMinutes: number;
}

export interface HotPathSources {
  readonly telemetry: Telemetry;
  readonly mapper: FrameMapper;
  readonly clock: Clock;
  readonly log: Log;
}

/** {@link readHotPaths} for some folders on disk, as of now. */
export async function readHotPathsIn(
  dirs: readonly string[],
  question: HotPathQuestion,
  { telemetry, log, workspaces }: Pick<HotPathSources, 'telemetry' | 'log'> & { readonly workspaces: Workspaces },
  signal: AbortSignal,
): Promise<HotPathReport> {
  const { repositories, problems } = await openRepositories(dirs, log, signal);
  const sources = { telemetry, mapper: await workspaces.mapperOf(repositories), clock: { nowMs: () => Date.now() }, log };
  const report = await readHotPaths(question, sources, signal);
  return { ...report, problems: [...problems, ...report.problems] };
}

/** Spans that one search returns at most; more cost further calls. */
const MAX_SPANS = 1000;
const MAX_OPERATIONS = 4;

type Loads = ReadonlyMap<string, PathLoad>;

interface Traffic {
  readonly now: Loads;
  readonly dayAgo: Loads;
  readonly weekAgo: Loads;
  readonly basis: HotPath['basis'];
}

/**
 * What runs through the code now. Five calls: spans, failing spans, and the traced operations' metrics of the window, a day before
 * and a week before; where there are no such metrics, spans of a day and a week before take the place of the last two.
 * The mapper says where it lies in the workspace. What fails besides the first search becomes a problem.
 */
export async function readHotPaths(question: HotPathQuestion, sources: HotPathSources, signal: AbortSignal): Promise<HotPathReport> {
  const { telemetry, clock } = sources;
  const callsBefore = telemetry.apiCalls();
  const problems = new Set<string>();
  const window = wholeWindow(clock.nowMs(), question.windowMinutes);
  const upToNow = { fromMs: window.fromMs, toMs: clock.nowMs() };
  const ask = createAsker(problems, sources.log, signal);
  const [spans, failing] = await Promise.all([
    searchSpans(telemetry, spanQuery(question), upToNow, signal),
    ask(() => searchSpans(telemetry, spanQuery(question, 'status:error'), upToNow, signal), []),
  ]);
  const groups = groupSpans([...failing, ...spans]);
  const traffic = await readTraffic({ question, groups, spans, window, telemetry, ask, signal });
  const commits = commitsOf([...spans, ...failing]);
  const paths: HotPath[] = [];
  for (const group of groups) {
    const path = await pathOf(group, traffic, commits, upToNow, sources, signal);
    if (path !== null) paths.push(path);
  }
  return {
    window: upToNow,
    env: question.env,
    takenAtMs: clock.nowMs(),
    isWhole: spans.length < MAX_SPANS && problems.size === 0,
    paths: paths.toSorted((left, right) => right.now.requests - left.now.requests),
    problems: [...problems],
    apiCalls: telemetry.apiCalls() - callsBefore,
  };
}

type Ask = <T>(question: () => Promise<T>, otherwise: T) => Promise<T>;

function createAsker(problems: Set<string>, log: Log, signal: AbortSignal): Ask {
  return async (question, otherwise) => {
    try {
      return await question();
    } catch (error) {
      if (signal.aborted || isCancellation(error) || !(error instanceof AppError)) throw error;
      log.error('A part of the hot paths could not be read.', error);
      problems.add(messageFor(error));
      return otherwise;
    }
  };
}

const searchSpans = (telemetry: Telemetry, query: string, window: TimeWindow, signal: AbortSignal) =>
  telemetry.searchSpans({ query, window, limit: MAX_SPANS }, signal);

interface TrafficQuestion {
  readonly question: HotPathQuestion;
  readonly groups: readonly SpanGroup[];
  readonly spans: readonly Span[];
  readonly window: TimeWindow;
  readonly telemetry: Telemetry;
  readonly ask: Ask;
  readonly signal: AbortSignal;
}

async function readTraffic({ question, groups, spans, window, telemetry, ask, signal }: TrafficQuestion): Promise<Traffic> {
  const queries = traceQueries(operationsOf(groups, MAX_OPERATIONS), question);
  const fromMetrics = async (of: TimeWindow) =>
    loadsOfSeries(traceSeries(await ask(() => telemetry.queryMetrics(queries, of, signal), [])));
  const now: Loads = queries.length === 0 ? new Map() : await fromMetrics(window);
  const past = [daysBefore(window, 1), daysBefore(window, 7)] as const;
  if (now.size > 0) {
    const [dayAgo, weekAgo] = await Promise.all([fromMetrics(past[0]), fromMetrics(past[1])]);
    return { now, dayAgo, weekAgo, basis: 'metrics' };
  }
  if (groups.length === 0) return { now, dayAgo: now, weekAgo: now, basis: 'spans' };
  const fromSpans = async (of: TimeWindow) => loadsByResource(await ask(() => searchSpans(telemetry, spanQuery(question), of, signal), []));
  const [dayAgo, weekAgo] = await Promise.all([fromSpans(past[0]), fromSpans(past[1])]);
  return { now: loadsByResource(spans), dayAgo, weekAgo, basis: 'spans' };
}

/** What the entries among some spans measured, by {@link loadKey}. */
function loadsByResource(spans: readonly Span[]): Loads {
  const byKey = new Map<string, readonly Span[]>();
  for (const { kind, env, service, resource, spans: own } of groupSpans(spans)) {
    if (kind !== 'entry' || resource === null) continue;
    const key = loadKey(env, service, resource);
    byKey.set(key, [...(byKey.get(key) ?? []), ...own]);
  }
  return new Map([...byKey].map(([key, own]) => [key, loadOfSpans(own)]));
}

/** Null for a route that is registered nowhere in the workspace. */
async function pathOf(
  group: SpanGroup,
  traffic: Traffic,
  commits: ReadonlyMap<string, string>,
  window: TimeWindow,
  { telemetry, mapper }: HotPathSources,
  signal: AbortSignal,
): Promise<HotPath | null> {
  const { kind, frame, service, resource, env, spans } = group;
  const [newest] = spans;
  const repositoryUrl = newest ? repositoryTag(newest.meta) : null;
  const context = { commit: commits.get(service) ?? null, service, repositoryUrl };
  const mapping = await mapEntry(frame, resource, context, mapper, signal);
  if (frame.file === null && mapping.deployed === null) return null;
  const key = resource === null ? null : loadKey(env, service, resource);
  const loadIn = (loads: Loads) => (key === null ? null : (loads.get(key) ?? null));
  const counted = loadIn(traffic.now);
  const failureLink = newest ? telemetry.linkTo({ kind: 'trace', traceId: newest.traceId }) : null;
  const query = spanQuery({ env, services: [service] }, ...(kind === 'failure' ? ['status:error'] : []));
  return {
    kind,
    location: mapping.deployed ?? { file: frame.file ?? '', line: frame.line ?? 1, function: frame.function },
    workspace: mapping.location,
    column: frame.column,
    service,
    env,
    resource,
    now: counted ?? loadOfSpans(spans),
    dayAgo: counted && loadIn(traffic.dayAgo),
    weekAgo: counted && loadIn(traffic.weekAgo),
    basis: counted ? traffic.basis : 'spans',
    sampleSize: spans.length,
    lastSeenMs: newest?.startMs ?? 0,
    failure: kind === 'failure' && newest ? { text: errorText(newest), link: failureLink } : null,
    link: telemetry.linkTo({ kind: 'spans', query, window }),
  };
}
