import type { Span } from '../../../src/domain/span';
import type { Random } from '../traces/random';
import { AT_EASE, type Fault, type Strain, strainOf } from './faults';
import type { System } from './system';

const MAX_SPANS = 60;

/** What one request leaves behind in the spans of its services. */
export function requestSpans(system: System, fault: Fault | null, operation: string, startMs: number, id: string, random: Random): Span[] {
  const [entry = ''] = system.keys();
  const spans: Span[] = [];
  answer({ system, fault, operation, id, random, spans }, entry, null, startMs);
  return spans;
}

interface Request {
  readonly system: System;
  readonly fault: Fault | null;
  readonly operation: string;
  readonly id: string;
  readonly random: Random;
  readonly spans: Span[];
}

interface Outcome {
  readonly endMs: number;
  readonly error: string | null;
}

const strainAt = ({ fault }: Request, service: string): Strain => (fault === null ? AT_EASE : strainOf(fault, service));

function answer(request: Request, name: string, parentId: string | null, startMs: number): Outcome {
  const { system, random, operation, spans } = request;
  const service = system.get(name);
  const strain = strainAt(request, name);
  const spanId = place(request);
  const at = spans.length - 1;
  let endMs = startMs + random.duration((service?.ownMs ?? 1) / 2);
  let error = random.chance(strain.failing) ? 'IllegalStateException: cannot process request' : null;
  for (const { callee, share } of error === null ? (service?.callees ?? []) : []) {
    if (!random.chance(share) || spans.length > MAX_SPANS) continue;
    const outcome = call(request, name, callee, spanId, endMs);
    endMs = outcome.endMs;
    error = outcome.error ?? (random.chance(strainAt(request, callee).misread) ? 'ValueError: unexpected value in answer' : null);
    if (error !== null) break;
  }
  endMs += random.duration((service?.ownMs ?? 1) / 2) + (strain.ownMs > 0 ? random.duration(strain.ownMs) : 0);
  spans[at] = spanOf(request, { service: name, spanId, parentId, startMs, endMs, error, name: operation, kind: 'server' });
  return { endMs, error };
}

function call(request: Request, caller: string, callee: string, parentId: string, startMs: number): Outcome {
  const { random, spans } = request;
  const { wayMs, tailMs, lost } = strainAt(request, callee);
  const spanId = place(request);
  const at = spans.length - 1;
  const onTheWayMs = random.duration(0.4) + (wayMs > 0 ? random.duration(wayMs) : 0) + (random.chance(0.05) ? tailMs : 0);
  const isLost = random.chance(lost);
  const reached = isLost ? null : answer(request, callee, spanId, startMs + onTheWayMs / 2);
  const endMs = (reached?.endMs ?? startMs + random.duration(2) + tailMs) + onTheWayMs / 2;
  const error = reached === null ? `ConnectionError: no answer from ${callee}` : reached.error;
  spans[at] = spanOf(request, { service: caller, spanId, parentId, startMs, endMs, error, name: 'http.client', kind: 'client', callee });
  return { endMs, error };
}

/** Keeps the place of a span that is still at work, so that callers come first. */
function place({ id, spans }: Request): string {
  spans.push({} as Span);
  return `${id}${spans.length.toString(16).padStart(3, '0')}`.padStart(16, '1');
}

interface Told {
  readonly service: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly error: string | null;
  readonly name: string;
  readonly kind: string;
  readonly callee?: string;
}

function spanOf({ id }: Request, { service, spanId, parentId, startMs, endMs, error, name, kind, callee }: Told): Span {
  const [type = '', message = ''] = error?.split(': ') ?? [];
  return {
    traceId: id.padStart(16, '2'),
    spanId,
    parentId,
    service,
    name,
    resource: `POST /${(callee ?? service).toLowerCase()}`,
    type: 'web',
    startMs,
    durationMs: endMs - startMs,
    isError: error !== null,
    meta: {
      'span.kind': kind,
      ...(callee && { 'peer.service': callee }),
      ...(error !== null && { 'error.type': type, 'error.message': message }),
    },
    metrics: {},
  };
}
