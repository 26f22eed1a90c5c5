import { commitTag, type DeployedCommit, deployedCommit, resolveDeployed } from '../../code/deployedCommit';
import type { Findings } from '../../diagnosis/findings';
import { AppError } from '../../domain/errors';
import type { Repository } from '../../domain/ports';
import type { Span } from '../../domain/span';

/** Which commits ran during the incident. */
export interface RunningCommits {
  /** What the service's latest span says, else what its version leads to, else its last deployment; null when nothing tells. */
  ofService(service: string, signal: AbortSignal): Promise<string | null>;
  /** The same for the process that made a span, as far as the span's own trace tells. */
  ofSpan(span: Span, signal: AbortSignal): Promise<string | null>;
}

/** Each question is answered once. */
export function createRunningCommits(findings: Findings, repositories: readonly Repository[]): RunningCommits {
  const spans = findings.during.flatMap((trace) => trace.nodes.map((node) => node.span));
  const changes = findings.changes.map(({ change }) => change);
  const byService = new Map<string, Promise<string | null>>();
  const ask = async (service: string, signal: AbortSignal): Promise<string | null> => {
    const own = spans.filter((span) => span.service === service).sort((left, right) => right.startMs - left.startMs);
    const tagged = own.map(({ meta }) => commitTag(meta)?.sha).find((sha) => sha !== undefined);
    if (tagged !== undefined) return tagged;
    const latest = own.map((span) => deployedCommit(span, own, changes)).find(({ version }) => version !== null);
    const resolved = latest === undefined ? null : await resolveDeployed(latest, service, repositories, signal);
    return resolved?.sha ?? lastDeployment(service, findings);
  };
  const ofService = (service: string, signal: AbortSignal): Promise<string | null> => {
    const answer = byService.get(service) ?? ask(service, signal);
    byService.set(service, answer);
    return answer;
  };
  return {
    ofService,
    async ofSpan(span, signal) {
      const trace = spans.filter(({ traceId }) => traceId === span.traceId);
      const deployed: DeployedCommit = await resolveDeployed(deployedCommit(span, trace, changes), span.service, repositories, signal);
      return deployed.sha ?? ofService(span.service, signal);
    },
  };
}

function lastDeployment(service: string, findings: Findings): string | null {
  const deployments = findings.changes
    .map(({ change }) => change)
    .filter((change) => change.kind === 'deployment' && change.service === service && change.commit !== null)
    .sort((left, right) => right.timestampMs - left.timestampMs);
  return deployments[0]?.commit ?? null;
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
  path: readonly string[],
  running: RunningCommits,
  repositories: readonly Repository[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const commits = await Promise.all(path.map((service) => running.ofService(service, signal)));
  const shas = [...new Set(commits.filter((sha) => sha !== null))];
  const held = await Promise.all(shas.map((sha) => holderOf(sha, repositories, signal)));
  return shas.filter((_, index) => held[index] === null);
}
