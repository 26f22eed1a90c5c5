import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { HttpError, type HttpRequest } from '../http';

/** How a search pages; the cursor is what an earlier answer gave. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
  readonly isOldestFirst: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Cursor of the next page, null on the last. */
  readonly after: string | null;
}

export const MAX_LIMIT = 1000;

export const pageSchema = z.looseObject({ cursor: z.string().nullish(), limit: z.number().int().optional() }).optional();
export const sortSchema = z.enum(['timestamp', '-timestamp']).optional();

export function pageRequest(page: { cursor?: string | null; limit?: number } | undefined, sort: string | undefined): PageRequest {
  const limit = page?.limit ?? 10;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new HttpError(400, `input_validation_error(Field 'page.limit' is invalid: 1 to ${MAX_LIMIT} is allowed)`);
  return { limit, cursor: page?.cursor ?? null, isOldestFirst: sort === 'timestamp' };
}

/** The same from `page[limit]`, `page[cursor]` and `sort` of a query string. */
export function pageRequestFromQuery(query: URLSearchParams): PageRequest {
  const limit = query.get('page[limit]');
  const sort = query.get('sort') ?? undefined;
  if (sort !== undefined && !sortSchema.safeParse(sort).success)
    throw new HttpError(400, "input_validation_error(Field 'sort' is invalid: timestamp or -timestamp is allowed)");
  return pageRequest({ cursor: query.get('page[cursor]'), ...(limit === null ? {} : { limit: Number(limit) }) }, sort);
}

const cursorSchema = z.object({ ms: z.number(), seen: z.number().int().min(0) });

/**
 * One page of items that come in ascending time. A cursor holds the time of the last item and how many of that time were
 * given, so pages do not shift when newer items arrive. Throws a 400 for a cursor that no answer gave.
 */
export function pageOf<T>(ascending: Iterable<T>, timeMs: (item: T) => number, request: PageRequest): Page<T> {
  const ordered = request.isOldestFirst ? [...ascending] : [...ascending].reverse();
  const start = request.cursor === null ? 0 : startAfter(ordered, timeMs, readCursor(request.cursor), request.isOldestFirst);
  const items = ordered.slice(start, start + request.limit);
  const last = items.at(-1);
  if (last === undefined || start + items.length >= ordered.length) return { items, after: null };
  const ms = timeMs(last);
  const seen = ordered.slice(0, start + items.length).filter((item) => timeMs(item) === ms).length;
  return { items, after: Buffer.from(JSON.stringify({ ms, seen })).toString('base64url') };
}

function readCursor(cursor: string): { ms: number; seen: number } {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new HttpError(400, "input_validation_error(Field 'page' is invalid: invalid cursor)");
  }
}

function startAfter<T>(
  ordered: readonly T[],
  timeMs: (item: T) => number,
  at: { ms: number; seen: number },
  isOldestFirst: boolean,
): number {
  const isPast = (ms: number) => (isOldestFirst ? ms > at.ms : ms < at.ms);
  const first = ordered.findIndex((item) => timeMs(item) === at.ms || isPast(timeMs(item)));
  if (first < 0) return ordered.length;
  let seen = 0;
  while (seen < at.seen && first + seen < ordered.length && timeMs(ordered[first + seen] as T) === at.ms) seen++;
  return first + seen;
}

/** `meta` and `links` of a search's answer. */
export function pageEnvelope(
  request: HttpRequest,
  listPath: string,
  page: Page<unknown>,
  filter: Readonly<Record<string, string>>,
): object {
  const meta = { elapsed: 1, request_id: requestId(), status: 'done' };
  if (page.after === null) return { meta };
  const query = new URLSearchParams({ ...filter, 'page[cursor]': page.after });
  const links = { next: `http://${request.headers.host ?? '127.0.0.1'}${listPath}?${query}` };
  return { meta: { ...meta, page: { after: page.after } }, links };
}

export const requestId = () => `pddv1${randomBytes(18).toString('base64url')}`;
