import type { Span } from '../../../src/domain/span';
import { type Clocks, type Distortion, distorted, drawClocks } from './distort';
import { addHandledError, drawFault, type Fault, type FaultKind, type PlantedFault, plant } from './faults';
import { runPlan, type SpanPlan, spansOf } from './program';
import { createRandom, type Random } from './random';
import { createSystem, planRequest, type System, type SystemOptions } from './system';
import { criticalSpans } from './truth';

export interface CaseOptions {
  readonly seed: number;
  readonly fault: FaultKind;
  readonly system: SystemOptions;
  readonly distortion: Distortion;
  readonly requests: number;
}

/** One request as it was traced, and what is true about it. */
export interface GeneratedTrace {
  readonly traceId: string;
  readonly spans: readonly Span[];
  readonly isFaulty: boolean;
  /** Ids of the received spans that decide how long the request takes. */
  readonly critical: ReadonlySet<string>;
  /** Ids of the received spans that may be named as the origin of its error; empty where nothing failed. */
  readonly origins: ReadonlySet<string>;
  readonly originService: string | null;
  readonly slow: readonly SpanPlan[];
}

export interface GeneratedCase {
  readonly options: CaseOptions;
  readonly fault: Fault;
  readonly traces: readonly GeneratedTrace[];
}

const START_MS = 1_780_000_000_000;
const MOST_SPANS = 120;

/** A random system of services with one planted fault, and requests that it served. The same seed gives the same case. */
export function generateCase(options: CaseOptions): GeneratedCase {
  const random = createRandom(options.seed);
  const system = createSystem(random, options.system);
  const fault = drawFault(system, options.fault, random);
  const entries = system.entries.filter((entry) => reaches(entry, fault));
  const clocks = drawClocks(options.distortion, random);
  const traces = Array.from({ length: options.requests }, (_, at) => {
    const entry = random.pick(entries.length === 0 ? system.entries : entries);
    return generateTrace(planWith(entry, random, system), fault, { ...options, at, random, system, clocks });
  });
  return { options, fault, traces };
}

function planWith(entry: System['entries'][number], random: Random, system: System) {
  const numbering = { spans: 0, most: random.whole(10, MOST_SPANS) };
  return { root: planRequest(entry, random, system.options, numbering), numbering };
}

function reaches(entry: System['entries'][number], { target }: Fault): boolean {
  return (
    entry === target ||
    entry.steps.some(
      (step) =>
        step.kind === 'calls' && step.mode === 'wait' && step.targets.some((next) => next === target || reaches(next, { target } as Fault)),
    )
  );
}

interface Making extends Omit<CaseOptions, 'system'> {
  readonly at: number;
  readonly random: Random;
  readonly system: System;
  readonly clocks: Clocks;
}

function generateTrace(
  { root, numbering }: ReturnType<typeof planWith>,
  fault: Fault,
  { seed, at, random, system, distortion, clocks }: Making,
): GeneratedTrace {
  const planted = random.chance(fault.share) ? plant(fault, root, random, system, numbering) : null;
  const isPassedOn = planted?.chain.at(-1) === root;
  if (isPassedOn) for (let more = random.whole(0, 2); more > 0; more--) addHandledError(root, random, numbering);
  const traceId = (BigInt(seed) * 100_000n + BigInt(at) + 1n).toString(16).padStart(32, '0');
  const spans = distorted(traced(root, traceId, START_MS + at * 1000 + random.next(), system), distortion, clocks, random);
  const received = new Set(spans.map((span) => span.spanId));
  const critical = [...criticalSpans(root)].filter((id) => received.has(id));
  return {
    traceId,
    spans,
    isFaulty: planted !== null,
    critical: new Set(critical),
    ...originIn(planted, received),
    slow: planted?.slow ?? [],
  };
}

/** The deepest of the failing spans that was received. */
function originIn(planted: PlantedFault | null, received: ReadonlySet<string>): Pick<GeneratedTrace, 'origins' | 'originService'> {
  const origin = planted?.chain.find(({ id }) => received.has(id)) ?? null;
  const isFirst = origin !== null && origin === planted?.chain[0];
  const attempts = (planted?.attempts ?? []).filter((id) => received.has(id));
  const origins = isFirst || (origin === null && attempts.length > 0) || attempts.length > 0 ? attempts : [];
  return {
    origins: new Set([...(origin ? [origin.id] : []), ...origins]),
    originService: origin?.service ?? null,
  };
}

function traced(root: SpanPlan, traceId: string, startMs: number, { options }: System): Span[] {
  const runs = runPlan(root);
  return [...spansOf(root)].map(({ plan, parent }): Span => {
    const { startMs: fromMs, endMs } = runs.get(plan.id) ?? { startMs: 0, endMs: 0 };
    const isTagged = !options.isBare || plan.kind === 'consumer' || plan.kind === 'client';
    return {
      traceId,
      spanId: plan.id,
      parentId: parent?.id ?? null,
      service: plan.service,
      name: plan.name,
      resource: plan.resource,
      type: plan.resource.startsWith('SELECT') ? 'sql' : 'web',
      startMs: startMs + fromMs,
      durationMs: endMs - fromMs,
      isError: plan.error !== null,
      meta: {
        host: plan.host,
        ...(isTagged ? { 'span.kind': plan.kind } : {}),
        ...(plan.peer === null ? {} : { 'peer.service': plan.peer }),
        ...(plan.error === null ? {} : { 'error.message': plan.error, 'error.type': 'Error' }),
      },
      metrics: {},
    };
  });
}
