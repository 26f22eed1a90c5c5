import { repositoryTag } from '../../code/deployedCommit';
import type { SetupCheck } from '../../domain/setupCheck';
import { byService } from './byService';
import type { RepositoryFacts, SetupFacts } from './setupFacts';
import { listed } from './spanChecks';

/** Whether the code that runs is the code that is open. */
export function codeChecks(facts: SetupFacts): SetupCheck[] {
  return [repositoryCheck(facts), serviceLinkCheck(facts), commitCheck(facts)];
}

const OPEN_FOLDER = { kind: 'openFolder', title: 'Open a folder' } as const;

function repositoryCheck({ hasFolder, repositories, repositoryProblems }: SetupFacts): SetupCheck {
  const check = { id: 'repository', title: 'Git repository' } as const;
  const [problem] = repositoryProblems;
  if (!hasFolder) return { ...check, status: 'problem', detail: 'No folder may be read.', fix: OPEN_FOLDER };
  if (problem !== undefined) return { ...check, status: repositories.length === 0 ? 'problem' : 'warning', detail: problem, fix: null };
  const names = repositories.map(({ name, remotes }) => (remotes[0] === undefined ? name : `${name} (${remotes[0]})`));
  return { ...check, status: 'ok', detail: `Open: ${listed(names)}.`, fix: null };
}

function serviceLinkCheck({ spans, repositories, hasFolder }: SetupFacts): SetupCheck {
  const check = { id: 'serviceLink', title: 'Services of this workspace' } as const;
  const services = byService(spans);
  if (services.length === 0) return { ...check, status: 'unknown', detail: 'There is no span to look at.', fix: null };
  if (!hasFolder) return { ...check, status: 'unknown', detail: 'No folder may be read.', fix: OPEN_FOLDER };
  const remotes = new Set(repositories.flatMap((repository) => repository.remotes));
  const named = services.map(([service, ofService]) => ({ service, addresses: addressesOf(ofService) }));
  const built = named.filter(({ addresses }) => addresses.some((address) => remotes.has(address))).map(({ service }) => service);
  if (built.length > 0) return { ...check, status: 'ok', detail: `Built from an open repository: ${listed(built)}.`, fix: null };
  const alike = named
    .filter(({ service }) => repositories.some((repository) => isNamedIn(service, repository)))
    .map(({ service }) => service);
  const elsewhere = [...new Set(named.flatMap(({ addresses }) => addresses))];
  if (alike.length > 0 && elsewhere.length === 0)
    return { ...check, status: 'ok', detail: `By their names, these services may be of this workspace: ${listed(alike)}.`, fix: null };
  if (elsewhere.length > 0) {
    const detail = `The spans come from ${listed(elsewhere)}, which is not open here.`;
    return { ...check, status: alike.length > 0 ? 'warning' : 'problem', detail, fix: OPEN_FOLDER };
  }
  const detail = `No span names a repository, and no folder here is called like ${listed(named.map(({ service }) => service))}.`;
  return { ...check, status: 'warning', detail, fix: OPEN_FOLDER };
}

const addressesOf = (spans: SetupFacts['spans']): string[] => [...new Set(spans.flatMap(({ meta }) => repositoryTag(meta) ?? []))];

/** Words such as `service` stand in names of services, seldom in those of folders. */
const plainName = (name: string) => name.toLowerCase().replace(/[-_.](?:service|svc|api|app|server|worker)$/, '');

function isNamedIn(service: string, { name, remotes, folders }: RepositoryFacts): boolean {
  const wanted = plainName(service);
  const own = [name, ...remotes.map((remote) => remote.slice(remote.lastIndexOf('/') + 1)), ...folders];
  return own.some((candidate) => plainName(candidate) === wanted);
}

function commitCheck({ builds }: SetupFacts): SetupCheck {
  const check = { id: 'commit', title: 'Deployed commit' } as const;
  if (builds.length === 0) return { ...check, status: 'unknown', detail: 'No span says which commit or version runs.', fix: null };
  const missing = builds.filter(({ isAtHand }) => !isAtHand);
  const [first] = missing;
  if (first === undefined) return { ...check, status: 'ok', detail: `At hand: ${listed(builds.map(described))}.`, fix: null };
  const detail = `Not in an open repository, so lines cannot be followed from it: ${listed(missing.map(described))}.`;
  const commit = missing.find(({ isCommit }) => isCommit)?.name;
  const fix = commit === undefined ? null : ({ kind: 'fetch', title: `Fetch ${commit.slice(0, 12)}`, commit } as const);
  return { ...check, status: 'warning', detail, fix };
}

const described = ({ service, name, isCommit }: SetupFacts['builds'][number]) => `${isCommit ? name.slice(0, 12) : name} (${service})`;
