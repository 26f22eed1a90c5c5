import { formatSha } from '../../domain/format';
import type { CodeFindings, CodeSuspect } from '../codeFindings';
import type { EvidenceClass } from '../confidence';
import { type Explanation, explanation } from '../explanation';
import type { Findings } from '../findings';
import { ownServices } from '../localisation/services';
import { isOutside } from './dependencyOutage';

const MAX = 3;
const WORSE_SCORE = 1;
/** What was weighed and found not to blame is a lead at best. */
const DOUBTED = 0.5;
/**
 * The most that a suspect's score reaches with each class of evidence; the class' own cap is applied by the confidence. Timing
 * reaches less, so that it is never at full strength.
 */
const REACHABLE: Readonly<Record<EvidenceClass, number>> = {
  decisive: 0.95,
  mechanism: 0.9,
  localised: 0.75,
  association: 0.6,
  timing: 0.4,
  absence: 1,
};

/** The commits that may be to blame, best first; the place is the failing line, else the line that the commit changed. */
export function codeChanges(findings: Findings, code: CodeFindings): readonly Explanation[] {
  return code.suspects.slice(0, MAX).map((suspect) => explanationOf(suspect, findings, code));
}

function explanationOf(suspect: CodeSuspect, findings: Findings, code: CodeFindings): Explanation {
  const place = code.place;
  const isAtPlace = place?.isExact === true && suspect.evidenceClass === 'decisive';
  const service = suspect.service ?? findings.alerting;
  return explanation({
    kind: 'code_change',
    title: `Commit ${formatSha(suspect.sha)} "${suspect.title}" broke ${service ?? 'the service'}`,
    service,
    commit: suspect.sha,
    location: isAtPlace ? place.location : (suspect.location ?? place?.location ?? null),
    workspace: isAtPlace ? place.workspace : suspect.location === null ? (place?.workspace ?? null) : suspect.workspace,
    evidenceClass: classOf(suspect, findings),
    strength: strengthOf(suspect),
    strengthReason: suspect.reasons.join('; '),
    evidenceFor: [
      ...new Set([
        suspect.evidence,
        ...(place?.service === service ? [place.evidence] : []),
        ...symptoms(findings, service),
        ...deployments(suspect, findings),
      ]),
    ],
    missing: missing(code),
  });
}

/** A commit that is to blame has passed the test of its rivals and of what else explains the incident. */
function strengthOf({ score, evidenceClass, isToBlame }: CodeSuspect): number {
  const strength = Math.min(1, score / REACHABLE[evidenceClass]);
  return isToBlame ? (1 + strength) / 2 : strength * DOUBTED;
}

/**
 * A diff that could do harm is a mechanism only where telemetry shows harm of some kind: an error, a slow or repeated call, a
 * new message. Where only metrics got worse the two merely agree, and where nothing did there is nothing to explain. What is
 * not to blame is an association at best.
 */
function classOf({ evidenceClass, isToBlame }: CodeSuspect, { failures, repeats, slow, templates, metrics }: Findings): EvidenceClass {
  const isDoubtedPlace = evidenceClass === 'decisive' && !isToBlame;
  if (evidenceClass !== 'mechanism' && evidenceClass !== 'association') return isDoubtedPlace ? 'association' : evidenceClass;
  if (failures.length + repeats.length + slow.length + templates.length > 0) return isToBlame ? evidenceClass : 'association';
  return metrics.some(({ change }) => change.isHarmful && change.score >= WORSE_SCORE) ? 'association' : 'timing';
}

/** What the service that the commit broke shows itself, and the alert. What other services show is for or against others. */
function symptoms({ failures, repeats, slow, alertEvidence, issues }: Findings, service: string | null): readonly string[] {
  const isOwn = (finding: { readonly service: string }) => service === null || finding.service === service;
  return [
    ...failures.filter(isOwn).slice(0, 2),
    ...repeats.filter(({ call }) => isOwn(call)).slice(0, 1),
    ...slow.filter(({ operation: { during } }) => isOwn(during) && during.spentBy === during.service).slice(0, 1),
    ...issues.filter(isOwn).slice(0, 1),
  ]
    .map((finding) => finding.evidence)
    .concat(alertEvidence.slice(-1));
}

function deployments(suspect: CodeSuspect, findings: Findings): readonly string[] {
  return findings.changes
    .filter(({ change }) => change.commit !== null && (change.commit.startsWith(suspect.sha) || suspect.sha.startsWith(change.commit)))
    .map(({ evidence }) => evidence);
}

function missing({ absentCommits }: CodeFindings): readonly string[] {
  return absentCommits.map((sha) => `commit ${formatSha(sha)}, which no open repository holds`);
}

/** Our own code fails at a known line, and no commit of the time explains it. */
export function codeDefects(findings: Findings, code: CodeFindings): readonly Explanation[] {
  const { place } = code;
  if (!place?.isExact || code.suspects.some((suspect) => suspect.evidenceClass === 'decisive' || suspect.evidenceClass === 'mechanism'))
    return [];
  const services = ownServices(findings);
  if (findings.failures.some((failure) => failure.evidence === place.evidence && isOutside(failure, services))) return [];
  const told = findings.failures.filter((failure) => failure.service === place.service).map((failure) => failure.evidence);
  return [
    explanation({
      kind: 'code_defect',
      title: `${place.location.function ?? place.location.file} in ${place.service} fails, and no recent commit explains why`,
      service: place.service,
      location: place.location,
      workspace: place.workspace,
      evidenceClass: 'association',
      strength: 0.7,
      strengthReason: `errors come out of ${place.location.file}:${place.location.line}`,
      evidenceFor: [...new Set([place.evidence, ...told])],
      missing: missing(code),
    }),
  ];
}
