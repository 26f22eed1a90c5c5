import { type CallGraph, callGraph } from '../../src/signals/topology';
import { criticalPath } from '../../src/signals/traces/criticalPath';
import { failureOrigin } from '../../src/signals/traces/failure';
import { wholeRequest } from '../../src/signals/traces/orphans';
import { buildTraces, dependenciesOf, type Trace } from '../../src/signals/traces/traceTree';
import { type Distortion, INTACT } from './traces/distort';
import { FAULTS } from './traces/faults';
import { type GeneratedTrace, generateCase } from './traces/generate';
import { createRandom } from './traces/random';
import type { SystemOptions } from './traces/system';

export interface Score {
  readonly name: string;
  readonly traces: number;
  readonly paths: number;
  readonly failing: number;
  readonly origins: number;
}

export interface TraceEvaluation {
  readonly byOption: readonly Score[];
  readonly byFault: readonly Score[];
  readonly all: Score;
  readonly misses: readonly string[];
}

interface Variant {
  readonly name: string;
  readonly distortion: Distortion;
  readonly system: Partial<SystemOptions>;
}

export const VARIANTS: readonly Variant[] = [
  { name: 'as they are', distortion: INTACT, system: {} },
  { name: 'clock skew up to 500 ms', distortion: { ...INTACT, skewMs: 500 }, system: {} },
  { name: 'clock skew up to 20 ms, no host tags', distortion: { ...INTACT, skewMs: 20, hasHostTags: false }, system: {} },
  { name: 'server spans only', distortion: INTACT, system: { isBare: true } },
  { name: 'server spans only, clock skew up to 500 ms', distortion: { ...INTACT, skewMs: 500 }, system: { isBare: true } },
  { name: 'one span in 50 lost', distortion: { ...INTACT, lost: 0.02 }, system: {} },
  { name: 'one span in 10 lost', distortion: { ...INTACT, lost: 0.1 }, system: {} },
  { name: 'root lost', distortion: { ...INTACT, rootLost: 1 }, system: {} },
  { name: 'spans twice, one its own parent', distortion: { ...INTACT, twice: 0.2, loops: 1 }, system: {} },
  { name: 'calls that nobody waits for, unmarked', distortion: INTACT, system: { hasForgottenCalls: true } },
];

export const FULL_TRACES = { cases: 140, requests: 20, seed: 1 };

/**
 * Scores error origin and critical path against generated systems of 10 to 200 services with one planted fault each. A path is
 * right when it has exactly the received spans that decide the duration; an origin, when it is the span the fault was put at, or
 * where that was lost the deepest failing span that was received.
 */
export function evaluateTraces({ cases, requests, seed } = FULL_TRACES): TraceEvaluation {
  const byOption = new Map<string, Tally>();
  const byFault = new Map<string, Tally>();
  const all = new Tally();
  const misses: string[] = [];
  for (let at = 0; at < cases; at++) {
    const variant = VARIANTS[at % VARIANTS.length] as Variant;
    const fault = FAULTS[Math.floor(at / VARIANTS.length) % FAULTS.length] as (typeof FAULTS)[number];
    const services = createRandom(seed * 7919 + at).whole(10, 200);
    const system = { services, hasForgottenCalls: false, isBare: false, ...variant.system };
    const { traces } = generateCase({ seed: seed * 100_003 + at, fault, system, distortion: variant.distortion, requests });
    const read = new Map(buildTraces(traces.flatMap(({ spans }) => spans)).map((trace) => [trace.id, trace]));
    const calls = callGraph(dependenciesOf([...read.values()]));
    for (const trace of traces) {
      if (trace.spans.length === 0) continue;
      const answer = answerTo(trace, read.get(trace.traceId), calls);
      for (const tally of [tallyOf(byOption, variant.name), tallyOf(byFault, fault), all]) tally.add(trace, answer);
      const wrong = [...(answer.isPathRight ? [] : ['path']), ...(answer.isOriginRight ? [] : ['origin'])].join(' and ');
      if (wrong !== '') misses.push(`${variant.name}, ${fault}, case ${at}, trace ${trace.traceId}: ${wrong}`);
    }
  }
  const scores = (tallies: ReadonlyMap<string, Tally>) => [...tallies].map(([name, tally]) => tally.score(name));
  return { byOption: scores(byOption), byFault: scores(byFault), all: all.score('all'), misses };
}

interface Judged {
  readonly isPathRight: boolean;
  readonly isOriginRight: boolean;
}

function answerTo({ spans, critical, origins }: GeneratedTrace, trace: Trace | undefined, calls: CallGraph): Judged {
  if (!trace) return { isPathRight: false, isOriginRight: false };
  const request = wholeRequest(trace, calls);
  const path = criticalPath(trace, request).hops.map(({ node }) => node.span.spanId);
  const origin = failureOrigin(trace, request)?.node.span.spanId ?? null;
  return {
    isPathRight: path.length === critical.size && path.every((id) => critical.has(id)),
    isOriginRight: origin === null ? origins.size === 0 : origins.has(origin) || (origins.size === 0 && isMarked(spans, origin)),
  };
}

/** Without a planted error there may be one all the same: a failure that was handled and whose planted origin was lost. */
const isMarked = (spans: GeneratedTrace['spans'], id: string) => spans.some((span) => span.spanId === id && span.isError);

function tallyOf(tallies: Map<string, Tally>, name: string): Tally {
  const known = tallies.get(name) ?? new Tally();
  tallies.set(name, known);
  return known;
}

class Tally {
  #traces = 0;
  #paths = 0;
  #failing = 0;
  #origins = 0;

  add({ origins }: GeneratedTrace, { isPathRight, isOriginRight }: Judged): void {
    this.#traces++;
    if (isPathRight) this.#paths++;
    if (origins.size === 0) return;
    this.#failing++;
    if (isOriginRight) this.#origins++;
  }

  score(name: string): Score {
    return { name, traces: this.#traces, paths: this.#paths, failing: this.#failing, origins: this.#origins };
  }
}
