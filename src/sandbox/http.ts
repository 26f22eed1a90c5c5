import type { IncomingHttpHeaders } from 'node:http';

/** A request with its body read whole (and unzipped). */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** Values of the `:name` parts of the route's path, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HttpReply {
  readonly status: number;
  /** Sent as JSON; a Buffer or a string is sent as it is. Absent: an empty body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation that the sandbox serves. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Such as `/api/v1/monitor/:id`. */
  readonly path: string;
  /** `none`: local intakes; `api`: the API key is enough; `app`: API and application key. */
  readonly auth: 'none' | 'api' | 'app';
  /** Name of the rate-limit bucket; absent: not limited. */
  readonly rateLimit?: string;
  handle(request: HttpRequest): HttpReply | Promise<HttpReply>;
}

/** Thrown by handlers; answered in one of Datadog's two error shapes. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** `classic`: `{"errors": ["text"]}`; `jsonApi`: `{"errors": [{"status", "title", "detail"}]}`. */
    readonly shape: 'classic' | 'jsonApi' = 'classic',
  ) {
    super(message);
  }
}

/** The request's JSON, or a 400 that says what is wrong. */
export function jsonBody(request: HttpRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new HttpError(400, 'The body is not valid JSON.');
  }
}
