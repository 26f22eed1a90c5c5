import { formatQuantity } from '../../domain/format';
import { metricScale } from '../../signals/metricKind';
import { isReachable } from '../candidates';
import { type Explanation, explanation } from '../explanation';
import type { Findings, MetricFinding } from '../findings';

/** Percent of a resource at which work begins to queue. */
const FULL_POINTS = 85;
const PLAIN_SCORE = 2;
const EXHAUSTED =
  /out of memory|oom.?kill|heap out|no space left|disk full|too many (open files|connections|clients)|connection slots|pool (is )?(exhausted|timeout|full)|pool.*(deadline|timed out|exhausted)|evicted|throttl|quota|resource.?exhausted/i;

/**
 * A resource of a service is at its limit: a utilisation over 85 %, a saturation metric that plainly rose, or errors that
 * say so. One explanation a service, the plainest first.
 */
export function resourceExhaustions(findings: Findings): readonly Explanation[] {
  const full = findings.metrics.filter((metric) => metric.service !== null && isSaturating(metric));
  const told = [
    ...findings.failures,
    ...findings.templates.map(({ service, change, evidence }) => ({ service, message: change.example, type: null, evidence })),
  ].filter(({ message, type }) => EXHAUSTED.test(`${type ?? ''} ${message ?? ''}`));
  const services = [...new Set([...full.map((metric) => metric.service ?? ''), ...told.map(({ service }) => service)])];
  return services
    .map((service) =>
      exhaustionOf(
        service,
        full.filter((metric) => metric.service === service),
        told.filter((fact) => fact.service === service),
        findings,
      ),
    )
    .sort((a, b) => b.strength - a.strength)
    .slice(0, 2);
}

function isSaturating({ change }: MetricFinding): boolean {
  if (change.kind !== 'saturation' || !change.isHarmful) return false;
  return change.score >= PLAIN_SCORE || (isFull(change) && change.score >= 0.5);
}

/** Whether a share is near its whole; metrics without a natural limit never are. */
function isFull({ series, during }: MetricFinding['change']): boolean {
  const scale = metricScale(series.metric, series.unit);
  return (scale === 'points' && during >= FULL_POINTS) || (scale === 'fraction' && during * 100 >= FULL_POINTS);
}

function exhaustionOf(
  service: string,
  full: readonly MetricFinding[],
  told: readonly { readonly evidence: string }[],
  findings: Findings,
): Explanation {
  const worst = full[0];
  const isAtLimit = full.some((metric) => isFull(metric.change));
  const near = isReachable(findings, service) === false ? 0.5 : 1;
  const metricStrength = worst ? worst.change.score / (worst.change.score + 1.5) : 0;
  const what = worst
    ? `${worst.change.series.metric} at ${formatQuantity(worst.change.during, worst.change.series.unit)}`
    : 'its errors say so';
  return explanation({
    kind: 'resource_exhaustion',
    title: `${service} has run out of a resource: ${what}`,
    service,
    evidenceClass: isAtLimit || told.length > 0 ? 'mechanism' : 'association',
    strength: Math.min(1, metricStrength + (told.length > 0 ? 0.4 : 0)) * near,
    strengthReason: worst
      ? `${worst.change.series.metric} went from ${formatQuantity(worst.change.before, worst.change.series.unit)} to ${formatQuantity(worst.change.during, worst.change.series.unit)}`
      : 'errors name a resource that ran out',
    evidenceFor: [
      ...full.slice(0, 3).flatMap((metric) => (metric.evidence === null ? [] : [metric.evidence])),
      ...told.map((fact) => fact.evidence),
    ],
    missing: ['what uses the resource: a profile or the top queries of this time'],
  });
}
