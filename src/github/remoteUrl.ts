import type { GitHubRepository } from '../domain/fix';

/** Longer addresses are no addresses. */
const MAX_CHARACTERS = 2_000;

const NAME = /^[\w.-]+$/;

/**
 * The host, owner and name of a repository as the address of a Git remote says: `https://…`, `ssh://git@…`, `git@host:owner/name`,
 * with or without credentials, port and `.git`. Null for a path, a file, and whatever has no owner and name.
 */
export function parseRemoteUrl(url: string): GitHubRepository | null {
  const place = url.length > MAX_CHARACTERS ? null : (fromUrl(url.trim()) ?? fromScp(url.trim()));
  if (place === null) return null;
  const [owner, name, ...rest] = place.path
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/i, '')
    .split('/');
  if (owner === undefined || name === undefined || rest.length > 0 || !NAME.test(owner) || !NAME.test(name)) return null;
  const host = place.host.toLowerCase().replace(/^(?:ssh|www)\.(?=github\.com$)/, '');
  return { host, owner, name };
}

function fromUrl(text: string): { host: string; path: string } | null {
  if (!/^(?:https?|ssh|git|git\+ssh|git\+https):\/\//i.test(text) || !URL.canParse(text)) return null;
  const { hostname, pathname } = new URL(text);
  return hostname === '' ? null : { host: hostname, path: pathname };
}

/** `user@host:path`, as ssh writes it. A drive letter is no host. */
function fromScp(text: string): { host: string; path: string } | null {
  const found = /^(?:[\w.-]+@)?([\w.-]{2,}):(?!\/\/)(.+)$/.exec(text);
  return found ? { host: String(found[1]), path: String(found[2]) } : null;
}
