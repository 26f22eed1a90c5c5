import type { CriticalHop, TracePattern } from '../../domain/evidenceDetail';
import { formatDuration, formatPercent, formatPlural } from '../../domain/format';
import { patternWords } from '../../domain/patternWords';
import type { FoundPattern, PathSpan } from '../../domain/traceFindings';
import { callGraph } from '../../signals/topology';
import { compareTraces, type WalkedTrace } from '../../signals/traces/compareTraces';
import { criticalPath } from '../../signals/traces/criticalPath';
import { type FailureOrigin, failureOrigin } from '../../signals/traces/failure';
import { wholeRequest } from '../../signals/traces/orphans';
import { foremostHops, pathSpans, withoutRepeats } from '../../signals/traces/pathSpans';
import { tracePatterns } from '../../signals/traces/patterns';
import { workOf } from '../../signals/traces/spanTags';
import { dependenciesOf, type Trace } from '../../signals/traces/traceTree';
import type { Gathered } from '../gathered';
import { searchAll, searchTerm } from '../queries';
import type { Run } from '../run';
import type { Traces } from './traceWave';

/** Fewer spans than this are pieces that the search happened to find. */
const MIN_SPANS = 3;
const MAX_HOPS = 20;
const MAX_PATTERNS = 3;
/** Calls made many times over have their own findings, and so has where an error came from. */
const TOLD: readonly TracePattern['pattern'][] = ['n+1', 'error propagation'];

interface Read extends WalkedTrace {
  readonly origin: FailureOrigin | null;
  readonly patterns: readonly FoundPattern[];
}

/**
 * Writes down what whole traces show beside the findings that diagnosis works on: which spans decide how long a failed or slow
 * request takes, where slow requests spend more time than those of the quiet hour, and calls that are retried, fan out or wait on
 * the way. Returns the number of facts.
 */
export function writeTraceSignals(gathered: Gathered, traces: Traces, run: Run): number {
  const calls = callGraph(gathered.dependencies, dependenciesOf([...traces.during, ...traces.before]));
  const read = (trace: Trace): Read => {
    const request = wholeRequest(trace, calls);
    const path = criticalPath(trace, request);
    const origin = failureOrigin(trace, request);
    return { trace, path, origin, patterns: tracePatterns(trace, path, origin, request) };
  };
  const during = traces.during.filter(isWhole).map(read);
  const before = traces.before.filter(isWhole).map(read);
  const told = during.find(({ origin }) => origin?.handledBy === null) ?? slowest(during);
  if (told) writePath(told, gathered, run);
  const compared = writeComparison(during, before, gathered, run);
  const patterns = newPatterns(during, before);
  for (const pattern of patterns) writePattern(pattern, gathered, run);
  return (told ? 1 : 0) + compared + patterns.length;
}

const isWhole = ({ nodes, roots }: Trace) => nodes.length >= MIN_SPANS && roots.some(({ span }) => span.parentId === null);

function slowest(read: readonly Read[]): Read | null {
  return read.reduce<Read | null>((best, one) => (best && best.path.totalMs >= one.path.totalMs ? best : one), null);
}

function writePath({ trace, path, origin }: Read, gathered: Gathered, run: Run): void {
  const [first] = path.hops;
  if (!first) return;
  const hops = withoutRepeats(pathSpans(path));
  const longest = hops.reduce((best, hop) => (hop.selfMs > best.selfMs ? hop : best));
  const entry = first.node.span;
  const share = path.totalMs === 0 ? 0 : longest.selfMs / path.totalMs;
  const way = origin && origin.path.length > 1 ? ` Its error came up from ${origin.service}.` : '';
  run.evidence.add({
    kind: 'trace',
    source: 'datadog',
    query: searchTerm('trace_id', trace.id),
    window: gathered.windows.incident,
    summary:
      `A ${origin ? 'failed' : 'slow'} ${workOf(entry)} of ${entry.service} took ${formatDuration(path.totalMs)}; most of it, ` +
      `${formatDuration(longest.selfMs)} (${formatPercent(share)}), in ${longest.service}'s ${longest.operation}.${way}`,
    value: { traceId: trace.id, totalMs: path.totalMs, spans: trace.nodes.length, service: longest.service, selfMs: longest.selfMs },
    link: run.deps.telemetry.linkTo({ kind: 'trace', traceId: trace.id }),
    detail: { kind: 'criticalPath', traceId: trace.id, totalMs: path.totalMs, hops: foremostHops(hops, MAX_HOPS).map(hopOf) },
  });
}

