import type { Change, Commit } from '../domain/change';
import { isSameService } from './carriers';
import { isSameCommit } from './frameClues';
import { createServiceTest } from './pathNames';
import type { SuspectInput } from './suspectInput';

/** Shared code, and code of another service. */
const SHARED = 0.85;
const ELSEWHERE = 0.4;
const SERVICE_PARENTS = new Set(['services', 'apps', 'microservices', 'cmd']);

/**
 * What it counts where a commit lies: 1 in the failing service's folder or file, or deployed as it; less in shared code; little in
 * another service's folder, or where it was deployed alone as services that no calls connect with it. Where no folder is called after
 * the failing service, folders tell little of whose they are.
 */
export function createPlaceFactor({
  service,
  deployments,
  commits,
  carriers,
  connected,
}: SuspectInput): (commit: Commit, hasFrame: boolean) => number {
  if (service === null) return () => 1;
  const isOwn = createServiceTest(service);
  const deployed = [...new Set(deployments.flatMap((change) => change.service ?? []))].map(createServiceTest);
  const areFoldersNamed = deployments.length === 0 || commits.some(({ files }) => files.some(isOwn));
  const isOfSome = (file: string) => {
    if (deployed.some((isTheirs) => isTheirs(file))) return true;
    const [parent = '', child] = file.split('/');
    return child !== undefined && SERVICE_PARENTS.has(parent) && areFoldersNamed;
  };
  const isHere = (other: string | null) => other === null || isSameService(other, service);
  const isNamed = ({ commit, version }: Change, { sha }: Commit) =>
    [commit, version].some((name) => name !== null && isSameCommit(name, sha));
  const namedAfter = (commit: Commit) => deployments.filter((change) => isNamed(change, commit));
  const ownRepositories = new Set(
    commits.filter((commit) => namedAfter(commit).some((change) => isHere(change.service))).map(({ repository }) => repository),
  );
  /** Deployed as other services alone, and not taken along by a deployment of this one from the same repository. */
  const isForeign = (commit: Commit, named: readonly Change[]) => {
    const carrier = carriers?.get(commit.sha)?.deployment;
    const all = carrier === undefined ? named : [...named, carrier];
    return all.length > 0 && !all.some((change) => isHere(change.service)) && !ownRepositories.has(commit.repository);
  };
  const isUnconnected = (named: readonly Change[]) =>
    connected !== undefined && named.every((change) => change.service !== null && !connected.has(change.service));
  return (commit, hasFrame) => {
    if (commit.files.some(isOwn)) return 1;
    const named = namedAfter(commit);
    const isTheirs = isForeign(commit, named);
    // A failing file that is called like one of theirs is another file.
    if (isTheirs && (hasFrame || isUnconnected(named))) return ELSEWHERE;
    if (hasFrame || (named.length > 0 && named.every((change) => change.service === service))) return 1;
    return commit.files.some((file) => !isOfSome(file)) ? SHARED : ELSEWHERE;
  };
}
