import { type CallGraph, callGraph } from '../../src/signals/topology';
import { criticalPath } from '../../src/signals/traces/criticalPath';
import { failureOrigin } from '../../src/signals/traces/failure';
import { wholeRequest } from '../../src/signals/traces/orphans';
import { buildTraces, dependenciesOf, type Trace } from '../../src/signals/traces/traceTree';
import { type Distortion, INTACT } from './traces/distort';
import { FAULTS, type FaultKind } from './traces/faults';
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
  /** Everything that tracing does to spans but that leaves them telling what happened. */
  readonly byOption: readonly Score[];
  readonly byFault: readonly Score[];
  readonly all: Score;
  /** Options under which different requests leave the same spans: no reader can be always right. */
  readonly ambiguous: readonly Score[];
  readonly misses: readonly string[];
}

export interface Variant {
  readonly name: string;
  readonly distortion: Distortion;
  readonly system: Partial<SystemOptions>;
}

export const VARIANTS: readonly Variant[] = [
  { name: 'as they are', distortion: INTACT, system: {} },
  { name: 'clock skew up to 500 ms', distortion: { ...INTACT, skewMs: 500 }, system: {} },
  { name: 'clock skew up to 20 ms, no host tags', distortion: { ...INTACT, skewMs: 20, hasHostTags: false }, system: {} },
  { name: 'one span in 50 lost', distortion: { ...INTACT, lost: 0.02 }, system: {} },
  { name: 'root lost', distortion: { ...INTACT, rootLost: 1 }, system: {} },
  { name: 'spans twice, one its own parent', distortion: { ...INTACT, twice: 0.2, loops: 1 }, system: {} },
];

export const AMBIGUOUS: readonly Variant[] = [
  { name: 'one span in 10 lost', distortion: { ...INTACT, lost: 0.1 }, system: {} },
  { name: 'server spans only, the ways there unseen', distortion: INTACT, system: { isBare: true } },
  { name: 'server spans only, clock skew up to 500 ms', distortion: { ...INTACT, skewMs: 500 }, system: { isBare: true } },
  { name: 'unmarked calls that nobody waits for', distortion: INTACT, system: { hasForgottenCalls: true } },
];

export interface TraceEvaluationSize {
  /** Systems for each pair of an option and a fault. */
  readonly rounds: number;
  readonly ambiguousRounds: number;
  readonly requests: number;
  readonly seed: number;
}

export const FULL_TRACES: TraceEvaluationSize = { rounds: 3, ambiguousRounds: 1, requests: 20, seed: 1 };

/**
 * Scores error origin and critical path against generated systems of 10 to 200 services with one planted fault each. A path is
 * right when it has exactly the received spans that decide the duration; an origin, when it is the span the fault was put at, or
 * where that was lost the deepest failing span that was received.
 */
export function evaluateTraces({ rounds, ambiguousRounds, requests, seed }: TraceEvaluationSize = FULL_TRACES): TraceEvaluation {
  const byOption = new Map<string, Tally>();
  const byFault = new Map<string, Tally>();
  const ambiguous = new Map<string, Tally>();
  const all = new Tally();
  const misses: string[] = [];
  const judgeAll = (variants: readonly Variant[], times: number, talliesOf: (variant: Variant, fault: FaultKind) => readonly Tally[]) => {
    for (let round = 0; round < times; round++)
      for (const variant of variants)
        for (const fault of FAULTS)
          for (const { trace, answer, caseSeed } of judgedCase(variant, fault, seed + 1000 * round, requests)) {
            for (const tally of talliesOf(variant, fault)) tally.add(trace, answer);
            const wrong = [...(answer.isPathRight ? [] : ['path']), ...(answer.isOriginRight ? [] : ['origin'])].join(' and ');
            if (wrong !== '') misses.push(`${variant.name}, ${fault}, seed ${caseSeed}, trace ${trace.traceId}: ${wrong}`);
          }
  };
  judgeAll(VARIANTS, rounds, (variant, fault) => [tallyOf(byOption, variant.name), tallyOf(byFault, fault), all]);
  judgeAll(AMBIGUOUS, ambiguousRounds, (variant) => [tallyOf(ambiguous, variant.name)]);
  const scores = (tallies: ReadonlyMap<string, Tally>) => [...tallies].map(([name, tally]) => tally.score(name));
  return { byOption: scores(byOption), byFault: scores(byFault), all: all.score('all'), ambiguous: scores(ambiguous), misses };
}

function* judgedCase(variant: Variant, fault: FaultKind, seed: number, requests: number) {
  const caseSeed = seed * 1009 + [...VARIANTS, ...AMBIGUOUS].indexOf(variant) * 31 + FAULTS.indexOf(fault);
  const services = createRandom(caseSeed).whole(10, 200);
  const system = { services, hasForgottenCalls: false, isBare: false, ...variant.system };
  const { traces } = generateCase({ seed: caseSeed, fault, system, distortion: variant.distortion, requests });
  const read = new Map(buildTraces(traces.flatMap(({ spans }) => spans)).map((trace) => [trace.id, trace]));
  const calls = callGraph(dependenciesOf([...read.values()]));
  for (const trace of traces)
    if (trace.spans.length > 0) yield { trace, answer: answerTo(trace, read.get(trace.traceId), calls), caseSeed };
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
