import type { Evidence } from '../domain/evidence';
import type { Culprit, Hypothesis } from '../domain/hypothesis';
import { upstreamOf } from '../signals/topology';
import { codeChanges, codeDefects } from './analysers/codeChange';
import { configurationChanges } from './analysers/configurationChange';
import { dependencyOutages } from './analysers/dependencyOutage';
import { healthy } from './analysers/healthy';
import { resourceExhaustions } from './analysers/resourceExhaustion';
import { trafficSurges } from './analysers/trafficSurge';
import { gaps, unknown } from './analysers/unknown';
import { isReachable } from './candidates';
import type { CodeFindings } from './codeFindings';
import { confidenceOf, weightOf } from './confidence';
import type { Explanation } from './explanation';
import type { Findings } from './findings';

const MAX_HYPOTHESES = 6;
const MAX_CONTRADICTIONS = 3;
/** From here on the admission that something else may be at work adds nothing. */
const SURE = 0.6;

/** All explanations, weighed against each other, best first. There is always at least one. */
export function weighHypotheses(
  findings: Findings,
  culprits: readonly Culprit[],
  code: CodeFindings,
  evidence: readonly Evidence[],
): readonly Hypothesis[] {
  const explanations = [
    ...codeChanges(findings, code),
    ...codeDefects(findings, code),
    ...dependencyOutages(findings),
    ...configurationChanges(findings),
    ...resourceExhaustions(findings),
    ...trafficSurges(findings),
    ...healthy(findings),
  ];
  const kinds = new Map(evidence.map((fact) => [fact.id, fact.kind]));
  const weighed = [...explanations, ...unknown(findings, culprits)].map((one) => hypothesisOf(one, explanations, findings, code, kinds));
  const ranked = weighed.sort((a, b) => b.confidence - a.confidence || Number(a.kind === 'unknown') - Number(b.kind === 'unknown'));
  const kept = (ranked[0]?.confidence ?? 0) >= SURE ? ranked.filter((one) => one.kind !== 'unknown') : ranked;
  return kept.slice(0, MAX_HYPOTHESES).map((hypothesis, index) => ({ ...hypothesis, id: `H${index + 1}` }));
}

function hypothesisOf(
  one: Explanation,
  all: readonly Explanation[],
  findings: Findings,
  code: CodeFindings,
  kinds: ReadonlyMap<string, Evidence['kind']>,
): Hypothesis {
  const rivals = all.filter((other) => isRival(one, other));
  const { confidence, factors } = confidenceOf({
    evidenceClass: one.evidenceClass,
    strength: one.strength,
    strengthReason: one.strengthReason,
    independentKinds: new Set(one.evidenceFor.map((id) => kinds.get(id))).size,
    isPathKnown: isReachable(findings, one.service),
    rival: Math.max(0, ...rivals.map(weightOf)),
    contradictions: Math.min(MAX_CONTRADICTIONS, one.evidenceAgainst.length),
  });
  return {
    id: '',
    title: one.title,
    service: one.service,
    kind: one.kind,
    confidence,
    commit: one.commit,
    location: one.location,
    workspace: one.workspace,
    evidenceFor: [...new Set(one.evidenceFor)],
    evidenceAgainst: [...new Set([...one.evidenceAgainst, ...counterEvidence(one, findings)])].filter(
      (id) => !one.evidenceFor.includes(id),
    ),
    missing: [...new Set([...one.missing, ...(one.kind === 'healthy' ? [] : gaps(findings, code))])],
    confidenceFactors: factors,
  };
}

/** What changed or broke, and what such a thing makes happen: a consequence does not rival its root. */
const ROOTS: ReadonlySet<Explanation['kind']> = new Set([
  'code_change',
  'configuration_change',
  'feature_flag',
  'dependency_outage',
  'infrastructure_outage',
]);
const CONSEQUENCES: ReadonlySet<Explanation['kind']> = new Set(['resource_exhaustion', 'traffic_surge']);

/** Another cause. The same code seen as defect and as change is one cause, and not knowing rivals nothing. */
function isRival(one: Explanation, other: Explanation): boolean {
  if (one === other || one.kind === 'unknown') return false;
  const isCode = (explanation: Explanation) => explanation.kind === 'code_change' || explanation.kind === 'code_defect';
  if (isCode(one) && isCode(other)) return one.commit !== null && other.commit !== null && one.commit !== other.commit;
  return !(one.evidenceClass !== 'timing' && ROOTS.has(one.kind) && CONSEQUENCES.has(other.kind));
}

/** Errors that begin elsewhere speak against an explanation that blames this service; those of its callers follow from its own. */
function counterEvidence(one: Explanation, findings: Findings): readonly string[] {
  if (one.service === null || one.kind === 'healthy' || one.kind === 'unknown') return [];
  const callers = new Set(upstreamOf(findings.graph, one.service));
  const elsewhere = findings.failures.filter((failure) => failure.service !== one.service && !callers.has(failure.service));
  const here = findings.failures.filter((failure) => failure.service === one.service);
  return here.length === 0 ? elsewhere.slice(0, 2).map((failure) => failure.evidence) : [];
}
