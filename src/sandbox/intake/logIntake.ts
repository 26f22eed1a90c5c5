import type { Json } from '../../domain/json';
import { type LogEvent, type LogStatus, logStatusOf } from '../../domain/log';
import { HttpError, type HttpReply, type HttpRequest } from '../http';
import type { TelemetryStore } from '../store/store';

type Fields = Record<string, Json | undefined>;

/** Sender's facts about all events of a request. */
interface LogDefaults {
  readonly service: string | null;
  readonly source: string | null;
  readonly host: string | null;
  readonly tags: readonly string[];
  readonly nowMs: number;
}

/** `POST /api/v2/logs` and `/v1/input`: JSON (one event, an array, or lines of JSON) or plain text, a line an event. */
export function takeLogs(store: TelemetryStore, request: HttpRequest, status: number): HttpReply {
  const { query } = request;
  const defaults: LogDefaults = {
    service: query.get('service'),
    source: query.get('ddsource'),
    host: query.get('hostname') ?? query.get('host'),
    tags: tagList(query.get('ddtags')),
    nowMs: store.clock.nowMs(),
  };
  store.addLogs(eventsOf(request).map((event) => logEvent(event, defaults)));
  return { status, body: {} };
}

function eventsOf(request: HttpRequest): Fields[] {
  const text = request.body.toString('utf8').trim();
  if (text === '') throw new HttpError(400, 'The body is empty.');
  const isPlain = request.headers['content-type']?.startsWith('text/plain') ?? false;
  const whole = parsed(text);
  // Clients that name no type send JSON as plain text.
  if (isPlain && typeof whole !== 'object') return text.split('\n').map((line) => ({ message: line }));
  const payload = whole ?? parsedLines(text);
  const events: unknown[] = Array.isArray(payload) ? payload : [payload];
  return events.map((event, at) => {
    if (isFields(event)) return event;
    throw new HttpError(400, `Log event ${at} is not an object.`);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parsedLines(text: string): unknown[] {
  return text.split('\n').map((line) => {
    const event = parsed(line);
    if (event === undefined) throw new HttpError(400, 'The body is not valid JSON.');
    return event;
  });
}

/** Attributes that Datadog takes for the event's own fields, the first that is present wins. */
const TIME_FIELDS = ['timestamp', 'date', '@timestamp', 'time', 'datetime', 'eventTime', 'published_date'];
const MESSAGE_FIELDS = ['message', 'msg', 'log'];
const STATUS_FIELDS = ['status', 'level', 'severity'];
const HOST_FIELDS = ['hostname', 'host', 'syslog.hostname'];

/** One event as Datadog's standard processing makes it: reserved attributes lifted, a message that is JSON unfolded. */
function logEvent(sent: Fields, defaults: LogDefaults): LogEvent {
  const fields: Fields = { ...sent, ...unfolded(sent.message) };
  const dd: Fields = isFields(fields.dd) ? fields.dd : {};
  const source = takeText(fields, ['ddsource']) ?? defaults.source;
  const sentTags = tagList(takeText(fields, ['ddtags']));
  const service = takeText(fields, ['service']) ?? textOf(dd.service) ?? defaults.service ?? 'unknown';
  const message = takeText(fields, MESSAGE_FIELDS) ?? '';
  const status = statusOf(take(fields, STATUS_FIELDS));
  const timestampMs = timeOf(take(fields, TIME_FIELDS)) ?? defaults.nowMs;
  const host = takeText(fields, HOST_FIELDS) ?? defaults.host;
  const error = errorOf(fields);
  const tags = [...(source === null ? [] : [`source:${source}`]), ...defaults.tags, ...sentTags];
  for (const key of ['env', 'version']) {
    const value = textOf(dd[key]);
    if (value !== null && !tags.some((tag) => tag.startsWith(`${key}:`))) tags.push(`${key}:${value}`);
  }
  const attributes = { ...fields, ...(error === null ? {} : { error }) };
  return { timestampMs, service, status, host, message, attributes, tags };
}

function unfolded(message: Json | undefined): Fields {
  const inner = typeof message === 'string' && message.startsWith('{') ? parsed(message) : undefined;
  return isFields(inner) ? inner : {};
}

/** An error under `error`, or as pino (`err`) and winston (`stack`) write it. */
function errorOf(fields: Fields): Json | null {
  const { error, err, stack } = fields;
  if (error !== undefined) return null;
  if (isFields(err)) {
    delete fields.err;
    return { ...err, kind: err.kind ?? err.type ?? err.name, message: err.message, stack: err.stack };
  }
  if (typeof stack !== 'string') return null;
  delete fields.stack;
  return { kind: /^(?:Uncaught )?([\w$.]+)(?::|$)/m.exec(stack)?.[1] ?? 'Error', stack };
}

/** Levels as pino numbers them. */
const STATUS_BY_LEVEL: readonly (readonly [least: number, status: LogStatus])[] = [
  [60, 'critical'],
  [50, 'error'],
  [40, 'warn'],
  [30, 'info'],
];

function statusOf(level: Json | undefined): LogStatus {
  if (typeof level === 'string') return logStatusOf(level);
  if (typeof level !== 'number') return 'info';
  return STATUS_BY_LEVEL.find(([least]) => level >= least)?.[1] ?? 'debug';
}

/** Epoch milliseconds from milliseconds or ISO 8601, null for anything else. */
function timeOf(value: Json | undefined): number | null {
  const number = typeof value === 'string' && /^\d{12,13}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number') return number > 1e11 ? number : number * 1000;
  const ms = typeof number === 'string' ? Date.parse(number) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

function take(fields: Fields, names: readonly string[]): Json | undefined {
  const name = names.find((candidate) => fields[candidate] !== undefined && fields[candidate] !== null);
  if (name === undefined) return undefined;
  const value = fields[name];
  delete fields[name];
  return value;
}

function takeText(fields: Fields, names: readonly string[]): string | null {
  const value = take(fields, names);
  return value === undefined ? null : (textOf(value) ?? JSON.stringify(value));
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function tagList(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
