import type { ServerResponse } from 'node:http';
import { type Answer, type ScriptedServer, type SeenRequest, sendJson, startScriptedServer } from './scriptedServer';

export interface OpenedPull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
}

export interface GitHubServer extends ScriptedServer {
  readonly pulls: OpenedPull[];
  /** Answers instead of GitHub where it returns true; for faults. */
  fault: ((...args: Parameters<Answer>) => boolean) | null;
}

export interface GitHubServerOptions {
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
  readonly defaultBranch?: string;
}

/** As much of GitHub's REST API as opening a pull request takes, over real HTTP; answers have GitHub's shapes. */
export async function startGitHubServer({ repository, token, defaultBranch = 'main' }: GitHubServerOptions): Promise<GitHubServer> {
  const pulls: OpenedPull[] = [];
  const owner = repository.split('/')[0]!;
  const page = (number: number) => `https://github.example/${repository}/pull/${number}`;
  const shown = (pull: OpenedPull) => ({
    ...pull,
    html_url: page(pull.number),
    state: 'open',
    head: { label: pull.head },
    base: { ref: pull.base },
  });
  const open = (response: ServerResponse, { body }: SeenRequest) => {
    const wanted = JSON.parse(body) as Omit<OpenedPull, 'number'>;
    if (pulls.some(({ head }) => head === wanted.head))
      return refuse(response, `A pull request already exists for ${owner}:${wanted.head}.`);
    const pull = { ...wanted, number: pulls.length + 1 };
    pulls.push(pull);
    return sendJson(response, shown(pull), 201);
  };
  const server: GitHubServer = Object.assign(
    await startScriptedServer((response, request, number) => {
      if (server.fault?.(response, request, number)) return;
      const { method, path, headers, query } = request;
      if (headers.authorization !== `token ${token}`) return sendJson(response, { message: 'Bad credentials' }, 401);
      if (path === `/repos/${repository}`)
        return sendJson(response, {
          full_name: repository,
          default_branch: defaultBranch,
          html_url: `https://github.example/${repository}`,
        });
      if (path !== `/repos/${repository}/pulls`) return sendJson(response, { message: 'Not Found' }, 404);
      if (method === 'POST') return open(response, request);
      const head = query.get('head')?.replace(`${owner}:`, '');
      return sendJson(response, pulls.filter((pull) => pull.head === head).map(shown));
    }),
    { pulls, fault: null },
  );
  return server;
}

/** 422 as GitHub says it. */
export function refuse(response: ServerResponse, message: string): void {
  sendJson(response, { message: 'Validation Failed', errors: [{ resource: 'PullRequest', code: 'custom', message }] }, 422);
}
