import type { AppError } from '../domain/errors';
import { cancelled } from '../domain/errors';
import type { GitHubConnection } from '../domain/fix';
import {
  gitHubFailed,
  gitHubForbidden,
  gitHubLimited,
  gitHubNotFound,
  gitHubRefused,
  gitHubTimedOut,
  gitHubTokenRefused,
  gitHubUnreachable,
  gitHubUnreadable,
} from '../domain/fixErrors';
import { oneLine } from '../domain/plainText';

/** What came of a request that changes something: GitHub may refuse what is asked for with 422 and a reason. */
export type GitHubAnswer =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly reason: string; readonly error: AppError };

export interface GitHub {
  ask(route: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
  tell(route: string, parameters: Readonly<Record<string, unknown>>): Promise<GitHubAnswer>;
}

/** One conversation with GitHub about a repository, `owner/name`. Requests are sent once and never again by themselves. */
export function openGitHub(connection: GitHubConnection, repository: string, signal: AbortSignal): GitHub {
  const { baseUrl, token, timeoutMs } = connection;
  const host = new URL(baseUrl).host;
  const send = async (route: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const { Octokit } = await import('@octokit/core');
    const octokit = new Octokit({ auth: token, baseUrl, userAgent: 'aidog', log: SILENT });
    const late = AbortSignal.timeout(timeoutMs);
    const request = { signal: AbortSignal.any([signal, late]) };
    try {
      const { data } = await octokit.request(route, { ...parameters, request });
      if (typeof data !== 'object' || data === null) throw gitHubUnreadable(host);
      return data;
    } catch (error) {
      if (signal.aborted) throw cancelled();
      if (late.aborted) throw gitHubTimedOut(host, timeoutMs / 1000, error);
      throw explained(error, host, repository);
    }
  };
  return {
    ask: send,
    async tell(route, parameters) {
      try {
        return { kind: 'done', value: await send(route, parameters) };
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        return { kind: 'refused', reason: error.reason, error: error.shown };
      }
    },
  };
}

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** 422: GitHub understood and does not do it. */
class RefusedError extends Error {
  constructor(
    readonly reason: string,
    readonly shown: AppError,
  ) {
    super(shown.message);
  }
}

interface HttpFailure {
  readonly status: number;
  readonly response?: { readonly data?: unknown; readonly headers?: Readonly<Record<string, string | number | undefined>> };
}

function isHttpFailure(error: unknown): error is HttpFailure {
  return (
    error instanceof Error && 'status' in error && typeof error.status === 'number' && 'response' in error && error.response !== undefined
  );
}

function explained(error: unknown, host: string, repository: string): Error {
  if (error instanceof Error && error.name === 'AppError') return error;
  if (!isHttpFailure(error)) return gitHubUnreachable(host, error);
  const { status, response } = error;
  const headers = response?.headers ?? {};
  const waitSec = secondsToWait(headers);
  if (status === 429 || (status === 403 && waitSec !== undefined)) return gitHubLimited(host, waitSec ?? null, error);
  if (status === 401) return gitHubTokenRefused(host, error);
  if (status === 403) return gitHubForbidden(host, repository, error);
  if (status === 404 || status === 410) return gitHubNotFound(host, repository, error);
  if (status === 422) {
    const reason = reasonIn(response?.data);
    return new RefusedError(reason, gitHubRefused(host, reason, error));
  }
  return status >= 500 ? gitHubFailed(host, status, error) : gitHubUnreadable(host, error);
}

/** How long GitHub wants us to be quiet; null when it does not say for how long, undefined when it wants no such thing. */
function secondsToWait(headers: Readonly<Record<string, string | number | undefined>>): number | null | undefined {
  const after = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && Number.isFinite(after)) return after;
  if (String(headers['x-ratelimit-remaining']) !== '0') return undefined;
  const resetSec = Number(headers['x-ratelimit-reset']);
  return Number.isFinite(resetSec) ? Math.max(1, Math.ceil(resetSec - Date.now() / 1000)) : null;
}

/** GitHub's own words: the messages of the single errors, else the one of the whole. */
function reasonIn(data: unknown): string {
  const { message, errors } = (typeof data === 'object' && data !== null ? data : {}) as { message?: unknown; errors?: unknown };
  const single = (Array.isArray(errors) ? errors : []).map((item: unknown) => {
    if (typeof item === 'string') return item;
    const { message: text, field, code } = (item ?? {}) as Record<string, unknown>;
    return typeof text === 'string' ? text : [field, code].filter((part) => typeof part === 'string').join(' is ');
  });
  const said = single.filter((text) => text !== '').join('; ') || (typeof message === 'string' ? message : 'it gave no reason.');
  return oneLine(said, 300);
}
