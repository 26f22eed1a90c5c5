import { rankCulprits } from '../diagnosis/candidates';
import type { Findings } from '../diagnosis/findings';
import { weighHypotheses } from '../diagnosis/hypotheses';
import { rootCauseCommit, verdictOf } from '../diagnosis/verdict';
import type { CodeHit } from '../domain/evidence';
import type { Culprit, Hypothesis, SuspectCommit } from '../domain/hypothesis';
import type { Incident, Verdict } from '../domain/incident';
import { oneLine } from '../domain/plainText';
import { readCode } from './code/readCode';
import type { Gathered } from './gathered';
import type { Opening } from './openCase';
import type { Perceived } from './perceived';
import type { Run } from './run';

/** What the investigation concludes. */
export interface Diagnosed {
  readonly incident: Incident;
  readonly verdict: Verdict;
  readonly hypotheses: readonly Hypothesis[];
  readonly culprits: readonly Culprit[];
  readonly suspectCommits: readonly SuspectCommit[];
  readonly rootCauseCommit: string | null;
  readonly codeHits: readonly CodeHit[];
}

/** Asks why: ranks services and commits, weighs explanations, and decides. No API calls. */
export async function diagnose(gathered: Gathered, { findings }: Perceived, run: Run): Promise<Diagnosed> {
  const culprits = await run.compute(
    'diagnosis.candidates',
    () => rankCulprits(findings),
    ([first]) => first?.service ?? 'no service',
  );
  run.found({ culprits });
  const { code, suspectCommits, codeHits } = await readCode(gathered, findings, run);
  run.found({ codeHits, suspectCommits, evidence: run.evidence.all() });
  const hypotheses = await run.compute(
    'diagnosis.hypotheses',
    () => weighHypotheses(findings, culprits, code, run.evidence.all()).map(withPlainTitle),
    (found) => found.map((one) => `${one.kind} ${one.confidence}`).join(', '),
  );
  const verdict = verdictOf(hypotheses);
  const diagnosed: Diagnosed = {
    incident: incidentOf(gathered.opening, findings, hypotheses, verdict),
    verdict,
    hypotheses,
    culprits,
    suspectCommits,
    rootCauseCommit: rootCauseCommit(hypotheses, code),
    codeHits,
  };
  run.found(diagnosed);
  return diagnosed;
}

const withPlainTitle = (hypothesis: Hypothesis): Hypothesis => ({ ...hypothesis, title: oneLine(hypothesis.title, 240) });

function incidentOf(opening: Opening, findings: Findings, hypotheses: readonly Hypothesis[], verdict: Verdict): Incident {
  const best = hypotheses[0];
  return {
    title: opening.alert.title,
    severity: opening.alert.severity,
    service: findings.firstFailing ?? opening.service,
    type: typeOf(findings, best, verdict),
    startedAt: findings.isOnsetSeen ? new Date(findings.onsetMs).toISOString() : null,
    primarySymptom: symptomText(opening, findings),
    blastRadius: findings.blastRadius,
  };
}

const SYMPTOM_TYPES = {
  errors: 'error_burst',
  availability: 'error_burst',
  latency: 'latency_regression',
  saturation: 'resource_saturation',
  traffic: 'traffic_change',
  unknown: 'unknown',
} as const;

function typeOf(findings: Findings, best: Hypothesis | undefined, verdict: Verdict): string {
  if (verdict === 'healthy') return 'healthy';
  if (best && verdict === 'external') return 'dependency_outage';
  return SYMPTOM_TYPES[findings.symptom];
}

/** The first thing that can be said in words: an error, a repetition, a slow operation, or the alert itself. */
function symptomText(opening: Opening, { failures, repeats, slow }: Findings): string {
  const failure = failures[0];
  if (failure) return oneLine(`${failure.service}: ${[failure.type, failure.message].filter(Boolean).join(': ') || 'errors'}`, 300);
  const repeat = repeats[0];
  if (repeat)
    return oneLine(`${repeat.call.service} repeats "${repeat.call.resource}" ${Math.round(repeat.call.calls)} times a request`, 300);
  const slowest = slow[0]?.operation.during;
  if (slowest) return oneLine(`${slowest.service}'s ${slowest.resource} is slow`, 300);
  return oneLine(opening.alert.summary, 300);
}
