import type { RepeatFinding, SlowFinding } from '../../diagnosis/findings';
import type { OperationComparison } from '../../domain/evidenceDetail';
import { formatDuration, formatNumber, formatPlural } from '../../domain/format';
import { median } from '../../signals/statistics';
import { compareOperations, type OperationChange, operations, spenderWords } from '../../signals/traces/operations';
import { newRepeats, type RepeatedCall, repeatedCalls } from '../../signals/traces/repeats';
import type { Gathered } from '../gathered';
import { searchAll, searchTerm } from '../queries';
import type { Run } from '../run';
import type { Traces } from './traceWave';

const MIN_ADDED_MS = 10;
const MIN_SLOWDOWN = 1.3;
const MAX_SLOW = 4;
const MAX_REPEATS = 3;
/** Repeated calls matter when they make up this share of the time that was added. */
const MIN_SHARE = 0.4;
/** Without traces to compare with, only plain repetition counts. */
const PLAIN_CALLS = 10;

/** Operations whose own time grew against the quiet hour; nothing where there is no trace to compare with. */
export function slowFindings(gathered: Gathered, traces: Traces, run: Run): readonly SlowFinding[] {
  if (traces.before.length === 0) return [];
  const slower = compareOperations(operations(traces.during, gathered.windows.incident), operations(traces.before)).filter(
    ({ before, addedSelfMs, slowdown }) => before !== null && addedSelfMs >= MIN_ADDED_MS && slowdown >= MIN_SLOWDOWN,
  );
  const addedMs = slower.reduce((sum, operation) => sum + operation.addedSelfMs, 0);
  return slower.slice(0, MAX_SLOW).map((operation) => {
    const { during, before, addedSelfMs } = operation;
    const query = searchAll(searchTerm('service', during.service), searchTerm('resource_name', during.example.span.resource));
    const window = gathered.windows.whole;
    const evidence = run.evidence.add({
      kind: 'trace',
      source: 'datadog',
      query,
      window,
      summary:
        `${during.service}'s ${during.resource} takes ${formatDuration(during.medianMs)} instead of ${formatDuration(before?.medianMs ?? 0)} ` +
        `(median), ${formatDuration(addedSelfMs)} more of it ${spenderWords(during)}.`,
      value: {
        service: during.service,
        resource: during.resource,
        medianMs: during.medianMs,
        beforeMs: before?.medianMs ?? null,
        addedSelfMs,
      },
      link: run.deps.telemetry.linkTo({ kind: 'trace', traceId: during.example.span.traceId }),
      detail: {
        kind: 'operationComparison',
        rows: [rowOf(operation, addedMs)],
      },
    });
    return { operation, evidence };
  });
}

function rowOf({ during, before, addedSelfMs }: OperationChange, addedMs: number): OperationComparison['rows'][number] {
  return {
    service: during.service,
    operation: during.resource,
    normalMs: before?.medianMs ?? 0,
    slowMs: during.medianMs,
    share: addedSelfMs / addedMs,
  };
}

/** Calls that one request now makes many times over. */
export function repeatFindings(gathered: Gathered, traces: Traces, run: Run): readonly RepeatFinding[] {
  const before = repeatedCalls(traces.before, 1);
  return newRepeats(repeatedCalls(traces.during), before)
    .filter((call) => explainsTheTime(call, before, usualMs(call, traces)))
    .slice(0, MAX_REPEATS)
    .map((call) => {
      const usual = before.find((known) => known.service === call.service && known.resource === call.resource)?.calls ?? 0;
      const { parent, example } = call;
      const query = searchAll(searchTerm('trace_id', parent.span.traceId));
      const evidence = run.evidence.add({
        kind: 'trace',
        source: 'datadog',
        query,
        window: gathered.windows.incident,
        summary:
          `One ${parent.span.resource} of ${call.service} makes ${formatPlural(Math.round(call.calls), 'call')} of "${call.resource}"` +
          `${traces.before.length > 0 ? ` instead of ${formatNumber(usual)}` : ''}, together ${formatDuration(call.totalMs)}.`,
        value: {
          service: call.service,
          resource: call.resource,
          calls: call.calls,
          before: usual,
          totalMs: call.totalMs,
          traceId: example.span.traceId,
        },
        link: run.deps.telemetry.linkTo({ kind: 'trace', traceId: parent.span.traceId }),
        detail: {
          kind: 'tracePattern',
          pattern: 'n+1',
          service: call.service,
          operation: parent.span.resource,
          callee: call.resource,
          count: Math.round(call.calls),
          totalMs: call.totalMs,
          traceId: parent.span.traceId,
        },
      });
      return { call, before: usual, evidence };
    });
}

/** Whether the added calls took a good part of the time that their parent takes longer than usual. */
function explainsTheTime(call: RepeatedCall, before: readonly RepeatedCall[], parentUsualMs: number | null): boolean {
  if (parentUsualMs === null) return call.calls >= PLAIN_CALLS && call.totalMs >= MIN_SHARE * call.parent.span.durationMs;
  const addedMs = call.totalMs - (before.find((known) => known.service === call.service && known.resource === call.resource)?.totalMs ?? 0);
  const grownMs = call.parent.span.durationMs - parentUsualMs;
  return grownMs > 0 && addedMs >= MIN_SHARE * grownMs;
}

/** Median duration of the parent's operation in the quiet hour; null where it was not seen. */
function usualMs({ parent }: RepeatedCall, { before }: Traces): number | null {
  const { service, name, resource } = parent.span;
  const durations = before
    .flatMap((trace) => trace.nodes)
    .filter(({ span }) => span.service === service && span.name === name && span.resource === resource)
    .map(({ span }) => span.durationMs);
  return durations.length === 0 ? null : median(durations);
}
