import type { SlowComparison } from '../../domain/traceFindings';
import { median } from '../statistics';
import type { TracePath } from './criticalPath';
import { maskResource } from './repeats';
import { workOf } from './spanTags';
import type { SpanNode, Trace } from './traceTree';

/** A trace with the path that decides its duration. */
export interface WalkedTrace {
  readonly trace: Trace;
  readonly path: TracePath;
}

const MIN_SLOWDOWN = 1.3;
const MIN_SLOWER_MS = 5;
const MAX_ROWS = 10;
/** A tag explains the slowness when this share of the slow and at most that share of the normal traces have its value. */
const MOST = 0.8;
const FEW = 0.2;
const MIN_TAGGED = 3;
const TAGS = [
  'host',
  'version',
  'env',
  'region',
  'availability-zone',
  'pod_name',
  'k8s.pod.name',
  'container_id',
  'customer',
  'db.instance',
];

/**
 * Slow traces against normal ones, operation by operation: how much more time the path spends in each one itself, and which share
 * of the whole slow-down that is. Takes the middle of the traces (mean of the middle half), so that one odd trace of few decides
 * nothing. null where either side is empty or the slow ones are not slower.
 */
export function compareTraces(slow: readonly WalkedTrace[], normal: readonly WalkedTrace[]): SlowComparison | null {
  const slowMs = median(slow.map(({ path }) => path.totalMs));
  const normalMs = median(normal.map(({ path }) => path.totalMs));
  if (slow.length === 0 || normal.length === 0 || slowMs < MIN_SLOWDOWN * normalMs || slowMs - normalMs < MIN_SLOWER_MS) return null;
  const during = operationTimes(slow);
  const before = operationTimes(normal);
  const changes = [...during].map(([key, { service, operation, times }]) => {
    const usualMs = middleMean(before.get(key)?.times ?? [], normal.length);
    return { service, operation, normalMs: usualMs, slowMs: middleMean(times, slow.length) };
  });
  const addedMs = changes.reduce((sum, row) => sum + Math.max(0, row.slowMs - row.normalMs), 0);
  const rows = changes
    .map((row) => ({ ...row, share: addedMs === 0 ? 0 : Math.max(0, row.slowMs - row.normalMs) / addedMs }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, MAX_ROWS);
  const [first] = rows;
  const tag = first ? tellingTag(slow, normal, first.service) : null;
  return { kind: 'operationComparison', slow: slow.length, normal: normal.length, slowMs, normalMs, rows, tag };
}

/**
 * Parts the traces of the most frequent request into slow and normal ones where the durations leave the widest gap, by ratio, in
 * their upper half; null where there are too few or none stands out.
 */
export function slowAgainstNormal(traces: readonly WalkedTrace[]): SlowComparison | null {
  const groups = new Map<string, WalkedTrace[]>();
  for (const walked of traces) {
    const key = entryOf(walked);
    const known = groups.get(key);
    if (known) known.push(walked);
    else groups.set(key, [walked]);
  }
  const found = [...groups.values()].flatMap((group) => compareWithin(group) ?? []);
  return found.sort((a, b) => b.slow * (b.slowMs - b.normalMs) - a.slow * (a.slowMs - a.normalMs))[0] ?? null;
}

const entryOf = ({ path }: WalkedTrace) => {
  const [first] = path.hops;
  return first ? keyOf(first.node) : '';
};

function compareWithin(group: readonly WalkedTrace[]): SlowComparison | null {
  if (group.length < 2) return null;
  const sorted = [...group].sort((a, b) => a.path.totalMs - b.path.totalMs);
  let cut = 0;
  let widest = 1;
  for (let at = 1; at < sorted.length; at++) {
    if (at < sorted.length / 4) continue;
    const ratio = lastsMs(sorted[at]) / Math.max(lastsMs(sorted[at - 1]), 1e-3);
    if (ratio <= widest) continue;
    widest = ratio;
    cut = at;
  }
  return cut === 0 ? null : compareTraces(sorted.slice(cut), sorted.slice(0, cut));
}

const lastsMs = (walked: WalkedTrace | undefined) => walked?.path.totalMs ?? 0;

interface OperationTimes {
  readonly service: string;
  readonly operation: string;
  /** Milliseconds on the path in one trace each; traces without the operation are left out. */
  readonly times: number[];
}

function operationTimes(traces: readonly WalkedTrace[]): ReadonlyMap<string, OperationTimes> {
  const all = new Map<string, OperationTimes>();
  for (const { path } of traces) {
    const ofTrace = new Map<string, number>();
    for (const { node, selfMs } of path.hops) {
      const key = keyOf(node);
      if (!all.has(key)) all.set(key, { service: node.span.service, operation: maskResource(workOf(node.span)), times: [] });
      ofTrace.set(key, (ofTrace.get(key) ?? 0) + selfMs);
    }
    for (const [key, ms] of ofTrace) all.get(key)?.times.push(ms);
  }
  return all;
}

const keyOf = ({ span }: SpanNode) => `${span.service}\n${span.name}\n${maskResource(span.resource)}`;

/** Mean of the middle half of the values, where values that are not there count as zero. */
function middleMean(values: readonly number[], count: number): number {
  const all = [...values, ...Array.from({ length: Math.max(0, count - values.length) }, () => 0)];
  const cut = Math.floor(all.length / 4);
  const middle = all.sort((a, b) => a - b).slice(cut, all.length - cut);
  return middle.length === 0 ? 0 : middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** The tag of the slow service whose one value tells slow from normal traces, of those that the service has a part in. */
function tellingTag(slow: readonly WalkedTrace[], normal: readonly WalkedTrace[], service: string): SlowComparison['tag'] {
  const during = slow.flatMap((walked) => tagsOf(walked, service) ?? []);
  const before = normal.flatMap((walked) => tagsOf(walked, service) ?? []);
  if (during.length < MIN_TAGGED || before.length < MIN_TAGGED) return null;
  let best: SlowComparison['tag'] = null;
  let bestDifference = 0;
  for (const tag of new Set(during.flatMap((tags) => [...tags]))) {
    const share = shareWith(tag, during);
    const usual = shareWith(tag, before);
    if (share < MOST || usual > FEW || share - usual <= bestDifference) continue;
    const at = tag.indexOf(':');
    best = { key: tag.slice(0, at), value: tag.slice(at + 1), service };
    bestDifference = share - usual;
  }
  return best;
}

const shareWith = (tag: string, all: readonly ReadonlySet<string>[]) => all.filter((tags) => tags.has(tag)).length / all.length;

/** `key:value` of the service's spans in a trace; null where it has none. */
function tagsOf({ trace }: WalkedTrace, service: string): ReadonlySet<string> | null {
  const spans = trace.nodes.map((node) => node.span).filter((span) => span.service === service);
  if (spans.length === 0) return null;
  return new Set(spans.flatMap(({ meta }) => TAGS.flatMap((key) => (meta[key] ? [`${key}:${meta[key]}`] : []))));
}
