/** What a span does, before anything ran: the plan of a request is a tree of these. */
export interface SpanPlan {
  readonly id: string;
  readonly service: string;
  readonly host: string;
  readonly kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  readonly name: string;
  readonly resource: string;
  readonly peer: string | null;
  steps: Step[];
  error: string | null;
}

/** Calls of one group run at the same time; `wait` goes on when all are done, the others at once. */
export type Step =
  | { readonly kind: 'work'; ms: number }
  | { readonly kind: 'calls'; readonly mode: 'wait' | 'forget' | 'queue'; readonly calls: Call[] };

export interface Call {
  /** The caller's span; null where it is not traced. */
  readonly client: SpanPlan | null;
  /** What is called; null for a database, whose work is the client's own. */
  readonly server: SpanPlan | null;
  readonly outMs: number;
  readonly backMs: number;
  timeoutMs: number | null;
}

export interface Run {
  readonly startMs: number;
  readonly endMs: number;
}

/** Lets one span take longer by a trifle. */
export interface Nudge {
  readonly id: string;
  readonly byMs: number;
}

/** When every span of a plan ran, by a clock that is right. */
export function runPlan(root: SpanPlan, startMs = 0, nudge: Nudge | null = null): ReadonlyMap<string, Run> {
  const runs = new Map<string, Run>();
  runSpan(root, startMs, nudge, runs);
  return runs;
}

function runSpan(plan: SpanPlan, startMs: number, nudge: Nudge | null, runs: Map<string, Run>): number {
  let atMs = startMs;
  for (const step of plan.steps) {
    if (step.kind === 'work') atMs += step.ms;
    else {
      const begunMs = atMs;
      const ends = step.calls.map((call) => runCall(call, begunMs, step.mode === 'queue', nudge, runs));
      if (step.mode === 'wait') atMs = Math.max(...ends);
      else if (step.mode === 'queue') atMs = Math.max(...step.calls.map(({ client }) => runs.get(client?.id ?? '')?.endMs ?? begunMs));
    }
  }
  if (nudge?.id === plan.id) atMs += nudge.byMs;
  runs.set(plan.id, { startMs, endMs: atMs });
  return atMs;
}

function runCall(call: Call, startMs: number, isQueue: boolean, nudge: Nudge | null, runs: Map<string, Run>): number {
  const { client, server, outMs, backMs, timeoutMs } = call;
  if (isQueue) {
    const sentMs = client ? runSpan(client, startMs, nudge, runs) : startMs;
    return server ? runSpan(server, sentMs + outMs, nudge, runs) : sentMs;
  }
  if (server === null) return client ? runSpan(client, startMs, nudge, runs) : startMs;
  let endMs = runSpan(server, startMs + outMs, nudge, runs) + backMs;
  if (nudge !== null && client?.id === nudge.id) endMs += nudge.byMs;
  if (timeoutMs !== null) endMs = Math.min(endMs, startMs + timeoutMs + (client?.id === nudge?.id ? (nudge?.byMs ?? 0) : 0));
  if (client) runs.set(client.id, { startMs, endMs });
  return endMs;
}

/** Every span of a plan with its parent, callers first. `isAwaited`: somebody waits for it. */
export function* spansOf(
  plan: SpanPlan,
  parent: SpanPlan | null = null,
  isAwaited = true,
): Generator<{ readonly plan: SpanPlan; readonly parent: SpanPlan | null; readonly isAwaited: boolean; readonly call: Call | null }> {
  yield { plan, parent, isAwaited, call: null };
  for (const step of plan.steps) {
    if (step.kind === 'work') continue;
    for (const call of step.calls) {
      const isWaited = isAwaited && step.mode === 'wait';
      if (call.client && call.server)
        yield { plan: call.client, parent: plan, isAwaited: isWaited || (isAwaited && step.mode === 'queue'), call };
      else if (call.client) yield { plan: call.client, parent: plan, isAwaited: isWaited, call };
      if (call.server) yield* spansOf(call.server, call.client ?? plan, isWaited);
    }
  }
}
