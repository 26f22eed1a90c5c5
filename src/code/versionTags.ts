import { serviceFolderNames } from './pathNames';

/** A Git tag and the commit it leads to. */
export interface VersionTag {
  readonly name: string;
  readonly commit: string;
}

/**
 * The tag that a deployed version of a service names: tags of the service itself first (`checkout@1.2.3`, `checkout/v1.2.3`,
 * `checkout-1.2.3`), then those of the whole repository (`v1.2.3`, `1.2.3`, `release-1.2.3`), then those of any package. Null when
 * there is none, or when tags that fit equally well lead to different commits.
 */
export function tagOfVersion(tags: readonly VersionTag[], version: string, service: string | null): VersionTag | null {
  const plain = bare(version);
  if (plain === '') return null;
  const ranks: VersionTag[][] = [[], [], []];
  const services = service === null ? new Set<string>() : serviceFolderNames(service);
  for (const tag of tags) {
    const rank = rankOf(tag.name.toLowerCase(), plain, services);
    if (rank !== null) ranks[rank]?.push(tag);
  }
  for (const fitting of ranks) if (fitting[0] !== undefined) return isOneCommit(fitting) ? fitting[0] : null;
  return null;
}

const isOneCommit = (tags: readonly VersionTag[]) => new Set(tags.map(({ commit }) => commit)).size === 1;

const bare = (version: string) =>
  version
    .trim()
    .toLowerCase()
    .replace(/^v(?=\d)/, '');

const WHOLE = new Set(['', 'v', 'release', 'rel', 'version', 'ver', 'r']);

/** 0: the service's own tag; 1: the repository's; 2: some package's; null: another version. */
function rankOf(name: string, version: string, services: ReadonlySet<string>): number | null {
  if (!name.endsWith(version)) return null;
  const before = name.slice(0, name.length - version.length).replace(/(^|[@/_-])v$/, '$1');
  if (WHOLE.has(before)) return 1;
  if (!/[@/_-]$/.test(before)) return null;
  const owner = before.slice(0, -1);
  if (WHOLE.has(owner)) return 1;
  if (!/^[@a-z]/.test(owner)) return null;
  return services.has(owner) || services.has(owner.slice(owner.lastIndexOf('/') + 1)) ? 0 : 2;
}

/**
 * Commit ids that a version may carry, likeliest first: the version itself, what `git describe` appends (`1.2.3-4-gabc1234`), or
 * a part between punctuation (`main-abc1234`, `1.2.3+abc1234`).
 */
export function shasInVersion(version: string): string[] {
  const text = version.trim().toLowerCase().slice(0, 200);
  const parts = text.split(/[^0-9a-z]+/).map((part) => (/^g[0-9a-f]{7,64}$/.test(part) ? part.slice(1) : part));
  return [...new Set(parts.toReversed())].filter((part) => /^[0-9a-f]{7,64}$/.test(part));
}
