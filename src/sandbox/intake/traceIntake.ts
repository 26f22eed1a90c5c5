import { Unpackr } from 'msgpackr';
import type { Span } from '../../domain/span';
import { HttpError, type HttpReply, type HttpRequest } from '../http';
import type { TelemetryStore } from '../store/store';
import { createTextPool } from '../store/textPool';
import { createSpanReader, type RawSpan } from './rawSpan';
import { rowsOfV05 } from './traceV05';

/** 64-bit numbers become decimal text, so that no digit of an id is lost. */
const unpackr = new Unpackr({ int64AsType: 'string', mapsAsObjects: true, useRecords: false });

/** Decodes MessagePack; 400 with the reason when it is none. */
export function unpack(body: Buffer): unknown {
  try {
    return unpackr.unpack(body);
  } catch (error) {
    throw new HttpError(400, `The body is not valid MessagePack: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Takes the tracers' payloads: v0.3 and v0.4 (maps), and v0.5 (rows over a table of texts). */
export interface TraceIntake {
  v04(request: HttpRequest): HttpReply;
  v05(request: HttpRequest): HttpReply;
}

/** All traces are wanted: the answer asks each tracer to sample nothing away. */
const KEEP_ALL: HttpReply = { status: 200, body: { rate_by_service: { 'service:,env:': 1 } } };

export function createTraceIntake(store: TelemetryStore): TraceIntake {
  const read = createSpanReader(createTextPool());
  const accept = (chunks: readonly (readonly RawSpan[])[], request: HttpRequest): HttpReply => {
    const spans: Span[] = read(chunks, request.headers['datadog-client-computed-top-level'] !== undefined);
    store.addSpans(spans);
    return KEEP_ALL;
  };
  return {
    v04(request) {
      const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
      const payload = isJson ? parseJson(request.body) : unpack(request.body);
      return accept(chunksOf(payload), request);
    },
    v05: (request) => accept(rowsOfV05(unpack(request.body)), request),
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new HttpError(400, 'The body is not valid JSON.');
  }
}

function chunksOf(payload: unknown): readonly (readonly RawSpan[])[] {
  if (!Array.isArray(payload)) throw new HttpError(400, 'The payload is not an array of traces.');
  payload.forEach((chunk: unknown, at) => {
    if (!Array.isArray(chunk)) throw new HttpError(400, `Trace ${at} is not an array of spans.`);
  });
  return payload as readonly (readonly RawSpan[])[];
}
