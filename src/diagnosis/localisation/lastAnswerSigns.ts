import { formatPercent } from '../../domain/format';
import type { SpanNode, Trace } from '../../signals/traces/traceTree';
import type { Findings } from '../findings';
import type { Sign } from './sign';

const MIN_FAILING = 2;
/** A call that is always the last one tells little by being the last. */
const USUALLY_LAST = 0.7;

/**
 * Services whose answer was the last that requests got before they failed on their own: an answer that its caller cannot use makes
 * the caller fail. By the share of such requests, less most of the share of well ones that end after the same call.
 */
export function lastAnswerSigns({ during, before }: Findings): readonly Sign[] {
  const failing = lastAnswers(during, (node) => failsByItself(node));
  const well = lastAnswers([...before, ...during], (node) => !node.span.isError);
  return [...failing].flatMap(([caller, late]): Sign[] => {
    const count = total(late);
    const usual = well.get(caller) ?? new Map<string, number>();
    if (count < MIN_FAILING) return [];
    return [...late].map(([service, times]) => {
      const share = times / count;
      const score = share - USUALLY_LAST * ((usual.get(service) ?? 0) / Math.max(1, total(usual)));
      const reason = `${formatPercent(share)} of the requests that fail in ${caller} do so right after its answer`;
      return { service, kind: 'last_answer', score: Math.max(0, score), reason, evidence: null };
    });
  });
}

const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);

const failsByItself = ({ span, children }: SpanNode) =>
  span.isError && children.length > 0 && !children.some((child) => child.span.isError);

/** Caller → service that answered last → requests. Requests that called nobody are left out. */
function lastAnswers(traces: readonly Trace[], isWanted: (node: SpanNode) => boolean): ReadonlyMap<string, Map<string, number>> {
  const found = new Map<string, Map<string, number>>();
  for (const { nodes } of traces)
    for (const node of nodes) {
      const service = isWanted(node) ? lastCalled(node) : null;
      if (service === null) continue;
      const counts = found.get(node.span.service) ?? new Map<string, number>();
      found.set(node.span.service, counts.set(service, (counts.get(service) ?? 0) + 1));
    }
  return found;
}

/** The other service that the last call below a request led to, directly or as the child of the caller's own span of the call. */
function lastCalled(node: SpanNode): string | null {
  let last: SpanNode | null = null;
  for (const call of node.children)
    for (const one of [call, ...call.children])
      if (one.span.service !== node.span.service && (last === null || one.endMs > last.endMs)) last = one;
  return last?.span.service ?? null;
}
