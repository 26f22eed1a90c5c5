import { isCancellation } from '../domain/errors';
import type { Log } from '../domain/ports';
import { AnswerCache } from './answerCache';
import type { ClientResponse, DatadogClient } from './client';
import { withExactIds } from './exactIds';
import { BadStatus } from './exchange';
import { failureOf, type Operation } from './failures';
import { createPipeline, type PipelineOptions } from './pipeline';

/** Answers stay good for this long: long enough for one investigation, short enough for the next. */
const ANSWER_TTL_MS = 60_000;
const MAX_ANSWERS = 200;

export interface DatadogOptions {
  /** Such as `datadoghq.eu`. */
  readonly site: string;
  /** Replaces the site's address, for a proxy or the sandbox. */
  readonly baseUrl: string | null;
  readonly apiKey: string;
  readonly appKey: string;
  readonly timeoutSec: number;
  readonly log: Log;
  /** Instead of Node's own. */
  readonly fetch?: typeof fetch;
  /** How patient to be; see `PipelineOptions`. */
  readonly retry?: Pick<PipelineOptions, 'maxRetries' | 'firstRetryMs' | 'maxPauseMs'>;
}

export interface Ask<T> {
  readonly operation: Operation;
  /** What distinguishes the call from others of the operation; JSON. */
  readonly params: unknown;
  readonly signal: AbortSignal;
  /** Whether the answer may be given again for a minute; without it, only calls in flight are shared. */
  readonly isKept: boolean;
  call(client: DatadogClient): Promise<T>;
}

/** A connection to one Datadog account: its keys, its limits, its answers. */
export interface Session {
  /** For a person: `Datadog (datadoghq.eu)`. */
  readonly where: string;
  apiCalls(): number;
  /** Rejects with an `AppError`, or with the signal's reason. */
  ask<T>(ask: Ask<T>): Promise<T>;
  /** For an address that the client does not know; the answer is JSON. */
  get(operation: Operation, path: string, signal: AbortSignal): Promise<unknown>;
}

export function createSession(options: DatadogOptions): Session {
  const { site, log, timeoutSec, apiKey, appKey } = options;
  const baseUrl = (options.baseUrl ?? `https://api.${site}`).replace(/\/+$/, '');
  const where = `Datadog (${options.baseUrl === null ? site : hostOf(baseUrl)})`;
  const pipeline = createPipeline({ fetch: options.fetch ?? fetch, timeoutMs: timeoutSec * 1000, log, ...options.retry });
  const cache = new AnswerCache({ ttlMs: ANSWER_TTL_MS, maxEntries: MAX_ANSWERS });
  let areKeysGood = false;

  async function send(operation: Operation, url: string, init: RequestInit, signal: AbortSignal): Promise<ClientResponse> {
    try {
      const reply = await pipeline.send(operation, url, init, signal);
      areKeysGood ||= !operation.includes('AuthenticationApi');
      const body = withExactIds(reply.body);
      return { status: 200, headers: new Headers({ 'content-type': 'application/json' }), text: async () => body };
    } catch (error) {
      if (!isCancellation(error)) log.error(`${operation} failed.`, error);
      throw error;
    }
  }

  async function shown<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw failureOf(error, { where, site, operation, timeoutSec, areKeysGood });
    }
  }

  async function call<T>({ operation, call }: Ask<T>, signal: AbortSignal): Promise<T> {
    const { openClient } = await import('./client');
    const client = openClient({ baseUrl, apiKey, appKey, fetch: (url, init) => send(operation, url, init, signal) });
    return shown(operation, () => call(client));
  }

  const headers = { Accept: 'application/json', 'DD-API-KEY': apiKey, 'DD-APPLICATION-KEY': appKey };
  return {
    where,
    apiCalls: pipeline.apiCalls,
    ask: (ask) => cache.get(`${ask.operation} ${JSON.stringify(ask.params)}`, ask.isKept, ask.signal, (signal) => call(ask, signal)),
    get: (operation, path, signal) =>
      cache.get(`${operation} ${path}`, true, signal, (shared) =>
        shown(operation, async () => JSON.parse(await (await send(operation, `${baseUrl}${path}`, { headers }, shared)).text())),
      ),
  };
}

/** The refusal's status, when a call was refused. */
export function statusOf(error: unknown): number | null {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof BadStatus ? cause.status : null;
}

/** Why Datadog does not accept what was asked for (status 400); null for any other failure. */
export function refusalOf(error: unknown): string | null {
  return statusOf(error) === 400 && error instanceof Error ? error.message : null;
}

const hostOf = (baseUrl: string) => (URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl);
