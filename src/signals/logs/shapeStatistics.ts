import type { LogStatus } from '../../domain/log';
import { type KeyEventKind, keyEventOf, mentionedKinds } from './keyEvents';
import type { LogRecord } from './logRecord';
import { ownCopy } from './ownCopy';
import { QuantitySampler, quantitiesIn } from './quantities';

/** A key event of one service in the making. */
export interface SeenEvent {
  readonly event: string;
  readonly service: string | null;
  count: number;
  firstMs: number | null;
  firstLine: number;
  example: string;
}

/** What is counted for messages of one shape. */
export interface ShapeStatistics {
  before: number;
  during: number;
  firstMs: number | null;
  lastMs: number | null;
  status: LogStatus | null;
  /** Key events that its messages may be. */
  readonly kinds: readonly KeyEventKind[];
  readonly sampler: QuantitySampler | null;
  readonly events: Map<string, SeenEvent>;
}

const MAX_EVENT_SERVICES = 100;
const MAX_EXAMPLE = 400;

export function createStatistics(message: string, seed: number): ShapeStatistics {
  const sampler = quantitiesIn(message).length > 0 ? new QuantitySampler(seed) : null;
  return {
    before: 0,
    during: 0,
    firstMs: null,
    lastMs: null,
    status: null,
    kinds: mentionedKinds(message),
    sampler,
    events: new Map(),
  };
}

export function countMessage(statistics: ShapeStatistics, record: LogRecord, line: number, timeMs: number | null, isQuiet: boolean): void {
  if (isQuiet) statistics.before++;
  else statistics.during++;
  if (timeMs !== null) {
    if (statistics.firstMs === null || timeMs < statistics.firstMs) statistics.firstMs = timeMs;
    if (statistics.lastMs === null || timeMs > statistics.lastMs) statistics.lastMs = timeMs;
  }
  statistics.status ??= record.status;
  if (line > 0 && statistics.sampler) statistics.sampler.add(line, record.message);
  if (line > 0 && statistics.kinds.length > 0) countEvent(statistics, record, line, timeMs);
}

function countEvent({ events, kinds }: ShapeStatistics, { message, service }: LogRecord, line: number, timeMs: number | null): void {
  const event = keyEventOf(message, kinds);
  if (event === null) return;
  const key = `${event}\n${service ?? ''}`;
  const seen = events.get(key);
  if (!seen) {
    if (events.size < MAX_EVENT_SERVICES)
      events.set(key, {
        event,
        service: service === null ? null : ownCopy(service, MAX_EXAMPLE),
        count: 1,
        firstMs: timeMs,
        firstLine: line,
        example: ownCopy(message, MAX_EXAMPLE),
      });
    return;
  }
  seen.count++;
  if (timeMs !== null && (seen.firstMs === null || timeMs < seen.firstMs)) seen.firstMs = timeMs;
}

/** Counts what was counted for one shape for another one as well. */
export function addStatistics(from: ShapeStatistics, into: ShapeStatistics): void {
  into.before += from.before;
  into.during += from.during;
  if (from.firstMs !== null) into.firstMs = Math.min(into.firstMs ?? from.firstMs, from.firstMs);
  if (from.lastMs !== null) into.lastMs = Math.max(into.lastMs ?? from.lastMs, from.lastMs);
  into.status ??= from.status;
  for (const sample of from.sampler?.samples ?? []) into.sampler?.addSample(sample);
  for (const [key, seen] of from.events) {
    const held = into.events.get(key);
    if (!held) {
      if (into.events.size < MAX_EVENT_SERVICES) into.events.set(key, seen);
      continue;
    }
    held.count += seen.count;
    if (seen.firstMs !== null && (held.firstMs === null || seen.firstMs < held.firstMs)) held.firstMs = seen.firstMs;
    if (seen.firstLine < held.firstLine) {
      held.firstLine = seen.firstLine;
      held.example = seen.example;
    }
  }
}
