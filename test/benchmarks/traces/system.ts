import type { Call, SpanPlan, Step } from './program';
import type { Random } from './random';

/** A way to serve a request, always the same but for its durations and optional calls. */
export interface OperationPlan {
  readonly service: string;
  readonly resource: string;
  readonly steps: readonly StepPlan[];
}

type StepPlan =
  | { readonly kind: 'work'; readonly ms: number }
  | { readonly kind: 'query'; readonly system: string; readonly resource: string; readonly ms: number; readonly times: number }
  | {
      readonly kind: 'calls';
      readonly mode: 'wait' | 'forget' | 'queue';
      readonly targets: readonly OperationPlan[];
      readonly share: number;
    };

export interface SystemOptions {
  readonly services: number;
  /** Calls that nobody waits for, without a word about it in the spans. */
  readonly hasForgottenCalls: boolean;
  /** Whether the caller's side of a call is traced, and spans say their kind. */
  readonly isBare: boolean;
}

export interface System {
  readonly entries: readonly OperationPlan[];
  readonly options: SystemOptions;
}

const MAX_LAYERS = 6;

/** Services in layers; operations call those of deeper layers one by one or at the same time, and ask databases. */
export function createSystem(random: Random, options: SystemOptions): System {
  const layers = random.whole(3, MAX_LAYERS);
  const byLayer: OperationPlan[][] = Array.from({ length: layers }, () => []);
  for (let layer = layers - 1; layer >= 0; layer--) {
    const below = byLayer.slice(layer + 1).flat();
    const count = Math.max(1, Math.round(options.services / layers));
    for (let index = 0; index < count; index++) {
      const service = `${layer === 0 ? 'web' : 'svc'}-${layer}-${index}`;
      const operations = random.whole(1, 2);
      for (let operation = 0; operation < operations; operation++)
        byLayer[layer]?.push(createOperation(service, `GET /${service}/${operation}`, below, random, options));
    }
  }
  return { entries: byLayer[0] ?? [], options };
}

function createOperation(
  service: string,
  resource: string,
  below: readonly OperationPlan[],
  random: Random,
  options: SystemOptions,
): OperationPlan {
  const steps: StepPlan[] = [{ kind: 'work', ms: random.between(0.5, 5) }];
  const groups = below.length === 0 ? 0 : random.whole(1, 3);
  for (let group = 0; group < groups; group++) {
    const isMany = random.chance(0.3);
    const targets = Array.from({ length: isMany ? random.whole(2, 4) : 1 }, () => random.pick(below));
    const mode = random.chance(0.1) ? 'queue' : options.hasForgottenCalls && random.chance(0.1) ? 'forget' : 'wait';
    steps.push({ kind: 'calls', mode, targets, share: random.chance(0.3) ? 0.7 : 1 }, { kind: 'work', ms: random.between(0.2, 3) });
  }
  const queries = random.whole(0, 2);
  for (let query = 0; query < queries; query++) {
    const resource = `SELECT * FROM table_${random.whole(1, 40)} WHERE id = ?`;
    const system = random.pick(['postgres', 'redis', 'mysql']);
    const step: StepPlan = { kind: 'query', system, resource, ms: random.between(0.3, 6), times: random.whole(1, 2) };
    steps.splice(random.whole(1, steps.length), 0, step);
  }
  steps.push({ kind: 'work', ms: random.between(0.2, 4) });
  return { service, resource, steps };
}

/** Spans are numbered within a trace. */
export interface Numbering {
  spans: number;
  /** More spans than this are not begun: further calls are left out. */
  readonly most: number;
}

export function planRequest(
  operation: OperationPlan,
  random: Random,
  options: SystemOptions,
  numbering: Numbering,
  kind: 'server' | 'consumer' = 'server',
): SpanPlan {
  const plan: SpanPlan = {
    ...newSpan(operation.service, hostOf(operation.service, random), kind, operation.resource, numbering),
    steps: [],
  };
  for (const step of operation.steps) plan.steps.push(...planSteps(step, plan, random, options, numbering));
  return plan;
}

const hostOf = (service: string, random: Random) => `${service}-host-${random.whole(1, 2)}`;

function newSpan(
  service: string,
  host: string,
  kind: SpanPlan['kind'],
  resource: string,
  numbering: Numbering,
  peer: string | null = null,
): SpanPlan {
  numbering.spans++;
  const name = kind === 'client' && peer !== null ? (resource.startsWith('SELECT') ? 'db.query' : 'http.request') : `${kind}.request`;
  return {
    id: (numbering.spans + 0x1000).toString(16).padStart(16, '0'),
    service,
    host,
    kind,
    name,
    resource,
    peer,
    steps: [],
    error: null,
  };
}

function planSteps(step: StepPlan, caller: SpanPlan, random: Random, options: SystemOptions, numbering: Numbering): Step[] {
  if (step.kind === 'work') return [{ kind: 'work', ms: random.duration(step.ms) }];
  if (step.kind === 'query')
    return Array.from({ length: step.times }, () => queryStep(caller, step.system, step.resource, random.duration(step.ms), numbering));
  if (!random.chance(step.share) || numbering.spans > numbering.most) return [];
  const calls = step.targets.map((target) => planCall(target, caller, random, options, numbering, step.mode));
  return [{ kind: 'calls', mode: step.mode, calls }];
}

/** One call of a database. */
export function queryStep(caller: SpanPlan, system: string, resource: string, ms: number, numbering: Numbering): Step {
  const client = newSpan(caller.service, caller.host, 'client', resource, numbering, system);
  client.steps = [{ kind: 'work', ms }];
  return { kind: 'calls', mode: 'wait', calls: [{ client, server: null, outMs: 0, backMs: 0, timeoutMs: null }] };
}

/** A call of another service: a client span, the way, a server span. */
export function planCall(
  target: OperationPlan,
  caller: SpanPlan,
  random: Random,
  options: SystemOptions,
  numbering: Numbering,
  mode: 'wait' | 'forget' | 'queue' = 'wait',
): Call {
  const isQueue = mode === 'queue';
  const client = options.isBare
    ? null
    : newSpan(caller.service, caller.host, isQueue ? 'producer' : 'client', target.resource, numbering, target.service);
  if (client && isQueue) client.steps = [{ kind: 'work', ms: random.between(0.1, 0.6) }];
  return {
    client,
    server: planRequest(target, random, options, numbering, isQueue ? 'consumer' : 'server'),
    outMs: isQueue ? random.between(1, 60) : random.between(0.05, 1.5),
    backMs: random.between(0.05, 1.5),
    timeoutMs: null,
  };
}
