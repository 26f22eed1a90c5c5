import { parseStack } from '../../code/frames/parseStack';
import type { TracePattern } from '../../domain/evidenceDetail';
import type { LogEvent } from '../../domain/log';
import { idNumbers, type Span } from '../../domain/span';
import { type FailureOrigin, failureOrigin } from '../../signals/traces/failure';
import { propagationOf } from '../../signals/traces/patterns';
import { logText } from './logText';
import { isReporter } from './platformReporters';
import type { Traces } from './traceWave';

/** One error as a span or a log line shows it. */
export interface Sighting {
  readonly service: string;
  readonly peer: string | null;
  readonly type: string | null;
  readonly message: string | null;
  readonly stack: string | null;
  readonly span: Span | null;
  readonly traceId: string | null;
  readonly atMs: number;
  /** How it reached other services, where spans show that. */
  readonly passedOn: TracePattern | null;
}

/**
 * Errors as spans and logs show them. A log with a stack tells more of a request that failed without one: it lends its
 * words to the span of its trace and service, so that one failure is not taken for two kinds.
 */
export function sightings(traces: Traces['during'], logs: readonly LogEvent[]): Sighting[] {
  const logged = logs.filter(({ service }) => !isReporter(service)).flatMap(fromLog);
  const telling = new Map<string, Sighting>();
  for (const sighting of logged)
    if (hasFrames(sighting)) for (const key of requestKeys(sighting)) if (!telling.has(key)) telling.set(key, sighting);
  const seen = fromTraces(traces).map((sighting) => {
    const log = !hasFrames(sighting) ? requestKeys(sighting).flatMap((key) => telling.get(key) ?? [])[0] : undefined;
    return log ? { ...sighting, type: log.type, message: log.message, stack: log.stack } : sighting;
  });
  return [...seen, ...logged];
}

/** Some runtimes give a stack that only repeats the message. */
export function hasFrames({ stack }: Sighting): boolean {
  return stack !== null && parseStack(stack).some(({ frames }) => frames.length > 0);
}

function requestKeys({ service, traceId }: Sighting): string[] {
  return traceId === null ? [] : idNumbers(traceId).map((number) => `${number} ${service}`);
}

function fromTraces(traces: Traces['during']): Sighting[] {
  return traces.flatMap((trace) => {
    const origin = failureOrigin(trace);
    if (!origin) return [];
    const { span, parent } = origin.node;
    const caller = parent?.span.service === span.service ? parent.span : undefined;
    const stack = origin.telling.meta['error.stack'] ?? span.meta['error.stack'] ?? caller?.meta['error.stack'] ?? null;
    return [
      {
        service: origin.service,
        peer: origin.peer,
        type: origin.telling.meta['error.type'] ?? null,
        message: origin.message,
        stack,
        span,
        traceId: span.traceId,
        atMs: span.startMs + span.durationMs,
        passedOn: passedOnOf(origin),
      },
    ];
  });
}

function passedOnOf(origin: FailureOrigin): TracePattern | null {
  const found = propagationOf(origin);
  if (found === null) return null;
  const { spanId: _, ...pattern } = found;
  return pattern;
}

function fromLog(event: LogEvent): Sighting[] {
  const type = logText(event, 'error', 'kind');
  const message = logText(event, 'error', 'message') ?? event.message;
  const stack = logText(event, 'error', 'stack');
  const peer = logText(event, 'upstream', 'host') ?? logText(event, 'net', 'peer', 'name') ?? logText(event, 'peer');
  return [
    {
      service: event.service,
      peer,
      type,
      message,
      stack,
      span: null,
      traceId: logText(event, 'dd', 'trace_id'),
      atMs: event.timestampMs,
      passedOn: null,
    },
  ];
}
