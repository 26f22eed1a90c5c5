import type { Evidence } from '../domain/evidence';
import type { Hypothesis } from '../domain/hypothesis';
import type { IncidentCheck, RuledOut } from '../domain/incidentCheck';
import { lookAll } from './analysers/all';
import { gaps, unknown } from './analysers/unknown';
import type { CodeFindings } from './codeFindings';
import { type ConfidenceInput, confidenceOf, weightOf } from './confidence';
import { coverageOf } from './coverage';
import type { Explanation } from './explanation';
import type { Findings } from './findings';
import { isReachable } from './localisation/services';
import type { BestCulprit, Localisation } from './localisation/sign';
import { passed } from './passed';
import { localisedFault } from './place';
import { counterEvidence, isRival } from './rivals';

const MAX_HYPOTHESES = 6;
const MAX_CONTRADICTIONS = 3;
/** Facts of the place that a cause in it may claim for itself. */
const MAX_SHARED = 2;
/** From here on the admission that something else may be at work adds nothing. */
const SURE = 0.6;
/** From here on a cause says more than the place in which it lies. */
const NAMES_CAUSE = 0.25;

export interface WeighInput {
  readonly findings: Findings;
  readonly localisation: Localisation;
  readonly code: CodeFindings;
  /** All facts so far: only these may be cited. */
  readonly evidence: readonly Evidence[];
}

export interface Weighed {
  /** Best first, with raw confidences; at least one. */
  readonly hypotheses: readonly Hypothesis[];
  readonly checks: readonly IncidentCheck[];
  readonly ruledOut: readonly RuledOut[];
}

/** A hypothesis with the explanation that it came from. */
interface Weight {
  readonly one: Explanation;
  readonly hypothesis: Hypothesis;
}

/**
 * All explanations, weighed against each other by what the formula gives, before calibration. What no known fact speaks for is
 * left out, except the admission that the cause is not known.
 */
export function weighHypotheses(input: WeighInput): Weighed {
  const { findings, localisation, code, evidence } = input;
  const { culprits, best } = localisation;
  const kinds = new Map(evidence.map((fact) => [fact.id, fact.kind]));
  const { explanations, checks, ruledOut } = lookAll(findings, { culprits, code });
  const place = localisedFault(localisation);
  const cited = [...explanations, ...(place === null ? [] : [place])]
    .map((one) => supported(one, best))
    .map((one) => doubted(one, place, findings))
    .map((one, _, all) => passed(one, all, findings))
    .map((one) => withKnownFacts(one, kinds))
    .filter(({ evidenceFor }) => evidenceFor.length > 0);
  const honest = unknown(findings, culprits).map((one) => withKnownFacts(one, kinds));
  const weighed = [...cited, ...honest].map((one) => ({ one, hypothesis: hypothesisOf(one, cited, input, kinds) }));
  const ranked = blamedFirst(withoutPlain(weighed).sort(byConfidence), code);
  const isSure = (ranked[0]?.hypothesis.confidence ?? 0) >= SURE;
  const kept = isSure ? ranked.filter(({ one }) => one.kind !== 'unknown') : ranked;
  const known = (ids: readonly string[]) => ids.filter((id) => kinds.has(id));
  return {
    hypotheses: kept.slice(0, MAX_HYPOTHESES).map(({ hypothesis }, index) => ({ ...hypothesis, id: `H${index + 1}` })),
    checks: checks.map((check) => ({ ...check, evidence: known(check.evidence) })),
    ruledOut: ruledOut.map((one) => ({ ...one, evidence: known(one.evidence) })),
  };
}

const byConfidence = (a: Weight, b: Weight) =>
  b.hypothesis.confidence - a.hypothesis.confidence || Number(a.one.kind === 'unknown') - Number(b.one.kind === 'unknown');

/** What a commit that is to blame makes happen, or where: such an explanation stands behind it, however plain its signs are. */
const YIELDS: ReadonlySet<string> = new Set([
  'localised_fault',
  'resource_exhaustion',
  'traffic_surge',
  'configuration_change',
  'code_defect',
  'feature_flag',
  'unknown',
]);

/** Puts a commit that is to blame before what it explains, but not before another root of the trouble. */
function blamedFirst(ranked: readonly Weight[], { suspects }: CodeFindings): readonly Weight[] {
  const blamed = ranked.findIndex(({ one }) => suspects.some(({ sha, isToBlame }) => isToBlame && sha === one.commit));
  if (blamed <= 0 || !ranked.slice(0, blamed).every(({ one }) => YIELDS.has(one.kind))) return ranked;
  return [...ranked.slice(blamed, blamed + 1), ...ranked.slice(0, blamed), ...ranked.slice(blamed + 1)];
}

