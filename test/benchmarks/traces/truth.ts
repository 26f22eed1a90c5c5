import { type Call, runPlan, type SpanPlan, spansOf } from './program';

/** Much less than any step takes, much more than what rounding changes. */
const TRIFLE_MS = 1e-6;

/**
 * The spans that decide how long a request takes, by definition and by brute force: those that make it longer when they
 * themselves take a trifle longer. Where a caller gave up on a call, what it waited for until then counts as well.
 */
export function criticalSpans(root: SpanPlan): ReadonlySet<string> {
  const critical = new Set<string>();
  const usualMs = runPlan(root).get(root.id)?.endMs ?? 0;
  const abandoned: Call[] = [];
  for (const { plan, isAwaited, call } of spansOf(root)) {
    if (!isAwaited) continue;
    const longerMs = runPlan(root, 0, { id: plan.id, byMs: TRIFLE_MS }).get(root.id)?.endMs ?? 0;
    if (longerMs - usualMs < TRIFLE_MS / 2) continue;
    critical.add(plan.id);
    if (call !== null && call.timeoutMs !== null) abandoned.push(call);
  }
  for (const { server, timeoutMs } of abandoned)
    if (server && timeoutMs !== null) for (const id of criticalSpans({ ...server, steps: server.steps.slice(0, -1) })) critical.add(id);
  return critical;
}