function hopOf({ service, operation, startMs, durationMs, selfMs, isError, count }: PathSpan): CriticalHop {
  return { service, operation, startMs, durationMs, selfMs, isError, ...(count === undefined ? {} : { count }) };
}

/** Compares the request that became slower by most, of those seen in both times. */
function writeComparison(during: readonly Read[], before: readonly Read[], gathered: Gathered, run: Run): number {
  const entries = new Set(during.map(entryOf));
  const compared = [...entries].flatMap((entry) => {
    const slow = during.filter((one) => entryOf(one) === entry);
    const normal = before.filter((one) => entryOf(one) === entry);
    const comparison = compareTraces(slow, normal);
    return comparison && slow[0] ? [{ comparison, example: slow[0] }] : [];
  });
  const [best] = compared.sort((a, b) => b.comparison.slowMs - b.comparison.normalMs - (a.comparison.slowMs - a.comparison.normalMs));
  const entry = best?.example.path.hops[0]?.node.span;
  const [row] = best?.comparison.rows ?? [];
  if (!best || !entry || !row) return 0;
  const { slow, normal, slowMs, normalMs, rows, tag } = best.comparison;
  const tagged = tag ? ` The slow ones have ${tag.key} ${tag.value} in ${tag.service}.` : '';
  run.evidence.add({
    kind: 'trace',
    source: 'datadog',
    query: searchAll(searchTerm('service', entry.service), searchTerm('resource_name', entry.resource)),
    window: gathered.windows.whole,
    summary:
      `${workOf(entry)} of ${entry.service} takes ${formatDuration(slowMs)} instead of ${formatDuration(normalMs)} (medians of ` +
      `${formatPlural(slow, 'trace')} and ${formatPlural(normal, 'trace')}); ${formatPercent(row.share)} of what was added is time in ` +
      `${row.service}'s ${row.operation}.${tagged}`,
    value: { service: row.service, operation: row.operation, share: row.share, slowMs, normalMs },
    link: run.deps.telemetry.linkTo({ kind: 'trace', traceId: best.example.trace.id }),
    detail: { kind: 'operationComparison', rows },
  });
  return 1;
}

const entryOf = ({ path }: WalkedTrace) => {
  const span = path.hops[0]?.node.span;
  return span ? `${span.service}\n${span.name}\n${span.resource}` : '';
};

/** One of a kind, the costliest; what the quiet hour shows as well is nothing new. */
function newPatterns(during: readonly Read[], before: readonly Read[]): readonly FoundPattern[] {
  const keyOf = ({ pattern, service, operation, callee }: FoundPattern) => JSON.stringify([pattern, service, operation, callee]);
  const usual = new Set(before.flatMap(({ patterns }) => patterns.map(keyOf)));
  const found = new Map<string, FoundPattern>();
  for (const { patterns } of during)
    for (const pattern of patterns) {
      const key = keyOf(pattern);
      const known = found.get(key);
      if (TOLD.includes(pattern.pattern) || usual.has(key) || (known && known.totalMs >= pattern.totalMs)) continue;
      found.set(key, pattern);
    }
  return [...found.values()].sort((a, b) => b.totalMs - a.totalMs).slice(0, MAX_PATTERNS);
}

function writePattern({ spanId, ...pattern }: FoundPattern, gathered: Gathered, run: Run): void {
  const traceId = pattern.traceId ?? '';
  run.evidence.add({
    kind: 'trace',
    source: 'datadog',
    query: searchTerm('trace_id', traceId),
    window: gathered.windows.incident,
    summary: patternWords(pattern),
    value: { pattern: pattern.pattern, service: pattern.service, callee: pattern.callee, count: pattern.count, traceId, spanId },
    link: run.deps.telemetry.linkTo({ kind: 'trace', traceId }),
    detail: pattern,
  });
}
