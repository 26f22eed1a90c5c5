import type { NodeDraft } from './nodeDraft';
import { clockOf, spanKind } from './spanTags';

/** By how much a clock may be wrong so that one call fits into its caller, in milliseconds. */
interface Fit {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Stamps are rounded: this much beyond the caller still counts as within it. */
const ROUNDING_MS = 0.002;

/**
 * Moves the spans of other hosts so that calls lie within their callers, as Jaeger's clock-skew adjuster does, but with one
 * offset for each pair of clocks: the one that lets most of the calls between them fit, none where the stamps fit as they are,
 * else the middle of what fits, which takes the way there to be as long as the way back. A span that still begins before its
 * caller, or does not fit the client span that waited for it, is moved on its own. A clock is as wrong in one trace as in the next,
 * so all traces together tell. Takes the nodes of each trace callers first; messages may be
 * worked on after their sender has ended, so only their beginning counts.
 */
export function correctClocks(traces: readonly (readonly NodeDraft[])[]): void {
  const fits = new Map<string, Fit[]>();
  for (const nodes of traces) {
    for (const node of nodes) node.clock = clockOfNode(node);
    collectFits(nodes, fits);
  }
  const offsets = new Map([...fits].map(([pair, list]) => [pair, bestOffset(list)]));
  for (const nodes of traces) correctTrace(nodes, offsets);
}

function correctTrace(nodes: readonly NodeDraft[], offsets: ReadonlyMap<string, number>): void {
  for (const node of nodes) {
    const { parent } = node;
    if (parent === null) continue;
    const own = parent.clock === node.clock ? undefined : offsets.get(pairOf(node, parent));
    const offsetMs = own === undefined ? parent.movedMs : fitted(node, parent, parent.movedMs + own);
    if (offsetMs === 0) continue;
    node.movedMs = offsetMs;
    node.startMs += offsetMs;
    node.endMs += offsetMs;
  }
}

/** Calls are stamped by the process that makes them, so a client span has the clock of its parent. */
function clockOfNode({ span, parent }: NodeDraft): string {
  const kind = spanKind(span);
  const isInner = kind === 'client' || kind === 'producer' || kind === 'internal';
  return isInner && parent !== null ? parent.clock : clockOf(span);
}

const pairOf = (node: NodeDraft, parent: NodeDraft) => `${parent.clock}\n${node.clock}`;

function collectFits(nodes: readonly NodeDraft[], fits: Map<string, Fit[]>): void {
  for (const node of nodes) {
    const { parent } = node;
    if (parent === null || parent.clock === node.clock) continue;
    const pair = pairOf(node, parent);
    const known = fits.get(pair);
    if (known) known.push(fitOf(node, parent));
    else fits.set(pair, [fitOf(node, parent)]);
  }
}

function fitOf(node: NodeDraft, parent: NodeDraft): Fit {
  const fromMs = parent.startMs - node.startMs - ROUNDING_MS;
  const isAwaited = spanKind(node.span) !== 'consumer' && spanKind(parent.span) !== 'producer' && lasts(node) <= lasts(parent);
  return { fromMs, toMs: isAwaited ? parent.endMs - node.endMs + ROUNDING_MS : Number.POSITIVE_INFINITY };
}

const lasts = ({ startMs, endMs }: NodeDraft) => endMs - startMs;

/** Zero where no offset lets more calls fit, else the middle of the offsets that let most of them fit. */
function bestOffset(fits: readonly Fit[]): number {
  if (fits.every(hasZero)) return 0;
  const bounds = fits.flatMap(({ fromMs, toMs }) => [{ at: fromMs, by: 1 }, ...(Number.isFinite(toMs) ? [{ at: toMs, by: -1 }] : [])]);
  bounds.sort((a, b) => a.at - b.at || b.by - a.by);
  let count = 0;
  let most = 0;
  let best: Fit = { fromMs: 0, toMs: 0 };
  for (const [index, { at, by }] of bounds.entries()) {
    count += by;
    if (by < 0 || count <= most) continue;
    most = count;
    best = { fromMs: at, toMs: bounds[index + 1]?.at ?? Number.POSITIVE_INFINITY };
  }
  if (fits.filter(hasZero).length >= most) return 0;
  return Number.isFinite(best.toMs) ? (best.fromMs + best.toMs) / 2 : best.fromMs;
}

const hasZero = ({ fromMs, toMs }: Fit) => fromMs <= 0 && toMs >= 0;

function fitted(node: NodeDraft, parent: NodeDraft, offsetMs: number): number {
  const startMs = node.startMs + offsetMs;
  const slackMs = lasts(parent) - lasts(node);
  const isAnswer = spanKind(parent.span) === 'client' && spanKind(node.span) === 'server';
  const isBeyond = startMs < parent.startMs - ROUNDING_MS || node.endMs + offsetMs > parent.endMs + ROUNDING_MS;
  if (isAnswer && slackMs >= 0 && isBeyond) return parent.startMs + slackMs / 2 - node.startMs;
  return startMs < parent.startMs - ROUNDING_MS ? parent.startMs - node.startMs : offsetMs;
}
