import type { Commit } from '../domain/change';
import { isSameCommit } from './frameClues';
import { createServiceTest } from './pathNames';
import type { SuspectInput } from './suspectInput';

/** Shared code, and code of another service. */
const SHARED = 0.85;
const ELSEWHERE = 0.4;
const SERVICE_PARENTS = new Set(['services', 'apps', 'microservices', 'cmd']);

/**
 * What it counts where a commit lies: 1 in the failing service's folder or file, or deployed as it; less in shared code; little in
 * another service's folder. Where no folder is called after the failing service, folders tell little of whose they are.
 */
export function createPlaceFactor({ service, deployments, commits }: SuspectInput): (commit: Commit, hasFrame: boolean) => number {
  if (service === null) return () => 1;
  const isOwn = createServiceTest(service);
  const deployed = [...new Set(deployments.flatMap((change) => change.service ?? []))].map(createServiceTest);
  const areFoldersNamed = deployments.length === 0 || commits.some(({ files }) => files.some(isOwn));
  const isOfSome = (file: string) => {
    if (deployed.some((isTheirs) => isTheirs(file))) return true;
    const [parent = '', child] = file.split('/');
    return child !== undefined && SERVICE_PARENTS.has(parent) && areFoldersNamed;
  };
  /** Whether a deployment of this service alone is named after the commit. */
  const isDeployedAs = ({ sha }: Commit) => {
    const named = deployments.filter((change) => change.commit !== null && isSameCommit(change.commit, sha));
    return named.length > 0 && named.every((change) => change.service === service);
  };
  return (commit, hasFrame) => {
    if (hasFrame || commit.files.some(isOwn) || isDeployedAs(commit)) return 1;
    return commit.files.some((file) => !isOfSome(file)) ? SHARED : ELSEWHERE;
  };
}
