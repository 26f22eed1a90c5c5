import { parseStack } from '../../code/frames/parseStack';
import type { FailureFinding } from '../../diagnosis/findings';
import { formatPlural, formatTime } from '../../domain/format';
import type { StackException } from '../../domain/frame';
import { isErrorStatus, type LogEvent } from '../../domain/log';
import { idNumbers, type Span } from '../../domain/span';
import { failureOrigin, peerOf } from '../../signals/failure';
import { maskResource } from '../../signals/repeats';
import type { Gathered } from '../gathered';
import { searchAll, searchTerm } from '../queries';
import type { Run } from '../run';
import { logText } from './logText';
import type { Traces } from './traceWave';

/** One error as a span or a log line shows it. */
interface Sighting {
  readonly service: string;
  readonly peer: string | null;
  readonly type: string | null;
  readonly message: string | null;
  readonly stack: string | null;
  readonly span: Span | null;
  readonly traceId: string | null;
  readonly atMs: number;
}

const MAX_WRITTEN = 6;
/** An error that was this usual before is background, not the incident. */
const USUAL_SHARE = 0.5;

/**
 * The kinds of error that began somewhere, most frequent first: origins of failing traces, and error logs that carry an
 * exception. What the quiet hour shows at half the rate or more is left out.
 */
export function failureFindings(gathered: Gathered, traces: Traces, run: Run): readonly FailureFinding[] {
  const during = [...fromTraces(traces.during), ...gathered.errorLogs.items.flatMap(fromLog)].filter(
    (sighting) => sighting.atMs >= gathered.windows.incident.fromMs,
  );
  const before = [...fromTraces(traces.before), ...gathered.quietLogs.items.filter((log) => isErrorStatus(log.status)).flatMap(fromLog)];
  const usual = new Map([...grouped(before)].map(([key, group]) => [key, requestsOf(group)]));
  return [...grouped(during)]
    .filter(([key, group]) => (usual.get(key) ?? 0) < USUAL_SHARE * requestsOf(group))
    .map(([, group]) => group)
    .sort((a, b) => requestsOf(b) - requestsOf(a))
    .slice(0, MAX_WRITTEN)
    .map((group) => findingOf(group, gathered, run));
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
      },
    ];
  });
}

function fromLog(event: LogEvent): Sighting[] {
  const type = logText(event, 'error', 'kind');
  const message = logText(event, 'error', 'message') ?? event.message;
  const stack = logText(event, 'error', 'stack');
  const peer = logText(event, 'upstream', 'host') ?? logText(event, 'net', 'peer', 'name') ?? logText(event, 'peer');
  return [
    { service: event.service, peer, type, message, stack, span: null, traceId: logText(event, 'dd', 'trace_id'), atMs: event.timestampMs },
  ];
}

function grouped(sightings: readonly Sighting[]): Map<string, Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const key = JSON.stringify([sighting.service, sighting.type, maskResource((sighting.message ?? '').slice(0, 200))]);
    const known = groups.get(key) ?? [];
    known.push(sighting);
    groups.set(key, known);
  }
  return groups;
}

/** How many requests failed: a span and a log of one trace tell of one. */
function requestsOf(group: readonly Sighting[]): number {
  const known = new Set<bigint>();
  let count = 0;
  for (const { traceId } of group) {
    const numbers = traceId === null ? [] : idNumbers(traceId);
    if (numbers.some((number) => known.has(number))) continue;
    count++;
    for (const number of numbers) known.add(number);
  }
  return count;
}

function findingOf(group: readonly Sighting[], gathered: Gathered, run: Run): FailureFinding {
  const best =
    group.find((sighting) => sighting.stack !== null) ?? group.find((sighting) => sighting.span !== null) ?? (group[0] as Sighting);
  const stack = best.stack === null ? [] : parseStack(best.stack);
  const firstSeenMs = Math.min(...group.map((sighting) => sighting.atMs));
  const span = best.span ?? group.find((sighting) => sighting.span !== null)?.span ?? null;
  const peer = group.find((sighting) => sighting.peer !== null)?.peer ?? (span ? peerOf(span) : null);
  const { service, type, message } = best;
  const count = requestsOf(group);
  return {
    service,
    peer,
    type,
    message,
    count,
    stack,
    span,
    firstSeenMs,
    evidence: write({ service, peer, type, message, count, stack, span, firstSeenMs }, gathered, run),
  };
}

function write(finding: Omit<FailureFinding, 'evidence'>, gathered: Gathered, run: Run): string {
  const { service, peer, type, message, count, stack, span, firstSeenMs } = finding;
  const window = gathered.windows.incident;
  const env = gathered.opening.env === null ? null : searchTerm('env', gathered.opening.env);
  const isSpan = span !== null;
  const query = searchAll(searchTerm('service', service), env, 'status:error');
  const what = [type, message].filter((text) => text !== null && text !== '').join(': ') || 'errors without a message';
  const towards = peer === null ? '' : ` while calling ${peer}`;
  return run.evidence.add({
    kind: isSpan ? 'spans' : 'error',
    source: 'datadog',
    query,
    window,
    summary: `${service} failed ${formatPlural(count, 'time')} since ${formatTime(firstSeenMs, { timeZone: 'UTC' })} UTC${towards}: ${what}`,
    value: { service, type, message, peer, count, resource: span?.resource ?? null, traceId: span?.traceId ?? null },
    link: run.deps.telemetry.linkTo({ kind: isSpan ? 'spans' : 'logs', query, window }),
    ...(stack.length > 0 ? { stack: stack.map(unmapped) } : {}),
  });
}

/** Frames as the error named them; diagnosis adds where they are in the workspace. */
function unmapped(exception: StackException) {
  return { ...exception, frames: exception.frames.map((frame) => ({ ...frame, workspace: null, reason: 'not looked up' })) };
}
