import { clipWords } from '../agents/clip';
import { calibrateHypotheses } from '../diagnosis/calibrateHypotheses';
import { calibrationPriors } from '../diagnosis/calibrationPriors';
import type { Findings } from '../diagnosis/findings';
import { type Weighed, type WeighInput, weighHypotheses } from '../diagnosis/hypotheses';
import { localise } from '../diagnosis/localisation/localise';
import { blamedService, rootCauseCommit, verdictOf } from '../diagnosis/verdict';
import type { CodeHit } from '../domain/evidence';
import { formatDuration } from '../domain/format';
import type { Culprit, Hypothesis, SuspectCommit } from '../domain/hypothesis';
import type { Incident, Verdict } from '../domain/incident';
import type { IncidentCheck, RuledOut } from '../domain/incidentCheck';
import type { JudgedCause } from '../domain/memory';
import { oneLine } from '../domain/plainText';
import { capitalised, headline, withFullStop } from '../domain/sentence';
import { readCode } from './code/readCode';
import type { Gathered } from './gathered';
import { nextQuery } from './nextQuery';
import type { Opening } from './openCase';
import type { Perceived } from './perceived';
import { writePlace } from './placeEvidence';
import type { Run } from './run';

/** What the investigation concludes. */
export interface Diagnosed {
  readonly incident: Incident;
  readonly verdict: Verdict;
  readonly hypotheses: readonly Hypothesis[];
  readonly checks: readonly IncidentCheck[];
  readonly ruledOut: readonly RuledOut[];
  readonly culprits: readonly Culprit[];
  readonly suspectCommits: readonly SuspectCommit[];
  readonly rootCauseCommit: string | null;
  readonly codeHits: readonly CodeHit[];
}

/** Asks why: ranks services and commits, weighs explanations, and decides. No API calls. */
export async function diagnose(gathered: Gathered, { findings }: Perceived, judged: readonly JudgedCause[], run: Run): Promise<Diagnosed> {
  const localisation = await run.compute(
    'diagnosis.candidates',
    () => writePlace(localise(findings), findings, gathered, run),
    ({ best }) => best?.service ?? 'no service',
  );
  const { culprits } = localisation;
  run.found({ culprits });
  const { code, suspectCommits, codeHits } = await readCode(gathered, findings, run);
  run.found({ codeHits, suspectCommits, evidence: run.evidence.all() });
  const { hypotheses, checks, ruledOut } = await run.compute(
    'diagnosis.hypotheses',
    () => weighed({ findings, localisation, code, evidence: run.evidence.all() }, gathered, judged, run),
    (found) => found.hypotheses.map((one) => `${one.kind} ${one.confidence}`).join(', '),
  );
  const verdict = verdictOf(hypotheses);
  const diagnosed: Diagnosed = {
    incident: incidentOf(gathered.opening, findings, hypotheses, verdict),
    verdict,
    hypotheses,
    checks,
    ruledOut,
    culprits,
    suspectCommits,
    rootCauseCommit: rootCauseCommit(hypotheses, code),
    codeHits,
  };
  run.found(diagnosed);
  return diagnosed;
}

/** Hypotheses as they are shown: calibrated, and each with the question that would settle it. */
function weighed(input: WeighInput, { opening, windows, alertQuery }: Gathered, judged: readonly JudgedCause[], run: Run): Weighed {
  const { hypotheses, ...rest } = weighHypotheses(input);
  const { telemetry } = run.deps;
  const names = input.localisation.culprits.map(({ service }) => service);
  const asked = { findings: input.findings, code: input.code, env: opening.env, alertQuery, window: windows.whole, telemetry };
  const shown = calibrateHypotheses(hypotheses, calibrationPriors, judged).map((one) => ({
    ...one,
    title: titleOf(one.title),
    nextQuery: nextQuery(one, asked),
  }));
  return {
    hypotheses: shown,
    ...rest,
    checks: rest.checks.map((check) => ({ ...check, summary: summaryOf(check.summary, hypotheses, names) })),
  };
}

/** A title is a headline: what a longer one goes on with stands in the reasons and the facts. */
const MAX_TITLE = 200;
const titleOf = (title: string) => headline(oneLine(title), MAX_TITLE).replace(/\.$/, '');

/** What a check found is told by its hypothesis, where it became one; there are its reasons too. */
function summaryOf(summary: string, hypotheses: readonly Hypothesis[], names: readonly string[]): string {
  const told = hypotheses.find(({ title }) => summary.startsWith(title));
  return withFullStop(capitalised(told ? titleOf(told.title) : oneLine(summary), names));
}

function incidentOf(opening: Opening, findings: Findings, hypotheses: readonly Hypothesis[], verdict: Verdict): Incident {
  const best = hypotheses[0];
  const lead = verdict === 'healthy' ? null : (best?.service ?? null);
  const blamed = blamedService(hypotheses, verdict) ?? lead ?? findings.firstFailing ?? opening.service;
  return {
    title: opening.alert.title,
    severity: opening.alert.severity,
    service: blamed,
    type: typeOf(findings, best, verdict),
    startedAt: findings.isOnsetSeen ? new Date(findings.onsetMs).toISOString() : null,
    primarySymptom: symptomText(opening, findings, blamed),
    blastRadius: verdict === 'healthy' ? [] : [...new Set([...(blamed === null ? [] : [blamed]), ...findings.blastRadius])],
  };
}

/** Leaves room for the numbers of the alert. */
const MAX_ERROR_TEXT = 180;

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

/**
 * What the alert is about in the blamed service, with numbers: for slowness the metric first and then what takes the time, for
 * errors the error first; the alert's own words where nothing was seen. What is over is told as past.
 */
function symptomText(opening: Opening, findings: Findings, blamed: string | null): string {
  const { failures, alertWords, symptom, past } = findings;
  const failure = failures.find(({ service }) => service === blamed) ?? failures[0];
  const message = [failure?.type, failure?.message].filter(Boolean).join(': ') || 'errors';
  const fails = failure && past.has(failure.evidence) ? 'failed' : 'fails';
  const error = failure ? clipWords(oneLine(`${failure.service} ${fails}: ${message}`), MAX_ERROR_TEXT) : null;
  const numbers = alertWords === null ? null : capitalised(alertWords);
  const isSlowness = symptom !== 'errors' && symptom !== 'availability' && symptom !== 'unknown';
  const said = isSlowness ? [numbers, timeText(findings) ?? error] : [error ?? timeText(findings), numbers];
  return oneLine(said.filter((part) => part !== null).join('; ') || opening.alert.summary, 300);
}

/** What takes the time: calls that repeat, or an operation that became slow. */
function timeText({ repeats, slow, past }: Findings): string | null {
  const repeat = repeats[0];
  if (repeat) {
    const { service, resource, calls, parent } = repeat.call;
    return `${service} ${past.has(repeat.evidence) ? 'repeated' : 'repeats'} "${resource}" ${Math.round(calls)} times in one ${parent.span.resource}`;
  }
  const [first] = slow;
  if (!first?.operation.before) return null;
  const { during, before } = first.operation;
  const { service, resource, medianMs } = during;
  return `${service}'s ${resource} ${past.has(first.evidence) ? 'took' : 'takes'} ${formatDuration(medianMs)} instead of ${formatDuration(before.medianMs)}`;
}
