import { commitTag } from '../../code/deployedCommit';
import type { Repository, Telemetry } from '../../domain/ports';
import type { Span } from '../../domain/span';
import type { TimeWindow } from '../../domain/timeSeries';
import { searchTerm } from '../queries';
import { byService } from './byService';
import type { DeployedBuild, Probe, RepositoryFacts, SamplingSample } from './setupFacts';

const HOUR_MS = 3_600_000;
/** Newest spans that are looked at: the most that one call returns. */
const MAX_SPANS = 1_000;
/** Builds that are looked for in the repositories. */
const MAX_BUILDS = 8;

/** Settles with what went wrong, null when nothing did. */
export async function failureOf(work: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  try {
    await work;
    return null;
  } catch (error) {
    signal.throwIfAborted();
    return error;
  }
}

/** Asks for one thing of each kind that an investigation reads; eight calls, at the same time. */
export function probe(telemetry: Telemetry, nowMs: number, signal: AbortSignal): Promise<Probe[]> {
  const window = { fromMs: nowMs - HOUR_MS, toMs: nowMs };
  const one = { query: '*', window, limit: 1 };
  const questions: readonly (readonly [shows: string, asked: Promise<unknown>])[] = [
    ['names of metrics', telemetry.listMetrics(window.fromMs, signal)],
    ['metrics', telemetry.queryMetrics(['avg:datadog.agent.running{*}'], window, signal)],
    ['logs', telemetry.searchLogs(one, signal)],
    ['errors', telemetry.searchErrors(one, signal)],
    ['events', telemetry.searchChanges(window, signal)],
    ['dependencies', telemetry.listDependencies(window, null, signal)],
  ];
  return Promise.all(questions.map(async ([shows, asked]) => ({ shows, failure: await failureOf(asked, signal) })));
}

export interface NewestSpans {
  readonly spans: readonly Span[];
  readonly isFromLastHour: boolean;
}

/** The newest spans of the last hour, or of the last day when that hour has none; one call or two. */
export async function newestSpans(telemetry: Telemetry, env: string | null, nowMs: number, signal: AbortSignal): Promise<NewestSpans> {
  const query = env === null ? '*' : searchTerm('env', env);
  const search = (hours: number) =>
    telemetry.searchSpans({ query, window: { fromMs: nowMs - hours * HOUR_MS, toMs: nowMs }, limit: MAX_SPANS }, signal);
  const ofHour = await search(1);
  return ofHour.length > 0 ? { spans: ofHour, isFromLastHour: true } : { spans: await search(24), isFromLastHour: false };
}

const METRIC_PART = /^[\w.-]{1,100}$/;

/**
 * Holds the requests that one service counted in its own trace metric, which is made before sampling, against its spans in the
 * same time; one call. Null when there is nothing to compare.
 */
export async function sampleSampling(
  telemetry: Telemetry,
  spans: readonly Span[],
  nowMs: number,
  signal: AbortSignal,
): Promise<SamplingSample | null> {
  const busiest = entryOperation(spans);
  if (busiest === null) return null;
  const { service, name } = busiest;
  const window = coveredWindow(spans, nowMs);
  const [result] = await telemetry.queryMetrics([`sum:trace.${name}.hits{service:${service}}.as_count()`], window, signal);
  const fromSec = window.fromMs / 1000;
  const points = (result?.series ?? []).flatMap((series) => series.points.filter(([atSec]) => atSec >= fromSec));
  if (points.length === 0) return null;
  const counted = points.reduce((sum, [, value]) => sum + (value ?? 0), 0);
  return { service, counted, seen: spans.filter((span) => span.service === service && span.name === name).length };
}

/** The operation with which most requests enter a service. */
function entryOperation(spans: readonly Span[]): { readonly service: string; readonly name: string } | null {
  const services = new Map(spans.map(({ spanId, service }) => [spanId, service]));
  const counts = new Map<string, { readonly service: string; readonly name: string; count: number }>();
  for (const { service, name, parentId } of spans) {
    const isEntry = parentId === null || services.get(parentId) !== service;
    if (!isEntry || !METRIC_PART.test(service) || !METRIC_PART.test(name)) continue;
    const key = `${service} ${name}`;
    const known = counts.get(key) ?? { service, name, count: 0 };
    known.count += 1;
    counts.set(key, known);
  }
  const [busiest] = [...counts.values()].sort((left, right) => right.count - left.count);
  return busiest ?? null;
}

/** A full page of spans covers only the time back to its oldest one. */
function coveredWindow(spans: readonly Span[], nowMs: number): TimeWindow {
  const oldestMs = spans.reduce((oldest, { startMs }) => Math.min(oldest, startMs), nowMs);
  return { fromMs: spans.length < MAX_SPANS ? nowMs - HOUR_MS : oldestMs, toMs: nowMs };
}

/** What the newest spans of each service say runs, and whether a repository has it. */
export async function deployedBuilds(
  spans: readonly Span[],
  repositories: readonly Repository[],
  signal: AbortSignal,
): Promise<DeployedBuild[]> {
  const named = byService(spans).flatMap(([service, ofService]) => {
    const commit = newest(ofService, (meta) => commitTag(meta)?.sha ?? null);
    const name = commit ?? newest(ofService, ({ version }) => version || null);
    return name === null ? [] : [{ service, name, isCommit: commit !== null }];
  });
  const isAtHand = async ({ service, name, isCommit }: Omit<DeployedBuild, 'isAtHand'>) => {
    for (const repository of repositories) {
      if (isCommit ? await repository.hasCommit(name, signal) : (await repository.resolveVersion(name, service, signal)) !== null)
        return true;
    }
    return false;
  };
  return Promise.all(named.slice(0, MAX_BUILDS).map(async (build) => ({ ...build, isAtHand: await isAtHand(build) })));
}

function newest(spans: readonly Span[], tagOf: (meta: Span['meta']) => string | null): string | null {
  let found: { readonly atMs: number; readonly tag: string } | null = null;
  for (const { startMs, meta } of spans) {
    const tag = tagOf(meta);
    if (tag !== null && (found === null || startMs > found.atMs)) found = { atMs: startMs, tag };
  }
  return found?.tag ?? null;
}

/** What links a repository to services: its name, its remotes and its folders down to the second level. */
export async function repositoryFacts(repository: Repository, signal: AbortSignal): Promise<RepositoryFacts> {
  const [remotes, files] = await Promise.all([repository.remotes(signal), repository.listFiles(signal)]);
  const folders = new Set(files.flatMap((path) => path.split('/').slice(0, -1).slice(0, 2)));
  return { name: repository.name, root: repository.root ?? '', remotes, folders };
}
