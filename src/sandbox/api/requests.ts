import * as z from 'zod';
import type { TimeWindow } from '../../domain/timeSeries';
import { HttpError, type HttpReply, type HttpRequest, jsonBody } from '../http';

export type ErrorShape = HttpError['shape'];

/** The request's JSON checked against a schema; a 400 that names the first field that is wrong. */
export function bodyOf<T>(request: HttpRequest, schema: z.ZodType<T>, shape: ErrorShape = 'classic'): T {
  return checked(
    reshaped(shape, () => jsonBody(request)),
    schema,
    shape,
  );
}

export function checked<T>(value: unknown, schema: z.ZodType<T>, shape: ErrorShape): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new HttpError(400, `API input validation failed: '${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'invalid'}`, shape);
}

/** Runs something whose errors are classic, and answers them in the given shape. */
export function reshaped<T>(shape: ErrorShape, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof HttpError) throw new HttpError(error.status, error.message, shape);
    throw error;
  }
}

export const ok = (body: unknown): HttpReply => ({ status: 200, body });

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of a text such as `15m`, or null. */
export function durationMs(text: string): number | null {
  const match = /^(\d+)(ms|s|m|h|d|w)$/.exec(text);
  return match === null ? null : Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 0);
}

/** Epoch milliseconds of `now`, `now-15m`, an ISO 8601 time, or epoch milliseconds as text or number. Throws a 400. */
export function timeMs(value: string | number, nowMs: number): number {
  const text = String(value).trim();
  if (text === 'now') return nowMs;
  const relative = /^now\s*([+-])\s*(\S+)$/.exec(text);
  const offset = relative === null ? null : durationMs(relative[2] ?? '');
  if (offset !== null) return relative?.[1] === '-' ? nowMs - offset : nowMs + offset;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  // A plus sign that was not percent-encoded in a query arrives as a blank.
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text.replace(/(T\S+) (\d\d:?\d\d)$/, '$1+$2')) : Number.NaN;
  if (Number.isNaN(ms)) throw new HttpError(400, `'${text}' is not a time; use now-15m, an ISO 8601 time or epoch milliseconds`);
  return ms;
}

/** The window of a search; by default the last 15 minutes. An upper bound of now includes what happened in this millisecond. */
export function windowOf(
  filter: { from?: string | number; to?: string | number },
  nowMs: number,
  emptyStatus: 400 | 422 = 400,
): TimeWindow {
  const toMs = timeMs(filter.to ?? 'now', nowMs);
  const fromMs = timeMs(filter.from ?? 'now-15m', nowMs);
  if (fromMs >= toMs)
    throw new HttpError(emptyStatus, "invalid_argument(Field 'filter.from,to' is invalid: 'from' should be anterior to 'to')");
  return { fromMs, toMs: toMs === nowMs ? toMs + 1 : toMs };
}

/** A whole number from the query string, or the default. Throws a 400 when it is out of bounds. */
export function intParam(query: URLSearchParams, name: string, fallback: number, min: number, max: number): number {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new HttpError(400, `The value provided for parameter '${name}' is invalid: a whole number from ${min} to ${max} is expected`);
  return value;
}

/** A list that was sent as `name=a,b` or `name=a&name=b`. */
export function listParam(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

export const timeSchema = z.union([z.string(), z.number()]).optional();
export const filterSchema = z.looseObject({ query: z.string().optional(), from: timeSchema, to: timeSchema }).optional();
