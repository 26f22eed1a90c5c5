/** A reply whose status is not 2xx. */
export class BadStatus extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
    readonly resetSec: number | null,
  ) {
    super(`status ${status}: ${body.slice(0, 500)}`);
  }
}

/** A reply that ended early, or a 2xx reply that is not JSON. */
export class BadBody extends Error {}

/** The server was not reached, or the connection broke before a reply came. */
export class NoConnection extends Error {}

/** No whole reply within the limit. */
export class NoReplyInTime extends Error {}

export interface Exchange {
  readonly fetch: typeof fetch;
  readonly url: string;
  readonly init: RequestInit;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface Reply {
  readonly headers: Headers;
  /** JSON text. */
  readonly body: string;
}

/**
 * One request and its whole reply. Rejects with one of the classes above, or with the signal's reason.
 * `onHeaders` is told the headers whatever the status. Redirections are not followed: the keys would go to wherever they point.
 */
export async function exchange(work: Exchange, onHeaders: (headers: Headers) => void): Promise<Reply> {
  work.signal.throwIfAborted();
  const late = AbortSignal.timeout(work.timeoutMs);
  const signal = AbortSignal.any([work.signal, late]);
  const failure = (error: unknown, otherwise: Error) => {
    if (work.signal.aborted) return work.signal.reason;
    return late.aborted ? new NoReplyInTime('no reply in time', { cause: error }) : otherwise;
  };
  const response = await work.fetch(work.url, { ...work.init, signal, redirect: 'manual' }).catch((error: unknown) => {
    throw failure(error, new NoConnection('no connection', { cause: error }));
  });
  onHeaders(response.headers);
  const body = await response.text().catch((error: unknown) => {
    throw failure(error, new BadBody('the body ended early', { cause: error }));
  });
  if (!response.ok) throw new BadStatus(response.status, body, secondsToReset(response.headers));
  if (!isJson(body)) throw new BadBody(`not JSON: ${body.slice(0, 500)}`);
  return { headers: response.headers, body };
}

function secondsToReset(headers: Headers): number | null {
  const seconds = Number(headers.get('x-ratelimit-reset') ?? headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
