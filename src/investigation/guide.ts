import type { Findings } from '../diagnosis/findings';
import type { Change } from '../domain/change';
import type { Evidence } from '../domain/evidence';
import { confidenceWord, formatDuration, formatSha } from '../domain/format';
import type { Hypothesis } from '../domain/hypothesis';
import type { Verdict } from '../domain/incident';
import type { Step } from '../domain/investigation';

export interface GuideInput {
  readonly hypotheses: readonly Hypothesis[];
  readonly verdict: Verdict;
  readonly rootCauseCommit: string | null;
  readonly findings: Findings;
  readonly evidence: readonly Evidence[];
}

type Draft = Omit<Step, 'id' | 'hypothesis'> & { readonly hypothesis?: string };

const MAX_STEPS = 7;
/** Nobody has to look for what is missing of an explanation that stands as well as this. */
const SURE = 0.7;
/** A deployment so long before the onset is worth a look without any other sign. */
const NEAR_MS = 30 * 60_000;

/** Three to seven things to do next, in order: see it, stop it, hand it on, rule out the runner-up, check that it is over. */
export function guide(input: GuideInput): readonly Step[] {
  const best = input.hypotheses[0];
  const drafts = [
    ...look(input, best),
    ...(best ? stop(input, best) : []),
    ...ruleOut(input),
    ...(best ? settle(best, input) : []),
    ...(best ? readCode(best, input) : []),
    ...verify(input),
  ];
  const filler = drafts.length < 3 ? watchAgain(input) : [];
  return [...drafts, ...filler]
    .slice(0, MAX_STEPS)
    .map((draft, index) => ({ hypothesis: best?.id ?? null, ...draft, id: `S${index + 1}` }));
}

/** Open the line, and see the strongest fact with one's own eyes. */
function look({ evidence }: GuideInput, best: Hypothesis | undefined): Draft[] {
  if (!best) return [];
  const steps: Draft[] = [];
  if (best.location)
    steps.push({
      title: `Open ${best.location.file}:${best.location.line}${best.location.function === null ? '' : ` (${best.location.function})`}`,
      rationale:
        best.commit === null ? 'This is the line that fails.' : `Commit ${formatSha(best.commit)} and the failing calls meet here.`,
      action: 'open_code',
      minutes: 5,
      evidence: best.evidenceFor,
      link: null,
    });
  const shown = best.evidenceFor
    .map((id) => evidence.find((fact) => fact.id === id))
    .find((fact) => fact !== undefined && fact.kind !== 'commit');
  if (shown)
    steps.push({
      title: 'Look at the strongest evidence yourself',
      rationale: shown.summary,
      action: shown.link === null ? 'run_query' : 'open_link',
      minutes: 3,
      evidence: [shown.id],
      link: shown.link,
    });
  return steps;
}

/** What would end the trouble. Advice only: nothing is done to any system. */
function stop({ findings, rootCauseCommit, evidence }: GuideInput, best: Hypothesis): Draft[] {
  if (best.kind === 'code_change' && rootCauseCommit !== null) {
    const carrier = arrivalOf(findings, rootCauseCommit, evidence) ?? carrierOf(findings, best.service);
    const what = carrier
      ? `${carrier.service ?? 'the service'} to the version before ${carrier.version ?? formatSha(rootCauseCommit)}`
      : 'the deployment';
    return [
      advice(
        'roll_back',
        `Roll back ${what}, or revert commit ${formatSha(rootCauseCommit)}`,
        'It ends the trouble before the fix is ready.',
        10,
        best,
      ),
    ];
  }
  if (best.kind === 'feature_flag' || best.kind === 'configuration_change')
    return [
      advice('roll_back', `Take back: ${best.title}`, 'If it is the cause, the metric recovers at once; if not, it is ruled out.', 5, best),
    ];
  if (best.kind === 'dependency_outage' || best.kind === 'infrastructure_outage')
    return [
      advice(
        'contact',
        'Ask the owner or the status page of the dependency',
        'Errors begin outside your services; rolling back will not help.',
        5,
        best,
      ),
      advice(
        'run_query',
        'Check timeouts, retries and the fallback of these calls',
        'They decide how much of the outage your users see.',
        15,
        best,
      ),
    ];
  if (best.kind === 'resource_exhaustion')
    return [advice('run_query', 'Find what uses the resource, then add capacity or shed load', best.title, 15, best)];
  if (best.kind === 'traffic_surge')
    return [advice('run_query', 'Split the traffic by client and route, then limit or scale', best.title, 10, best)];
  return [];
}

function advice(action: Step['action'], title: string, rationale: string, minutes: number, { evidenceFor }: Hypothesis): Draft {
  return { title, rationale, action, minutes, evidence: evidenceFor.slice(0, 3), link: null };
}

const CLOCK_SLACK_MS = 2 * 60_000;

