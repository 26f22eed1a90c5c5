import { formatDuration } from '../../domain/format';
import type { IncidentAnalyser } from './analyser';
import { gaugesOf, idsOf, isBad } from './signs';

const PLAIN_SCORE = 1;
const LATENCY = { said: /slow|latency|response time/i, resources: ['latency'] } as const;

/**
 * Work that takes longer than it did: which operation, and whether it makes more calls. Why is told by the change of code, the
 * resource or the dependency behind it, so it explains nothing by itself.
 */
export const latencyRegression: IncidentAnalyser = {
  type: 'latency_regression',
  look(findings) {
    const metrics = findings.metrics.filter(({ change }) => change.kind === 'latency');
    const worse = metrics.filter(({ change }) => change.isHarmful && change.score >= PLAIN_SCORE);
    const gauges = gaugesOf(findings, LATENCY);
    const bad = gauges.filter(isBad);
    const operation = findings.slow[0]?.operation;
    const repeat = findings.repeats[0];
    const alerted = findings.symptom === 'latency' ? findings.alertWords : null;
    const isInteresting = worse.length > 0 || bad.length > 0 || operation !== undefined || repeat !== undefined || alerted !== null;
    /** Requests of the incident alone say nothing of how long they took before. */
    const isChecked = metrics.length > 0 || gauges.length > 0 || (findings.during.length > 0 && findings.before.length > 0);
    const said = operation?.before
      ? `${operation.during.service}'s ${operation.during.resource} takes ${formatDuration(operation.during.medianMs)} instead of ${formatDuration(operation.before.medianMs)}`
      : repeat
        ? `${repeat.call.service} repeats "${repeat.call.resource}" ${Math.round(repeat.call.calls)} times in one request`
        : worse[0] || bad[0]
          ? `${worse[0]?.change.series.metric ?? bad[0]?.metric} of ${(worse[0] ?? bad[0])?.service ?? 'the services'} rose`
          : alerted;
    const evidence = isInteresting
      ? [...idsOf(findings.slow, findings.repeats, worse, bad), ...(alerted === null ? [] : findings.alertEvidence)]
      : idsOf(metrics, gauges);
    const reason = 'Slower operations or latency above its usual level would be seen, and there are none.';
    return {
      explanations: [],
      check: {
        isInteresting,
        summary: isInteresting
          ? `${said}.`
          : isChecked
            ? 'No operation takes plainly longer than before.'
            : 'Nothing that was read tells about latency.',
        evidence: evidence.slice(0, 6),
        unchecked: isChecked || isInteresting ? [] : ['latency: neither spans nor a latency metric were found'],
      },
      ruledOut: !isInteresting && isChecked ? [{ type: 'latency_regression', service: findings.alerting, reason, evidence }] : [],
    };
  },
};
