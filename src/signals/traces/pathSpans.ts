import type { PathSpan } from '../../domain/traceFindings';
import type { TracePath } from './criticalPath';
import { maskResource } from './repeats';
import { workOf } from './spanTags';

/** The path for people and for JSON: times from its start. */
export function pathSpans({ hops, startMs }: TracePath): readonly PathSpan[] {
  const open: number[] = [];
  return hops.map(({ node, fromMs, toMs, selfMs }) => {
    for (let lastMs = open.at(-1); lastMs !== undefined && lastMs <= fromMs; lastMs = open.at(-1)) open.pop();
    const depth = open.push(toMs) - 1;
    const { span } = node;
    return {
      spanId: span.spanId,
      service: span.service,
      operation: workOf(span),
      startMs: fromMs - startMs,
      durationMs: toMs - fromMs,
      selfMs,
      isError: span.isError,
      depth,
    };
  });
}

/** The same with like calls one after the other, as of a loop over queries, as one hop; ids in what repeats are masked. */
export function withoutRepeats(path: readonly PathSpan[]): readonly PathSpan[] {
  const merged: PathSpan[] = [];
  for (const [at, hop] of path.entries()) {
    const last = merged.at(-1);
    const isLeaf = (path[at + 1]?.depth ?? 0) <= hop.depth;
    const operation = maskResource(hop.operation);
    if (last && isLeaf && last.service === hop.service && last.depth === hop.depth && maskResource(last.operation) === operation)
      merged[merged.length - 1] = {
        ...last,
        operation,
        durationMs: hop.startMs + hop.durationMs - last.startMs,
        selfMs: last.selfMs + hop.selfMs,
        isError: last.isError || hop.isError,
        count: (last.count ?? 1) + 1,
      };
    else merged.push(hop);
  }
  return merged;
}

/** The hops with most time of their own, in the order of time. */
export function foremostHops(path: readonly PathSpan[], most: number): readonly PathSpan[] {
  const kept = new Set([...path].sort((a, b) => b.selfMs - a.selfMs).slice(0, most));
  return path.filter((hop) => kept.has(hop));
}
