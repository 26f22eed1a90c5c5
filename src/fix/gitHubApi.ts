import type { GitHubRepository } from '../domain/fix';

const GITHUB = 'https://api.github.com';

/** Where GitHub's API is for a repository: github.com's own, or the configured address; null when neither is known. */
export function apiFor({ host }: GitHubRepository, configured: string | null): string | null {
  return host === 'github.com' ? GITHUB : configured;
}

/** Every API that a token can be for. */
export function knownApis(configured: string | null): readonly string[] {
  return configured === null ? [GITHUB] : [GITHUB, configured];
}

/** Which sign-in of VS Code is for this API: `github`, `github-enterprise` where it is set up for the same host, else none. */
export function signInFor(api: string, enterpriseUri: string | null): 'github' | 'github-enterprise' | null {
  if (api === GITHUB) return 'github';
  const host = (address: string | null) => (address !== null && URL.canParse(address) ? new URL(address).host.toLowerCase() : '');
  const enterprise = host(enterpriseUri);
  return enterprise !== '' && [enterprise, `api.${enterprise}`].includes(host(api)) ? 'github-enterprise' : null;
}