/** The deployment that the facts about a commit say it came with: a later one of the same service still holds it. */
function arrivalOf({ changes }: Findings, sha: string, evidence: readonly Evidence[]): Change | null {
  const told = evidence.filter(({ kind, summary }) => kind === 'commit' && summary.startsWith(`Commit ${formatSha(sha)} `));
  const deployed = changes.map(({ change }) => change).filter(({ kind, version }) => kind === 'deployment' && version !== null);
  return (
    deployed.find(({ service, version }) => told.some(({ summary }) => summary.includes(`deployment of ${service} ${version} at `))) ?? null
  );
}

/** The last deployment of the service before the onset. */
function carrierOf({ changes, onsetMs }: Findings, service: string | null): Change | null {
  const deployed = changes
    .map(({ change }) => change)
    .filter((change) => change.kind === 'deployment' && change.service === service && change.timestampMs <= onsetMs + CLOCK_SLACK_MS);
  return deployed.reduce<Change | null>((last, change) => (last !== null && last.timestampMs >= change.timestampMs ? last : change), null);
}

/** The runner-up deserves a look when it is close. */
function ruleOut({ hypotheses, evidence }: GuideInput): Draft[] {
  const [best, second] = hypotheses;
  if (!best || !second || second.kind === 'unknown' || second.confidence < best.confidence / 2) return [];
  const fact = evidence.find(({ id }) => second.evidenceFor.includes(id));
  return [
    {
      title: `Rule out: ${second.title}`,
      rationale: `Its confidence is ${confidenceWord(second.confidence)}${second.missing[0] === undefined ? '' : `; it would be settled by ${second.missing[0]}`}.`,
      action: 'run_query',
      minutes: 10,
      evidence: second.evidenceFor.slice(0, 3),
      hypothesis: second.id,
      link: fact?.link ?? null,
    },
  ];
}

/** What would settle a place without a cause, or the largest gap of a weak explanation. */
function settle(best: Hypothesis, { findings, verdict }: GuideInput): Draft[] {
  const gap = best.missing[0];
  const next = best.nextQuery;
  if (verdict === 'inconclusive' && next && best.confidence >= SURE)
    return [
      {
        title: next.title.startsWith('whether ') ? `Find out ${next.title}` : `Look at ${next.title}`,
        rationale: `It may tell the cause; where the trouble begins is known.${next.query === '' ? '' : ` Query: ${next.query}`}`,
        action: next.link === null ? 'run_query' : 'open_link',
        minutes: 5,
        evidence: [],
        link: next.link,
      },
    ];
  if (gap === undefined || best.confidence >= SURE) return [];
  return [
    {
      title: `Find out: ${gap}`,
      rationale: `It would settle whether this explains the trouble of ${best.service ?? findings.alerting ?? 'the service'}.`,
      action: 'run_query',
      minutes: 10,
      evidence: [],
      link: null,
    },
  ];
}

/** Without the code no commit can be named: a deployment next to the onset is where to look, and the repository is what to open. */
function readCode({ service, missing }: Hypothesis, { findings, verdict, evidence }: GuideInput): Draft[] {
  if (service === null || verdict !== 'inconclusive' || !missing.some((gap) => gap.startsWith('the code: '))) return [];
  const carrier = carrierOf(findings, service);
  const known = findings.changes.find(({ change }) => change === carrier);
  const isNear = carrier !== null && findings.onsetMs - carrier.timestampMs <= NEAR_MS;
  const shown = isNear && known ? known : null;
  const name = shown?.change.version ?? '';
  return [
    {
      title: shown === null ? `Open the repository of ${service} and investigate again` : `See what ${`${service} ${name}`.trim()} changed`,
      rationale: `${shown === null ? '' : `It was deployed next to the onset, which alone proves nothing. `}With the repository of ${service} open, AIDog compares the commits with what fails.`,
      action: 'run_query',
      minutes: 10,
      evidence: shown === null ? [] : [shown.evidence],
      link: evidence.find(({ id }) => id === shown?.evidence)?.link ?? null,
    },
  ];
}

/** The same query as the alert's, after the fix. */
function verify({ findings, evidence, verdict }: GuideInput): Draft[] {
  const fact =
    evidence.find(({ id, kind }) => findings.alertEvidence.includes(id) && kind === 'metric') ??
    evidence.find(({ id }) => findings.alertEvidence.includes(id));
  if (!fact) return [];
  return [
    {
      title: verdict === 'healthy' ? 'Confirm with the same query that it stays normal' : 'After the fix, run the same query again',
      rationale: `${fact.query} should stay in its usual range for ${formatDuration(15 * 60_000)}.`,
      action: 'verify',
      minutes: 15,
      evidence: [fact.id],
      link: fact.link,
    },
  ];
}

/** There is always something to do, even when little was found. */
function watchAgain({ findings }: GuideInput): Draft[] {
  const service = findings.alerting ?? 'the service';
  return [
    {
      title: `Look at the latest errors and slow requests of ${service}`,
      rationale: 'Fresh telemetry may show what there was not yet when this was looked at.',
      action: 'run_query',
      minutes: 5,
      evidence: [],
      link: null,
    },
    {
      title: 'Investigate again in ten minutes',
      rationale: 'More data since the onset makes the comparison with the quiet hour sharper.',
      action: 'verify',
      minutes: 10,
      evidence: [],
      link: null,
    },
  ];
}
