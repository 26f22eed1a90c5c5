import type { Findings } from '../../diagnosis/findings';
import { AppError } from '../../domain/errors';
import type { Repository } from '../../domain/ports';
import type { Span } from '../../domain/span';

const COMMIT_TAGS = ['git.commit.sha', '_dd.git.commit.sha', 'git.commit_sha'];

/** The commit that a span's process was built from, as its tags say; null where they do not. */
export function commitOfSpan(span: Span): string | null {
  for (const tag of COMMIT_TAGS) {
    const value = span.meta[tag];
    if (value !== undefined && /^[0-9a-f]{7,64}$/i.test(value)) return value.toLowerCase();
  }
  return null;
}

/**
 * The commit that a service ran during the incident: what its latest span says, else the deployment of its span's version,
 * else its last deployment; null when nothing tells.
 */
export function deployedCommit(service: string, findings: Findings): string | null {
  const spans = findings.during
    .flatMap((trace) => trace.nodes.map((node) => node.span))
    .filter((span) => span.service === service)
    .sort((a, b) => b.startMs - a.startMs);
  for (const span of spans) {
    const commit = commitOfSpan(span);
    if (commit !== null) return commit;
  }
  const version = spans.find((span) => span.meta.version)?.meta.version ?? null;
  const deployments = findings.changes
    .map(({ change }) => change)
    .filter((change) => change.kind === 'deployment' && change.service === service && change.commit !== null)
    .sort((a, b) => b.timestampMs - a.timestampMs);
  return (deployments.find((change) => version !== null && change.version === version) ?? deployments[0])?.commit ?? null;
}

/** The repository that holds the commit; null when none does. A repository that cannot tell counts as not holding it. */
export async function holderOf(sha: string, repositories: readonly Repository[], signal: AbortSignal): Promise<Repository | null> {
  for (const repository of repositories)
    try {
      if (await repository.hasCommit(sha, signal)) return repository;
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error;
    }
  return null;
}

/** Commits that ran or were deployed around the incident and that no open repository holds. */
export async function absentCommits(
  findings: Findings,
  repositories: readonly Repository[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const running = findings.path.map((service) => deployedCommit(service, findings));
  const shas = [...new Set(running.filter((sha) => sha !== null))];
  const held = await Promise.all(shas.map((sha) => holderOf(sha, repositories, signal)));
  return shas.filter((_, index) => held[index] === null);
}
