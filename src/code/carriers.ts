import type { Change, Commit } from '../domain/change';
import type { Repository } from '../domain/ports';
import { isInServiceFolder, serviceFolderNames } from './pathNames';

/** The deployment that brought a commit to production. */
export interface Carrier {
  readonly deployment: Change;
  /** True when an earlier deployment is known that did not contain the commit, so that it arrived with this one. */
  readonly isArrival: boolean;
}

/** Commit → what carried it; null for commits that none of the known deployments contains: they never ran. */
export type Carriers = ReadonlyMap<string, Carrier | null>;

/**
 * Finds with Git which deployment carried each commit: the first that contains it. Only deployments whose commit is in
 * the repository count; when there is none, nothing is known and the map is empty.
 */
export async function findCarriers(
  commits: readonly Commit[],
  deployments: readonly Change[],
  repository: Repository,
  service: string | null,
  signal: AbortSignal,
): Promise<Carriers> {
  const known: Change[] = [];
  for (const deployment of deployments) {
    if (deployment.commit !== null && (await repository.hasCommit(deployment.commit, signal))) known.push(deployment);
  }
  const carriers = new Map<string, Carrier | null>();
  if (known.length === 0) return carriers;
  for (const commit of commits) {
    const relevant = deploymentsFor(commit.files, known, service);
    if (relevant.length > 0) carriers.set(commit.sha, await carrierOf(commit, relevant, repository, signal));
  }
  return carriers;
}

async function carrierOf(
  commit: Commit,
  deployments: readonly Change[],
  repository: Repository,
  signal: AbortSignal,
): Promise<Carrier | null> {
  for (const [at, deployment] of deployments.entries()) {
    if (deployment.commit === null || !(await repository.isAncestor(commit.sha, deployment.commit, signal))) continue;
    return { deployment, isArrival: at > 0 };
  }
  return null;
}

/**
 * The deployments, in ascending time, that put changed files to work: of the services whose folders they lie in; files in
 * nobody's folder are shared, so deployments of the failing service count, or of all when it has none. Deployments that
 * name no service deploy everything.
 */
export function deploymentsFor(files: readonly string[], deployments: readonly Change[], service: string | null): Change[] {
  const all = deployments.filter((change) => change.kind === 'deployment').sort((left, right) => left.timestampMs - right.timestampMs);
  const named = [...new Set(all.flatMap((change) => change.service ?? []))];
  const of = (services: readonly string[]) => all.filter((change) => change.service !== null && services.includes(change.service));
  const owners = of(named.filter((name) => files.some((file) => isInServiceFolder(file, name))));
  const failing = of(named.filter((name) => service !== null && isSameService(name, service)));
  const chosen = owners.length > 0 ? owners : failing.length > 0 ? failing : all;
  const isChosen = new Set(chosen);
  return all.filter((change) => change.service === null || isChosen.has(change));
}

/** `checkout`, `checkout-svc` and `checkoutservice` are one service. */
export function isSameService(left: string, right: string): boolean {
  const names = serviceFolderNames(right);
  return [...serviceFolderNames(left)].some((name) => names.has(name));
}
