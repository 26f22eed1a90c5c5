import type { Findings, Statement } from '../../diagnosis/findings';
import { valuesWithin } from '../../domain/timeSeries';
import { compareOperations, operations } from '../../signals/traces/operations';
import { repeatedCalls } from '../../signals/traces/repeats';
import type { Gathered } from '../gathered';
import { outsideOf } from './alertState';

/** What still happens within the interval in which the metric came back belongs to the time before. */
const SLACK_MS = 60_000;
const LATEST = 3;
const MIN_QUIET = 2;
/** An operation that still takes this much longer than in the quiet hour is still slow. */
const STILL_SLOW = 1.3;

type Seen = Pick<Findings, 'failures' | 'templates' | 'slow' | 'repeats' | 'metrics' | 'during' | 'before'>;

/**
 * Evidence of trouble that was last seen before the alerting metric came back: errors and messages that ceased, operations that
 * are as quick as they were, calls that no longer repeat, metrics that are at their usual level. Nothing where it did not come back.
 */
export function pastTrouble(
  seen: Seen,
  statements: readonly Statement[],
  gathered: Gathered,
  recoveredAtMs: number | null,
): ReadonlySet<string> {
  if (recoveredAtMs === null) return new Set();
  const endMs = recoveredAtMs + SLACK_MS;
  const said = statements.filter(({ source, lastMs }) => source !== 'alert' && lastMs < endMs);
  const found = [...seen.failures, ...seen.templates].filter(({ lastSeenMs }) => lastSeenMs < endMs);
  const back = seen.metrics.filter((metric) => isBack(metric, gathered));
  const past = [...found, ...said, ...pastCalls(seen, { fromMs: endMs, toMs: gathered.windows.incident.toMs }), ...back];
  return new Set(past.flatMap(({ evidence }) => evidence ?? []));
}

function pastCalls({ slow, repeats, during, before }: Seen, after: { readonly fromMs: number; readonly toMs: number }) {
  const late = operations(during, after);
  const stillSlow = compareOperations(late, operations(before)).filter((one) => one.before !== null && one.slowdown >= STILL_SLOW);
  const isLate = (calls: Seen['during'][number]) => calls.nodes.some(({ span }) => span.startMs >= after.fromMs);
  const stillRepeated = repeatedCalls(during.filter(isLate));
  return [
    ...slow.filter(({ operation }) => !stillSlow.some((one) => isSame(one.during, operation.during))),
    ...repeats.filter(({ call }) => !stillRepeated.some((one) => isSame(one, call))),
  ];
}

type Called = { readonly service: string; readonly resource: string };
const isSame = (one: Called, other: Called) => one.service === other.service && one.resource === other.resource;

/** Whether the latest values of a metric are as they were in the quiet hour. */
function isBack({ change }: Seen['metrics'][number], { windows }: Gathered): boolean {
  const quiet = valuesWithin(change.series, windows.baseline);
  const latest = valuesWithin(change.series, windows.incident).slice(-LATEST);
  return quiet.length >= MIN_QUIET && latest.length > 0 && !latest.some(outsideOf(quiet, change.series));
}
