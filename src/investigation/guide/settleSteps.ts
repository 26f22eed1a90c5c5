import { confidenceWord } from '../../domain/format';
import type { Hypothesis } from '../../domain/hypothesis';
import { headline, withFullStop } from '../../domain/sentence';
import { carrierOf } from './carrier';
import { type Draft, type GuideInput, SURE } from './draft';

const MAX_NAME = 110;
/** A deployment so long before the onset is worth a look without any other sign. */
const NEAR_MS = 30 * 60_000;

/** What a blamed change brings about, or where it shows: no other explanation of the same service. */
const CONSEQUENCES: ReadonlySet<string> = new Set(['resource_exhaustion', 'traffic_surge', 'localised_fault', 'unknown']);
const CHANGES: ReadonlySet<string> = new Set(['code_change', 'configuration_change', 'feature_flag']);

/** The runner-up deserves a look when it is close and tells another story. */
export function ruleOut({ hypotheses: [best, second], evidence, verdict }: GuideInput): readonly Draft[] {
  if (!best || !second || second.confidence < best.confidence / 2 || isSameStory(best, second, verdict)) return [];
  const fact = evidence.find(({ id }) => second.evidenceFor.includes(id));
  const next = second.nextQuery ? ` ${withFullStop(second.nextQuery.title)}` : '';
  return [
    {
      title: `Rule out: ${headline(second.title, MAX_NAME)}`,
      rationale: `Its confidence is ${confidenceWord(second.confidence)}.${next}`,
      action: 'run_query',
      minutes: 10,
      evidence: second.evidenceFor.slice(0, 3),
      hypothesis: second.id,
      link: fact?.link ?? null,
    },
  ];
}

/** Nothing tells two explanations apart that rest on the same facts, and what a change brings about is no alternative to it. */
function isSameStory(best: Hypothesis, second: Hypothesis, verdict: GuideInput['verdict']): boolean {
  if (second.kind === 'unknown') return true;
  if (second.evidenceFor.every((id) => best.evidenceFor.includes(id))) return true;
  return verdict !== 'inconclusive' && CHANGES.has(best.kind) && CONSEQUENCES.has(second.kind);
}

/** What would settle a place without a cause, or a weak explanation. */
export function settle({ nextQuery: next, confidence, kind }: Hypothesis, { verdict }: GuideInput): readonly Draft[] {
  if (!next || kind === 'healthy' || (verdict !== 'inconclusive' && confidence >= SURE)) return [];
  const why = confidence >= SURE ? 'Where it begins is known; this may tell why.' : 'It tells most about the best lead.';
  return [
    {
      title: next.title,
      rationale: `${why}${next.query === '' ? '' : ` Query: ${next.query}`}`,
      action: next.source === 'person' ? 'contact' : next.link === null ? 'run_query' : 'open_link',
      minutes: 5,
      evidence: [],
      link: next.link,
    },
  ];
}

/** Without the code no commit can be named: a deployment next to the onset is where to look, and the repository is what to open. */
export function readCode({ service, missing }: Hypothesis, { findings, verdict, evidence }: GuideInput): readonly Draft[] {
  if (service === null || verdict !== 'inconclusive' || !missing.some((gap) => gap.startsWith('the code: '))) return [];
  const carrier = carrierOf(findings, service);
  const known = findings.changes.find(({ change }) => change === carrier);
  const isNear = carrier !== null && findings.onsetMs - carrier.timestampMs <= NEAR_MS;
  const shown = isNear && known ? known : null;
  const name = `${service} ${shown?.change.version ?? ''}`.trim();
  const open = `With the repository of ${service} open, AIDog compares its commits with what fails.`;
  return [
    {
      title: shown === null ? `Open the repository of ${service} and investigate again` : `See what ${name} changed`,
      rationale: shown === null ? open : `It was deployed next to the onset, which alone proves nothing. ${open}`,
      action: 'run_query',
      minutes: 10,
      evidence: shown === null ? [] : [shown.evidence],
      link: evidence.find(({ id }) => id === shown?.evidence)?.link ?? null,
    },
  ];
}
