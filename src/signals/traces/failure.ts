import type { Span } from '../../domain/span';
import { failures, fatalChild } from './failing';
import { type WholeRequest, wholeRequest } from './orphans';
import { peerOf, spanKind } from './spanTags';
import { lineage, type SpanNode, type Trace } from './traceTree';

/** Where one trace went wrong first. */
export interface FailureOrigin {
  readonly node: SpanNode;
  /** The service whose code ran there. */
  readonly service: string;
  /** What it was calling when it failed, where the span is a call that left the traced services; null otherwise. */
  readonly peer: string | null;
  /** The span that says what went wrong: the origin, or where that is a call marked for its status alone, the nearest caller in the service. */
  readonly telling: Span;
  readonly message: string | null;
  /** The failing spans from the origin up to where the failure was handled, or to the first span. */
  readonly path: readonly SpanNode[];
  /** The span that succeeded although what it called failed; null where the whole request failed, or the caller is not known. */
  readonly handledBy: SpanNode | null;
  /** Whether the error is the caller's own although its callee succeeded, such as a timeout. */
  readonly isGivenUp: boolean;
}

/**
 * The span in which a trace's error began: goes down from the first failing span to the call that made each one fail, until none
 * of the calls failed. Client spans need not be marked: tracers leave a call that got an error answer unmarked. A failure that a
 * caller handled only counts when nothing else failed.
 */
export function failureOrigin(trace: Trace, request: WholeRequest = wholeRequest(trace)): FailureOrigin | null {
  const { tops, isFailing } = failures(trace, request);
  const [top] = tops;
  if (!top) return null;
  const path = [top];
  const seen = new Set(path);
  for (let next = fatalChild(top, request, isFailing); next !== null && !seen.has(next); next = fatalChild(next, request, isFailing)) {
    seen.add(next);
    path.push(next);
  }
  while (path.length > 1 && path.at(-1)?.span.isError === false) path.pop();
  return originOf(path.reverse(), request);
}

function originOf(path: readonly SpanNode[], request: WholeRequest): FailureOrigin | null {
  const [node] = path;
  const top = path.at(-1);
  if (!node || !top) return null;
  const { span } = node;
  const callers = lineage(node).map((above) => above.span);
  const telling = callers.find((above) => above.service === span.service && above.meta['error.message'] !== undefined) ?? span;
  return {
    node,
    service: span.service,
    peer: peerOf(span) ?? failingCall(node),
    telling,
    message: telling.meta['error.message'] ?? null,
    path,
    handledBy: request.parentOf(top),
    isGivenUp: spanKind(span) === 'client' && node.children.some((child) => child.span.service !== span.service),
  };
}

/** An unanswered call takes nearly all of the request that it made fail. */
const MOST = 0.8;
const LATE = /time.?d?.?out|abort|deadline|did not answer|no answer/i;

/** The peer of a call below the span that left the traced services and got an error for an answer, or none in time. */
function failingCall(node: SpanNode): string | null {
  const calls = descendants(node).filter((below) => below.span.service === node.span.service && peerOf(below.span) !== null);
  const left = calls.filter((call) => call.children.every((child) => child.span.service === call.span.service));
  const failed = left.find(
    (call) => call.span.isError || Number(call.span.meta['http.status_code'] ?? call.span.metrics['http.status_code'] ?? 0) >= 500,
  );
  const isLate = LATE.test(`${node.span.meta['error.type'] ?? ''} ${node.span.meta['error.message'] ?? ''}`);
  const slow = isLate ? left.find((call) => call.span.durationMs >= MOST * node.span.durationMs) : undefined;
  const culprit = failed ?? slow;
  return culprit ? peerOf(culprit.span) : null;
}

/** All below the node, callers first and earlier calls first. */
function descendants(node: SpanNode): readonly SpanNode[] {
  const found: SpanNode[] = [];
  const pending = [...node.children].reverse();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    found.push(at);
    for (let index = at.children.length - 1; index >= 0; index--) pending.push(at.children[index] as SpanNode);
  }
  return found;
}
