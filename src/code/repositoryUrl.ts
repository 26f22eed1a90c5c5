/** Longer texts are no address. */
const MAX_CHARS = 2_000;
const SCHEME = /^[a-z][a-z0-9+.-]{0,30}:\/\//i;
/** `git@github.com:owner/name.git`; one letter before the colon is a drive. */
const SCP_LIKE = /^(?:[^@/\s]{1,200}@)?([^:@/\s]{2,200}):([^\s]*)$/;

/**
 * The name of a repository however its address is spelt, as `host/owner/name` in lower case: over SSH or HTTPS, with or
 * without user, password, port and `.git`. Null for local folders and for text that is no address.
 */
export function normaliseRepositoryUrl(url: string): string | null {
  const text = url.trim();
  if (text === '' || text.length > MAX_CHARS || text.startsWith('-')) return null;
  const address = SCHEME.test(text) ? withScheme(text) : withoutScheme(text);
  if (address === null || !/^[a-z0-9[][a-z0-9.:\]-]*$/.test(address.host)) return null;
  const parts =
    address.path
      .split(/[?#]/, 1)[0]
      ?.split('/')
      .filter((part) => part !== '') ?? [];
  const last = parts.pop()?.replace(/\.git$/i, '') ?? '';
  return last === '' ? null : named(address.host, [...parts, last]).toLowerCase();
}

/** Whether two addresses name one repository; false when either names none. */
export function isSameRepository(left: string, right: string): boolean {
  const name = normaliseRepositoryUrl(left);
  return name !== null && name === normaliseRepositoryUrl(right);
}

interface Address {
  readonly host: string;
  readonly path: string;
}

function withScheme(text: string): Address | null {
  if (/^file:/i.test(text)) return null;
  const rest = text.slice(text.indexOf('://') + 3);
  const slash = rest.indexOf('/');
  if (slash === -1) return null;
  const host = rest.slice(rest.lastIndexOf('@', slash) + 1, slash);
  return { host: host.replace(/:\d*$/, '').toLowerCase(), path: rest.slice(slash + 1) };
}

/** SSH's short form, or a web address that lost its scheme: its host has a dot. */
function withoutScheme(text: string): Address | null {
  const [, host, path] = SCP_LIKE.exec(text) ?? [];
  if (host !== undefined && path !== undefined) return { host: host.toLowerCase(), path };
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(0, slash)).toLowerCase();
  return slash > 0 && /[a-z0-9]\.[a-z]/.test(first) ? { host: first, path: text.slice(slash + 1) } : null;
}

/** Azure DevOps spells its addresses differently for SSH and for HTTPS. */
function named(host: string, parts: readonly string[]): string {
  if (host === 'ssh.dev.azure.com') return ['dev.azure.com', ...parts.slice(1)].join('/');
  if (host === 'dev.azure.com') return [host, ...parts.filter((part) => part !== '_git')].join('/');
  return [host, ...parts].join('/');
}
