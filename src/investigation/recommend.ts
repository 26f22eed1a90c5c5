import type { Findings } from '../diagnosis/findings';
import { blamedService } from '../diagnosis/verdict';
import { confidenceWord } from '../domain/format';
import type { Hypothesis } from '../domain/hypothesis';
import type { Verdict } from '../domain/incident';
import type { Recommendation } from '../domain/investigation';
import type { Opening } from './openCase';

export interface RecommendInput {
  readonly opening: Opening;
  readonly findings: Findings;
  readonly hypotheses: readonly Hypothesis[];
  readonly verdict: Verdict;
}

type Draft = Omit<Recommendation, 'id'>;

const MAX_RECOMMENDATIONS = 5;
/** An alert that comes this long after the onset could have come sooner. */
const LATE_MS = 10 * 60_000;

/** At most five things to improve once the fire is out. */
export function recommend(input: RecommendInput): readonly Recommendation[] {
  return [...tests(input), ...instrumentation(input), ...monitors(input), ...objectives(input)]
    .slice(0, MAX_RECOMMENDATIONS)
    .map((draft, index) => ({ ...draft, id: `R${index + 1}` }));
}

function tests({ hypotheses, findings }: RecommendInput): Draft[] {
  const best = hypotheses[0];
  if (!best?.location || (best.kind !== 'code_change' && best.kind !== 'code_defect')) return [];
  const repeat = findings.repeats[0];
  const { file, function: name } = best.location;
  const path = name === null ? `Add a test that fails with the change of ${file}` : `Test the path through ${name} that failed`;
  const title = repeat ? `Test that ${name ?? file} makes a fixed number of calls` : path;
  const input = findings.failures.length > 0 ? ' The failing input is in the evidence.' : '';
  const rationale = repeat
    ? `A test that counts "${repeat.call.resource}" for a request with many items would have failed.`
    : `No test stopped the change of ${file}.${input}`;
  return [{ kind: 'test', title, rationale, evidence: best.evidenceFor.slice(0, 3) }];
}

/** What only a provider's integration measures runs no code that a tracer could be put into. */
function isManaged({ gauges, alerting }: Findings): boolean {
  const own = gauges.filter(({ service }) => service === alerting);
  return own.length > 0 && own.every(({ metric }) => /^(?:aws|gcp|azure)[._]/.test(metric));
}

function instrumentation({ findings }: RecommendInput): Draft[] {
  const service = findings.alerting ?? 'the service';
  const drafts: Draft[] = [];
  if (findings.during.length === 0 && !isManaged(findings))
    drafts.push({
      kind: 'instrumentation',
      title: `Trace ${service}`,
      rationale: 'No spans were found, so neither calls nor failing lines could be followed.',
      evidence: [],
    });
  else if (findings.failures.length > 0 && findings.failures.every((failure) => failure.stack.length === 0))
    drafts.push({
      kind: 'instrumentation',
      title: `Report errors of ${service} with their stack traces`,
      rationale: 'Errors were found, but none with a stack trace, so the failing line is not known.',
      evidence: findings.failures.map((failure) => failure.evidence),
    });
  if (findings.changes.length === 0)
    drafts.push({
      kind: 'instrumentation',
      title: 'Report deployments and flags as change events',
      rationale: 'Without them no change can be held against the time of the incident.',
      evidence: [],
    });
  return drafts;
}

function monitors({ opening, findings, hypotheses, verdict }: RecommendInput): Draft[] {
  const { alert, monitor } = opening;
  if (monitor === null)
    return [
      {
        kind: 'monitor_tuning',
        title: `Put a monitor on ${findings.alerting ?? 'the service'}`,
        rationale: 'No monitor watches what was investigated.',
        evidence: [],
      },
    ];
  if (verdict === 'healthy')
    return [
      {
        kind: 'monitor_tuning',
        title: `Make "${monitor.name}" less sensitive`,
        rationale: 'It fired although nothing was wrong: ask for a longer window or a recovery threshold.',
        evidence: findings.alertEvidence,
      },
    ];
  const delayMs = alert.firedAtMs - findings.onsetMs;
  if (findings.isOnsetSeen && delayMs > LATE_MS)
    return [
      {
        kind: 'monitor_tuning',
        title: `Let "${monitor.name}" fire sooner`,
        rationale: `It fired ${Math.round(delayMs / 60_000)} min after the metric had changed.`,
        evidence: findings.alertEvidence,
      },
    ];
  const known = blamedService(hypotheses, verdict);
  const blamed = known ?? leadOf(hypotheses);
  if (blamed !== null && blamed !== findings.alerting)
    return [
      {
        kind: 'monitor_tuning',
        title: `Watch ${blamed} itself`,
        rationale: `The trouble began there, but ${findings.alerting ?? 'another service'} alerted.`,
        evidence: findings.alertEvidence,
      },
    ];
  return [];
}

/** Where the best explanation sees the trouble, when it is more than a guess. */
const leadOf = ([best]: readonly Hypothesis[]): string | null =>
  best && best.kind !== 'healthy' && best.kind !== 'unknown' && confidenceWord(best.confidence) === 'high' ? best.service : null;

/** What an objective can be set for. */
const OBJECTIVES: Partial<Record<Findings['symptom'], string>> = {
  errors: 'success rate',
  availability: 'success rate',
  latency: 'latency',
};

function objectives({ opening, findings, hypotheses, verdict }: RecommendInput): Draft[] {
  const service = findings.alerting;
  if (service === null) return [];
  const what = OBJECTIVES[findings.symptom];
  const drafts: Draft[] = [];
  if (what !== undefined && !isManaged(findings))
    drafts.push({
      kind: 'slo',
      title: `Set an objective for the ${what} of ${service}`,
      rationale: 'An error budget tells how urgent the next alert is.',
      evidence: findings.alertEvidence,
    });
  const blamed = blamedService(hypotheses, verdict) ?? leadOf(hypotheses);
  if (findings.path.length > 1 && findings.path.at(-1) === blamed)
    drafts.push({
      kind: 'dashboard',
      title: `Put ${findings.path.join(' → ')} on one dashboard`,
      rationale: `Looking along these calls explains the alert "${opening.alert.title}".`,
      evidence: [],
    });
  return drafts;
}
