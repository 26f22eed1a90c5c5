import { formatDuration, formatPlural } from '../../domain/format';
import { spenderWords } from '../../signals/traces/operations';
import type { RepeatedCall } from '../../signals/traces/repeats';
import type { Findings, SlowFinding } from '../findings';
import { measuredPairs } from './hopSigns';
import { materialityOf } from './materiality';
import type { Sign } from './sign';

/** A request that the quiet hour does not show may always make as many calls. */
const UNKNOWN_BEFORE = 0.3;

/**
 * Where requests spend more time than in the quiet hour, by the share of all that was added, and calls that one request repeats. Time
 * on the way of calls whose ends metrics measure is left to those, which count every call.
 */
export function timeSigns(findings: Findings, known: ReadonlySet<string>): readonly Sign[] {
  const { slow, repeats } = findings;
  const materiality = materialityOf(findings);
  const added = slow.reduce((sum, { operation }) => sum + operation.addedSelfMs, 0);
  const measured = measuredPairs(findings.metrics);
  const isMeasured = ({ operation: { during } }: SlowFinding) => measured.has(JSON.stringify([during.service, during.spentBy]));
  const slower = slow
    .filter((one) => !isMeasured(one))
    .map(({ operation, evidence }): Sign => {
      const { addedSelfMs } = operation;
      const { service, spentBy, resource, count } = operation.during;
      return {
        service: known.has(spentBy) ? spentBy : service,
        kind: 'self_time',
        score: (addedSelfMs / added) * materiality.ofTime(addedSelfMs) * (count / (count + 1)),
        reason: `${resource} spends ${formatDuration(addedSelfMs)} more ${spenderWords(operation.during)}`,
        evidence,
      };
    });
  const repeated = repeats.map(
    ({ call, before, evidence }): Sign => ({
      service: call.service,
      kind: 'repeated_calls',
      score: Math.max(0, 1 - (2 * before) / call.calls) * (isComparable(call, findings) ? 1 : UNKNOWN_BEFORE),
      reason: `one request makes ${formatPlural(Math.round(call.calls), 'call')} of ${call.resource}`,
      evidence,
    }),
  );
  return [...slower, ...repeated];
}

/** Whether the quiet hour shows the request that repeats the call, or has no traces at all. */
function isComparable({ parent }: RepeatedCall, { before }: Findings): boolean {
  const { service, resource } = parent.span;
  return (
    before.length === 0 || before.some(({ nodes }) => nodes.some(({ span }) => span.service === service && span.resource === resource))
  );
}
