import type { Change } from '../domain/change';
import { AppError } from '../domain/errors';
import { formatSha } from '../domain/format';
import type { Repository } from '../domain/ports';
import type { Span } from '../domain/span';
import { isSameService } from './carriers';
import { normaliseRepositoryUrl } from './repositoryUrl';

/** Which code a process ran, and who says so. */
export interface DeployedCommit {
  /** Lower case, perhaps shortened; null when only a version, or nothing, is known. */
  readonly sha: string | null;
  readonly version: string | null;
  /** `host/owner/name`; null when no tag tells. */
  readonly repository: string | null;
  /** For a person, as the end of a sentence: `the span's tag git.commit.sha says so`. */
  readonly source: string;
}

type Meta = Readonly<Record<string, string>>;

/** In the order in which they are believed: Datadog's, OpenTelemetry's stable name, its former one. */
const COMMIT_TAGS = [
  'git.commit.sha',
  '_dd.git.commit.sha',
  'git.commit_sha',
  'vcs.ref.head.revision',
  'vcs.repository.ref.revision',
] as const;
const REPOSITORY_TAGS = ['git.repository_url', '_dd.git.repository_url', 'vcs.repository.url.full'] as const;
const VERSION_TAGS = ['version', 'service.version', '_dd.version'] as const;
/** Traces are broken and looped now and then. */
const MAX_ANCESTORS = 200;

/** The commit that a span's own tags name, and the tag; null when none does. */
export function commitTag(meta: Meta): { readonly sha: string; readonly tag: string } | null {
  for (const tag of COMMIT_TAGS) {
    const value = meta[tag]?.trim();
    if (value !== undefined && /^[0-9a-f]{7,64}$/i.test(value)) return { sha: value.toLowerCase(), tag };
  }
  return null;
}

/** The repository that a span's tags name, as `host/owner/name`. */
export function repositoryTag(meta: Meta): string | null {
  for (const tag of REPOSITORY_TAGS) {
    const name = normaliseRepositoryUrl(meta[tag] ?? '');
    if (name !== null) return name;
  }
  return null;
}

/**
 * Which commit ran when a span was made: what it says itself, what the first span of its process in the trace says (tracers often tag
 * only that), else the deployment of its version, else its version alone. Pure; {@link resolveDeployed} asks Git about versions.
 */
export function deployedCommit(span: Span, trace: readonly Span[], changes: readonly Change[]): DeployedCommit {
  const process = sameProcess(span, trace);
  const repository = firstOf(process, ({ meta }) => repositoryTag(meta));
  const version = firstOf(process, ({ meta }) => versionTag(meta));
  for (const [at, { meta }] of process.entries()) {
    const tagged = commitTag(meta);
    if (tagged === null) continue;
    const where = at === 0 ? `the span's tag ${tagged.tag}` : `the tag ${tagged.tag} of the span that began the work of ${serviceOf(span)}`;
    return { sha: tagged.sha, version, repository, source: `${where} says so` };
  }
  const deployment = version === null ? null : deploymentOf(version, serviceOf(span), changes, span.startMs);
  if (deployment?.commit) {
    return {
      sha: deployment.commit.toLowerCase(),
      version,
      repository,
      source: `the deployment of ${serviceOf(span)} ${version} names it`,
    };
  }
  const source = version === null ? 'no tag names a commit or a version' : `only the version ${version} is known`;
  return { sha: null, version, repository, source };
}

/**
 * Adds the commit that a version leads to by Git tags or by the commit id in it; unchanged when a commit is known already, or when
 * repositories disagree about it.
 */
export async function resolveDeployed(
  deployed: DeployedCommit,
  service: string | null,
  repositories: readonly Repository[],
  signal: AbortSignal,
): Promise<DeployedCommit> {
  const { sha, version } = deployed;
  if (sha !== null || version === null) return deployed;
  const found = new Set<string>();
  for (const repository of repositories) {
    const commit = await versionIn(repository, version, service, signal);
    if (commit !== null) found.add(commit);
  }
  const [commit] = found;
  if (commit === undefined || found.size > 1) return deployed;
  return { ...deployed, sha: commit, source: `the version ${version} leads to ${formatSha(commit)} in Git` };
}

/** A repository that cannot tell counts as having no such version. */
async function versionIn(repository: Repository, version: string, service: string | null, signal: AbortSignal): Promise<string | null> {
  try {
    return await repository.resolveVersion(version, service, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    return null;
  }
}

/** The last deployment of the version at or before a time, else the first after it: clocks differ and reports come late. */
function deploymentOf(version: string, service: string, changes: readonly Change[], atMs: number): Change | null {
  const fitting = changes
    .filter(({ kind, commit }) => kind === 'deployment' && commit !== null)
    .filter((change) => change.version === version && (change.service === null || isSameService(change.service, service)))
    .sort((left, right) => left.timestampMs - right.timestampMs);
  return fitting.findLast(({ timestampMs }) => timestampMs <= atMs) ?? fitting[0] ?? null;
}

const versionTag = (meta: Meta): string | null => VERSION_TAGS.map((tag) => meta[tag]?.trim()).find(Boolean) ?? null;

/** Spans for databases and caches carry a service of their own; the process that made them is another. */
const serviceOf = ({ service, meta }: Span) => meta['_dd.base_service'] ?? service;

/** The span, then its ancestors up to the first one of its process, then other spans of the service in the trace. */
function sameProcess(span: Span, trace: readonly Span[]): Span[] {
  const byId = new Map(trace.filter(({ traceId }) => traceId === span.traceId).map((other) => [other.spanId, other]));
  const chain = [span];
  const seen = new Set([span.spanId]);
  while (chain.length < MAX_ANCESTORS) {
    const parent = byId.get(chain.at(-1)?.parentId ?? '');
    if (parent === undefined || seen.has(parent.spanId) || serviceOf(parent) !== serviceOf(span)) break;
    seen.add(parent.spanId);
    chain.push(parent);
  }
  return [...chain, ...[...byId.values()].filter((other) => !seen.has(other.spanId) && serviceOf(other) === serviceOf(span))];
}

function firstOf<T>(spans: readonly Span[], read: (span: Span) => T | null): T | null {
  for (const span of spans) {
    const value = read(span);
    if (value !== null) return value;
  }
  return null;
}
