import type { GitHubConnection, GitHubRepository, PullRequest, PullRequestOrder, PullRequestResult } from '../domain/fix';
import { gitHubUnreadable } from '../domain/fixErrors';
import { openGitHub } from './request';

/**
 * Opens a draft pull request, unless the branch has one. Nothing is sent twice: after an answer that was lost, the next call
 * finds what the first one opened. Rejects with an `AppError` fit for a person.
 */
export async function openDraft(connection: GitHubConnection, order: PullRequestOrder, signal: AbortSignal): Promise<PullRequestResult> {
  const { target, headOwner, branch, title, body } = order;
  const github = openGitHub(connection, `${target.owner}/${target.name}`, signal);
  const repository = { owner: target.owner, repo: target.name };
  const find = async () => {
    const found = await github.ask('GET /repos/{owner}/{repo}/pulls', { ...repository, head: `${headOwner}:${branch}`, state: 'open' });
    const [first] = Array.isArray(found) ? found : [];
    return first === undefined ? null : read(first, connection);
  };
  const existing = await find();
  if (existing) return { kind: 'found', pullRequest: existing };
  const about = asRecord(await github.ask('GET /repos/{owner}/{repo}', repository));
  const base = order.base ?? (typeof about.default_branch === 'string' ? about.default_branch : 'main');
  const head = headOwner.toLowerCase() === target.owner.toLowerCase() ? branch : `${headOwner}:${branch}`;
  const answer = await github.tell('POST /repos/{owner}/{repo}/pulls', { ...repository, title, body, head, base, draft: true });
  if (answer.kind === 'done') return { kind: 'opened', pullRequest: read(answer.value, connection) };
  if (/draft/i.test(answer.reason)) return { kind: 'no_drafts', compareUrl: compareUrl(about.html_url, target, base, head) };
  const raced = /already exists/i.test(answer.reason) ? await find() : null;
  if (raced) return { kind: 'found', pullRequest: raced };
  throw answer.error;
}

function read(value: unknown, { baseUrl }: GitHubConnection): PullRequest {
  const { number, html_url: url, draft } = asRecord(value);
  if (typeof number !== 'number' || typeof url !== 'string') throw gitHubUnreadable(new URL(baseUrl).host);
  return { number, url, isDraft: draft === true };
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The page on which a person opens a pull request by hand. */
function compareUrl(page: unknown, { host, owner, name }: GitHubRepository, base: string, head: string): string {
  const root = typeof page === 'string' ? page : `https://${host}/${owner}/${name}`;
  return `${root}/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}?expand=1`;
}
