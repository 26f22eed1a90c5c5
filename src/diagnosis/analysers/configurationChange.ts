import { formatDuration } from '../../domain/format';
import { type Explanation, explanation } from '../explanation';
import type { ChangeFinding, Findings } from '../findings';
import { isReachable, knownServices } from '../localisation/services';
import type { IncidentAnalyser } from './analyser';
import { loweredLimits } from './loweredLimit';
import { misconfiguration } from './misconfiguration';

/** A change takes effect at once or within this time: caches, rollouts, restarts. */
const LEAD_MS = 45 * 60_000;
/** Telemetry's clock and a change's clock differ by as much. */
const SLACK_MS = 2 * 60_000;
const MAX = 3;
const LIMIT_STRENGTH = 0.9;

/**
 * A flag, configuration or scaling change shortly before the onset, of a service on the failing path. By itself that is
 * timing; when the failing service's errors or logs speak of the same thing it is association.
 */
export function configurationChanges(findings: Findings): readonly Explanation[] {
  return findings.changes
    .filter((found) => ['feature_flag', 'config', 'scaling'].includes(found.change.kind) && isBefore(found, findings.onsetMs))
    .filter(({ change }) => change.service === null || isReachable(findings, change.service) !== false)
    .sort((a, b) => b.change.timestampMs - a.change.timestampMs)
    .slice(0, MAX)
    .map((found) => explanationOf(found, findings));
}

function isBefore({ change }: ChangeFinding, onsetMs: number): boolean {
  return change.timestampMs >= onsetMs - LEAD_MS && change.timestampMs <= onsetMs + SLACK_MS;
}

function explanationOf({ change, evidence }: ChangeFinding, findings: Findings): Explanation {
  const leadMs = Math.max(0, findings.onsetMs - change.timestampMs);
  const service = change.service ?? findings.firstFailing;
  const echoes = echoing(change.title, change.text, findings);
  const isCause = loweredLimits(findings).some((lowered) => lowered.evidence === evidence);
  const isFailingOne = service === findings.firstFailing || service === findings.alerting;
  return explanation({
    kind: change.kind === 'feature_flag' ? 'feature_flag' : 'configuration_change',
    title: `${change.title} ${leadMs < SLACK_MS ? 'as' : `${formatDuration(leadMs)} before`} the incident began`,
    service,
    evidenceClass: isCause ? 'mechanism' : echoes.length > 0 && isFailingOne ? 'association' : 'timing',
    strength: isCause ? LIMIT_STRENGTH : Math.min(1, (1 - (0.5 * leadMs) / LEAD_MS) * (isFailingOne ? 0.7 : 0.4) + 0.1 * echoes.length),
    strengthReason: `${isCause ? 'it lowers the limit that was then reached; ' : ''}it happened ${leadMs < SLACK_MS ? 'at the onset' : `${formatDuration(leadMs)} before the onset`}${isFailingOne ? ' in the failing service' : ''}`,
    evidenceFor: [evidence, ...echoes],
    missing: [`whether the trouble ends when "${change.title}" is taken back`],
  });
}

/** Facts whose words share a telling word with the change. */
function echoing(title: string, text: string, findings: Findings): readonly string[] {
  const names = new Set([...knownServices(findings)].flatMap(wordsOf));
  const words = new Set(
    [...tellingWords(`${title} ${text}`)].filter((word) => !names.has(word) && ![...names].some((name) => name.includes(word))),
  );
  const speaksOf = (said: string) => tellingWordsShared(words, said);
  return [
    ...findings.failures.filter((failure) => speaksOf(`${failure.type ?? ''} ${failure.message ?? ''}`)).map((failure) => failure.evidence),
    ...findings.templates.filter(({ change }) => speaksOf(change.example)).map((template) => template.evidence),
    ...findings.metrics.flatMap(({ change, evidence }) =>
      evidence !== null && change.isHarmful && speaksOf(change.series.metric) ? [evidence] : [],
    ),
  ];
}

const COMMON = new Set([
  'feature',
  'flag',
  'service',
  'changed',
  'change',
  'config',
  'configuration',
  'false',
  'true',
  'warning',
  'event',
  'kubernetes',
  'error',
  'failed',
  'deployment',
  'normal',
]);

function tellingWords(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).filter((word) => word.length >= 5 && !COMMON.has(word)));
}

function tellingWordsShared(words: ReadonlySet<string>, text: string): boolean {
  return wordsOf(text).some((word) => words.has(word));
}

const wordsOf = (text: string) => text.toLowerCase().split(/[^a-z0-9]+/);

/** A flag or a configuration was changed, or what fails says itself that a value is wrong. */
export const changedConfiguration: IncidentAnalyser = {
  type: 'configuration_change',
  look(findings) {
    const mistake = misconfiguration(findings);
    const explanations = [...(mistake === null ? [] : [mistake]), ...configurationChanges(findings)];
    const [first] = explanations;
    /** Whoever reports deployments alone does not report settings. */
    const changes = findings.changes.filter(({ change }) => change.kind !== 'other' && change.kind !== 'deployment');
    const reason = 'Such changes are reported, none came shortly before, and no error names a wrong value.';
    return {
      explanations,
      check: {
        isInteresting: mistake !== null || (first !== undefined && first.evidenceClass !== 'timing'),
        summary:
          first === undefined ? 'No configuration or flag changed shortly before, and no error names a wrong value.' : `${first.title}.`,
        evidence: first?.evidenceFor ?? [],
        unchecked: changes.length === 0 ? ['configuration and flag changes: none are reported'] : [],
      },
      ruledOut:
        first === undefined && changes.length > 0
          ? [{ type: 'configuration_change', service: findings.alerting, reason, evidence: changes.map(({ evidence }) => evidence) }]
          : [],
    };
  },
};
