import { modelAnswerTooLong, modelRedirects, modelUnreadable } from '../domain/modelErrors';
import { reasonIn } from './reason';
import type { Watch } from './watch';

/** An error status, with what the server said about it. */
export class HttpFailure extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    /** Seconds that the server wants us to wait; null where it does not say. */
    readonly retryAfterSec: number | null,
  ) {
    super(`status ${status}: ${reason}`);
  }
}

/** Nobody answered, or the connection broke. */
export class NoConnection extends Error {
  constructor(
    /** Such as `ECONNREFUSED`; null where Node does not say. */
    readonly code: string | null,
    cause: unknown,
  ) {
    super(`no connection: ${code ?? 'unknown'}`, { cause });
  }
}

export type Fetch = typeof fetch;

export interface Asking {
  readonly fetch: Fetch;
  /** Who is asked, for a person. */
  readonly who: string;
  readonly watch: Watch;
  /** Never shown, also where the server repeats it. */
  readonly key: string | null;
}

/** An answer that has begun: its text in pieces, as they come. */
export interface Reply {
  readonly isEventStream: boolean;
  readonly pieces: AsyncIterable<string>;
}

/** Enough for an answer; what is longer is no answer but a flood. */
const MAX_ANSWER_CHARACTERS = 8_000_000;
const MAX_ERROR_CHARACTERS = 64_000;

/**
 * Sends one request and waits until the answer begins. Rejects with {@link HttpFailure} for an error status, with
 * {@link NoConnection}, with what ended the watch, or with an `AppError` for a web page or a way to another address. Keys do not
 * follow a redirection.
 */
export async function ask(url: string, init: RequestInit, { fetch, who, watch, key }: Asking): Promise<Reply> {
  const response = await connected(watch.until(fetch(url, { ...init, redirect: 'manual', signal: watch.signal })), watch);
  watch.heard();
  const type = response.headers.get('content-type') ?? '';
  if (response.status >= 300 && response.status < 400) {
    await discard(response);
    throw modelRedirects(url, response.status);
  }
  if (!response.ok) {
    const said = await read(textOf(response, watch, who, MAX_ERROR_CHARACTERS)).catch(() => '');
    throw new HttpFailure(response.status, withoutKey(reasonIn(said, type), key), secondsIn(response.headers.get('retry-after')));
  }
  if (/^text\/html/i.test(type)) {
    await discard(response);
    throw modelUnreadable(who, new Error(`content-type ${type}`));
  }
  return { isEventStream: /^text\/event-stream/i.test(type), pieces: textOf(response, watch, who, MAX_ANSWER_CHARACTERS) };
}

/** The whole answer as JSON. */
export async function askJson(url: string, init: RequestInit, asking: Asking): Promise<unknown> {
  const text = await read((await ask(url, init, asking)).pieces);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw modelUnreadable(asking.who, error);
  }
}

export async function read(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

export function withoutKey(text: string, key: string | null): string {
  return key === null || key === '' ? text : text.replaceAll(key, '[key]');
}

async function* textOf(response: Response, watch: Watch, who: string, mostCharacters: number): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let characters = 0;
  try {
    for (;;) {
      const { done, value } = await connected(watch.until(reader.read()), watch);
      watch.heard();
      const text = decoder.decode(value, { stream: !done });
      characters += text.length;
      if (characters > mostCharacters) throw modelAnswerTooLong(who);
      if (text !== '') yield text;
      if (done) return;
    }
  } finally {
    // A connection that nobody reads from any more is closed; whether that works does not matter.
    reader.cancel().catch(() => undefined);
  }
}

async function connected<T>(work: Promise<T>, watch: Watch): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (watch.signal.aborted) throw watch.signal.reason;
    throw new NoConnection(codeOf(error), error);
  }
}

/** The code of the deepest cause: fetch says no more than that it failed. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const own = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return codeOf(error.cause) ?? codeOf(first) ?? own;
}

async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

/** `Retry-After` in seconds; as a date it is too vague to be of use. */
function secondsIn(header: string | null): number | null {
  const seconds = header === null || header.trim() === '' ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}
