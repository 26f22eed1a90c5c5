import { formatQuantity } from '../../domain/format';
import { isReachable } from '../candidates';
import { type Explanation, explanation } from '../explanation';
import type { Findings, MetricFinding } from '../findings';
import { isFull } from '../levels';
import type { IncidentAnalyser } from './analyser';

const PLAIN_SCORE = 2;
const MAX = 2;
/** A level that was as high before may be how the service always runs. */
const CHRONIC_STRENGTH = 0.5;
const TOLD_STRENGTH = 0.4;

const EXHAUSTED =
  /out of memory|oom.?kill|heap out|no space left|disk full|storage.?(full|exhaust)|too many (open files|connections|clients)|connection slots|max_connections|pool (is )?(exhausted|timeout|full)|pool.*(deadline|timed out|exhausted)|evicted|throttl|quota|resource.?exhausted|insufficient (cpu|memory)|has exhausted|running out/i;

interface Told {
  readonly service: string;
  readonly evidence: string;
}

/**
 * A resource of a service is at its limit: a utilisation over 85 %, a saturation metric that plainly got worse, or errors,
 * logs or events that say so. One explanation a service, the plainest first.
 */
export function resourceExhaustions(findings: Findings): readonly Explanation[] {
  const full = findings.metrics.filter(({ service, change }) => service !== null && (isFull(change) || isPlainlyWorse(change)));
  const told = toldOf(findings);
  const services = [...new Set([...full.map((metric) => metric.service ?? ''), ...told.map(({ service }) => service)])];
  return services
    .map((service) => exhaustionOf(service, full, told, findings))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, MAX);
}

const isPlainlyWorse = (change: MetricFinding['change']) => change.kind === 'saturation' && change.isHarmful && change.score >= PLAIN_SCORE;

function toldOf(findings: Findings): readonly Told[] {
  const says = (...texts: readonly (string | null)[]) => texts.some((text) => text !== null && EXHAUSTED.test(text));
  return [
    ...findings.failures.filter(({ message, type }) => says(message, type)),
    ...findings.templates.filter(({ change }) => says(change.example)),
    ...findings.changes.flatMap(({ change, evidence }) =>
      change.kind === 'other' && change.service !== null && says(change.title, change.text) ? [{ service: change.service, evidence }] : [],
    ),
  ].map(({ service, evidence }) => ({ service, evidence }));
}

function exhaustionOf(service: string, allFull: readonly MetricFinding[], allTold: readonly Told[], findings: Findings): Explanation {
  const full = allFull.filter((metric) => metric.service === service);
  const told = allTold.filter((fact) => fact.service === service);
  const worst = full[0]?.change;
  const rise = worst ? worst.score / (worst.score + 1.5) : 0;
  const level = full.some(({ change }) => isFull(change)) ? CHRONIC_STRENGTH : 0;
  const near = isReachable(findings, service) === false ? 0.5 : 1;
  return explanation({
    kind: 'resource_exhaustion',
    title: `${service} has run out of a resource: ${worst ? `${worst.series.metric} at ${formatQuantity(worst.during, worst.series.unit)}` : 'what it reports says so'}`,
    service,
    evidenceClass: level > 0 || told.length > 0 ? 'mechanism' : 'association',
    strength: Math.min(1, Math.max(rise, level) + (told.length > 0 ? TOLD_STRENGTH : 0)) * near,
    strengthReason: worst
      ? `${worst.series.metric} went from ${formatQuantity(worst.before, worst.series.unit)} to ${formatQuantity(worst.during, worst.series.unit)}`
      : 'errors, logs or events name a resource that ran out',
    evidenceFor: [
      ...full.slice(0, 3).flatMap(({ evidence }) => (evidence === null ? [] : [evidence])),
      ...told.map((fact) => fact.evidence),
    ],
    missing: ['what uses the resource: a profile or the top queries of this time'],
  });
}

/** A resource is at its limit. */
export const exhaustedResource: IncidentAnalyser = {
  type: 'cpu_saturation',
  look(findings) {
    const explanations = resourceExhaustions(findings);
    return {
      explanations,
      check: {
        isInteresting: explanations.length > 0,
        summary: explanations[0] === undefined ? 'No resource is near its limit.' : `${explanations[0].title}.`,
        evidence: explanations[0]?.evidenceFor ?? [],
        unchecked: [],
      },
      ruledOut: [],
    };
  },
};