/** Where it began is no explanation of its own beside a cause that was found in the same place. */
function withoutPlain(weighed: readonly Weight[]): Weight[] {
  return weighed.filter(
    ({ one }) =>
      one.kind !== 'localised_fault' ||
      !weighed.some((other) => isCause(other.one) && other.one.service === one.service && other.hypothesis.confidence >= NAMES_CAUSE),
  );
}

const isCause = ({ kind }: Explanation) => kind !== 'localised_fault' && kind !== 'unknown' && kind !== 'healthy';

/**
 * A cause in the place that the signs point at has these signs on its side. A resource that is itself such a sign is no mere
 * coincidence: like the place it is known along the calls, and nothing deeper explains it.
 */
function supported(one: Explanation, best: BestCulprit | null): Explanation {
  if (best === null || !isCause(one) || one.service !== best.service) return one;
  const facts = best.signs.filter(({ service }) => service === best.service).flatMap(({ evidence }) => evidence ?? []);
  const added = facts.filter((id) => !one.evidenceAgainst.includes(id) && !one.evidenceFor.includes(id));
  const isSign = one.kind === 'resource_exhaustion' && best.isPathVerified === true && best.signs.some(({ kind }) => kind === 'saturation');
  const evidenceClass = isSign && one.evidenceClass === 'association' ? 'localised' : one.evidenceClass;
  return { ...one, evidenceClass, evidenceFor: [...one.evidenceFor, ...added.slice(0, MAX_SHARED)] };
}

/**
 * That the metrics of what alerts are calm does not say that all is well while the monitor still alerts and a sign points somewhere:
 * it is what remains when nothing plain was seen, and what points there speaks against it.
 */
function doubted(one: Explanation, place: Explanation | null, { isAlerting }: Findings): Explanation {
  if (one.kind !== 'healthy' || one.evidenceClass !== 'association' || place === null || isAlerting === false) return one;
  return { ...one, evidenceClass: 'absence', evidenceAgainst: [...one.evidenceAgainst, ...place.evidenceFor.slice(0, MAX_SHARED)] };
}

function withKnownFacts(one: Explanation, kinds: ReadonlyMap<string, unknown>): Explanation {
  const known = (ids: readonly string[]) => [...new Set(ids)].filter((id) => kinds.has(id));
  return { ...one, evidenceFor: known(one.evidenceFor), evidenceAgainst: known(one.evidenceAgainst) };
}

function hypothesisOf(
  one: Explanation,
  all: readonly Explanation[],
  { findings, localisation: { best }, code }: WeighInput,
  kinds: ReadonlyMap<string, Evidence['kind']>,
): Hypothesis {
  const path = pathOf(one, findings, best);
  const { confidence, factors } = confidenceOf({
    evidenceClass: one.evidenceClass,
    strength: one.strength,
    strengthReason: one.strengthReason,
    independentKinds: new Set(one.evidenceFor.map((id) => kinds.get(id))).size,
    ...path,
    rival: Math.max(0, ...all.filter((other) => isRival(one, other)).map(weightOf)),
    contradictions: Math.min(MAX_CONTRADICTIONS, one.evidenceAgainst.length),
  });
  const against = [...new Set([...one.evidenceAgainst, ...counterEvidence(one, findings)])];
  return {
    id: '',
    title: one.title,
    service: one.service,
    kind: one.kind,
    confidence,
    rawConfidence: confidence,
    isVerified: one.evidenceClass === 'decisive' || (path.isPathVerified === true && path.elsewhere === null),
    commit: one.commit,
    isDoubted: one.commit !== null && !code.suspects.some(({ sha, isToBlame }) => isToBlame && sha === one.commit),
    location: one.location,
    workspace: one.workspace,
    evidenceFor: one.evidenceFor,
    evidenceAgainst: against.filter((id) => kinds.has(id) && !one.evidenceFor.includes(id)),
    missing: [...new Set([...one.missing, ...(one.kind === 'healthy' ? [] : gaps(findings, code))])],
    confidenceFactors: [...factors, coverageOf(one, findings.sources)],
    evidenceClass: one.evidenceClass,
  };
}

/** What was seen at a place outweighs where the signs point; what merely agrees or came before does not. */
function pathOf(one: Explanation, findings: Findings, best: BestCulprit | null): Pick<ConfidenceInput, 'isPathVerified' | 'elsewhere'> {
  const isSeen = one.evidenceClass === 'mechanism' || one.evidenceClass === 'decisive';
  const isElsewhere = best !== null && one.service !== null && one.service !== best.service && isCause(one) && !isSeen;
  const isThere = best !== null && one.service === best.service && one.kind !== 'healthy';
  return {
    isPathVerified: isThere && !isSeen ? best.isPathVerified : isReachable(findings, one.service),
    elsewhere: isElsewhere ? best.service : null,
  };
}
