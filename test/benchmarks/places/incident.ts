import type { Monitor } from '../../../src/domain/monitor';
import type { Point, TimeSeries } from '../../../src/domain/timeSeries';
import type { World } from '../../fakes/telemetry';
import { createRandom, type Random } from '../traces/random';
import { createFault, type Fault, type FaultKind, hurtsByErrors } from './faults';
import { flowOf, type Measures } from './flow';
import { requestSpans } from './requests';
import { createSystem, dependenciesOf, type Shape, type System } from './system';
import type { Vocabulary } from './vocabularies';

const MINUTE_MS = 60_000;
const NOW_MS = Date.UTC(2026, 2, 3, 14, 0);
const QUIET_MINUTES = 75;
const LOUD_MINUTES = 10;
const QUIET_REQUESTS = 60;
const LOUD_REQUESTS = 40;
const MONITOR = 41;
const NOISE = 0.06;
/** A service that nobody hurts began to work more for itself so long before. */
const EARLIER_MINUTES = 15;

/** A made-up incident with a fault put into one of its services. */
export interface PlacedIncident {
  readonly world: World;
  readonly nowMs: number;
  readonly onsetMs: number;
  readonly fault: Fault;
}

const ONSET_MS = NOW_MS - LOUD_MINUTES * MINUTE_MS;

export function createIncident(shape: Shape, kind: FaultKind, vocabulary: Vocabulary, seed: number): PlacedIncident {
  const random = createRandom(seed);
  const system = createSystem(shape, random);
  const [entry = ''] = system.keys();
  const fault = createFault(kind, system, flowOf(system, null).get(entry)?.p50Ms ?? 0, random);
  const quiet = flowOf(system, null);
  const loud = flowOf(system, fault);
  const series = [...system.keys()].flatMap((service) =>
    seriesOf(service, quiet.get(service) as Measures, loud.get(service) as Measures, vocabulary, fault, random),
  );
  const named = hurtsByErrors(fault) ? vocabulary.failing : vocabulary.latency;
  const [before, after] = [quiet, loud].map((flow) => named.value(flow.get(entry) as Measures)) as [number, number];
  return {
    nowMs: NOW_MS,
    onsetMs: ONSET_MS,
    fault,
    world: {
      monitors: [monitorOf(named.metric, entry, (before + after) / 2, after > before)],
      series,
      spans: vocabulary.operation === null ? [] : spansOf(system, fault, vocabulary.operation, random),
      dependencies: dependenciesOf(system),
    },
  };
}

function seriesOf(service: string, quiet: Measures, loud: Measures, vocabulary: Vocabulary, fault: Fault, random: Random): TimeSeries[] {
  const isLeak = fault.kind === 'memory leak' && fault.service === service;
  const isInnocent = fault.innocent === service;
  return [vocabulary.latency, vocabulary.failing, ...vocabulary.others].map(({ metric, unit, value }): TimeSeries => {
    const [low, high] = [value(quiet), value(loud)];
    const points = Array.from({ length: QUIET_MINUTES + LOUD_MINUTES }, (_, minute): Point => {
      const since = minute - QUIET_MINUTES;
      const share = isLeak ? Math.min(1, Math.max(0, (since + 6) / 10)) : since >= 0 ? 1 : 0;
      const busy = isInnocent && since >= -EARLIER_MINUTES ? { ...quiet, cpuPercent: quiet.cpuPercent + 25 } : quiet;
      const level = isInnocent ? value(busy) + share * (high - low) : low + share * (high - low);
      const noisy = level * (1 + NOISE * (random.next() + random.next() - 1));
      return [ONSET_MS / 1000 + since * 60, unit === 'percent' ? Math.min(100, noisy) : noisy];
    });
    return { metric, tags: [`service:${service}`], unit, intervalSec: 60, points };
  });
}

function spansOf(system: System, fault: Fault, operation: string, random: Random) {
  const at = (fromMs: number, toMs: number, count: number, begun: Fault | null) =>
    Array.from({ length: count }, (_, index) => {
      const id = (random.whole(1, 0xffffff) * 0x1000 + index).toString(16);
      return requestSpans(system, begun, operation, fromMs + ((index + random.next()) / count) * (toMs - fromMs), id, random);
    }).flat();
  return [...at(ONSET_MS - QUIET_MINUTES * MINUTE_MS, ONSET_MS, QUIET_REQUESTS, null), ...at(ONSET_MS, NOW_MS, LOUD_REQUESTS, fault)];
}

function monitorOf(metric: string, service: string, limit: number, isAbove: boolean): Monitor {
  return {
    id: MONITOR,
    name: `${service}: ${metric}`,
    type: 'metric alert',
    query: `avg(last_5m):avg:${metric}{service:${service}} ${isAbove ? '>' : '<'} ${limit}`,
    message: `${service} serves its users badly.`,
    tags: [`service:${service}`],
    state: 'Alert',
    triggeredAtMs: ONSET_MS + 4 * MINUTE_MS,
    criticalThreshold: limit,
    warningThreshold: null,
    priority: null,
  };
}
