import { formatTick } from '../../domain/format';
import type { IncidentType } from '../../domain/incidentCheck';
import { listed } from '../../domain/sentence';
import { resourceOf } from '../../signals/gauges/resource';
import { metricScale } from '../../signals/metricKind';
import type { SeriesChange } from '../../signals/seriesChange';
import { type Explanation, explanation } from '../explanation';
import type { Findings, GaugeFinding } from '../findings';
import { isFull } from '../levels';
import { isReachable } from '../localisation/services';
import type { IncidentAnalyser, Look } from './analyser';
import { loweredLimits } from './loweredLimit';
import { courseWords, type IsMine, numberWords, type ResourceSigns, resourceSigns } from './resourceSigns';
import { gaugesOf, idsOf, isAlertAbout } from './signs';
import type { Topic } from './topics';

/** A resource that can run out, and how its exhaustion shows. */
export interface ResourceType {
  readonly type: IncidentType;
  /** For the middle of a sentence: `memory`. */
  readonly name: string;
  /** What its metrics are called: `memory metrics`. */
  readonly metricsName: string;
  readonly topic: Topic;
  readonly isMine: IsMine;
  /** What exhaustion would show: `an out-of-memory kill or memory near its limit`. */
  readonly wouldShow: string;
  /** What would settle why it ran out. */
  readonly settles: string;
  /** Whether what else is known says that it is used by what waits for something else: then it is a consequence. */
  readonly isConsequence?: (findings: Findings) => boolean;
  /** What uses it up, where that is known, to end the title with; null elsewhere. */
  readonly user?: (findings: Findings, signs: ResourceSigns) => { readonly words: string; readonly evidence: readonly string[] } | null;
}

const MAX = 2;
/** A level that was as high before may be how the service always runs. */
const CHRONIC_STRENGTH = 0.5;
const REACHED_STRENGTH = 0.85;
const MOVED_STRENGTH = 0.6;
const TOLD_STRENGTH = 0.4;
/** A platform that reports the limit itself measured it; a program's message may be a consequence of something else. */
const REPORTED_STRENGTH = 0.75;
/** A limit that was lowered just before is the cause; that it was reached follows from it. */
const CONSEQUENCE = 0.5;
const REPORTED_BONUS = 0.15;
/** A utilisation that was within so many points before has been like this all along. */
const CHRONIC_POINTS = 8;

/** Makes the analyser of a resource: near its limit by a metric or a gauge, or said to have run out. One explanation a service. */
export function resourceAnalyser(resource: ResourceType): IncidentAnalyser {
  return {
    type: resource.type,
    look(findings) {
      const signs = resourceSigns(findings, resource.topic, resource.isMine);
      const explanations = signs
        .map((one) => exhaustionOf(one, resource, findings))
        .sort((a, b) => b.strength - a.strength)
        .slice(0, MAX);
      const [first] = explanations;
      return first === undefined ? nothingFound(resource, findings) : found(explanations, first);
    },
  };
}

function found(explanations: readonly Explanation[], first: Explanation): Look {
  const check = { isInteresting: true, summary: `${first.title}: ${first.strengthReason}.`, evidence: first.evidenceFor, unchecked: [] };
  return { explanations, check, ruledOut: [] };
}

/** What was looked at instead: levels rule it out, and where there are none it could not be checked. */
function nothingFound({ name, metricsName, type, topic, wouldShow }: ResourceType, findings: Findings): Look {
  const gauges = gaugesOf(findings, topic);
  const metrics = findings.metrics.filter(({ service, change }) => service === findings.alerting && canTell(change, topic));
  const service = findings.alerting;
  if (gauges.length === 0 && metrics.length === 0) {
    const summary = `Nothing that was read tells about ${name}.`;
    return {
      explanations: [],
      check: {
        isInteresting: false,
        summary,
        evidence: [],
        unchecked: [`${metricsName} of ${service ?? 'the services'}: none were found`],
      },
      ruledOut: [],
    };
  }
  const seen =
    gauges.length > 0
      ? levelWords(gauges)
      : metrics.slice(0, 2).map(({ change }) => `${change.series.metric} (${formatTick(change.during, change.series.unit)})`);
  const evidence = idsOf(gauges, metrics);
  const isShare = [...gauges.map(({ metric, unit }) => metricScale(metric, unit)), ...metrics.map(({ change }) => scaleOf(change))].some(
    (scale) => scale !== 'ratio',
  );
  const reason = `${wouldShow} would be seen, and ${listed(seen)} ${seen.length === 1 ? 'is' : 'are'} ${isShare ? 'not near a limit' : 'as usual'}.`;
  return {
    explanations: [],
    check: { isInteresting: false, summary: `Not ${name}: ${reason}`, evidence, unchecked: [] },
    ruledOut: [{ type, service, reason, evidence }],
  };
}

/** Only a level of this very resource can show that it did not run out: requests or restarts say nothing of it. */
function canTell({ kind, series }: SeriesChange, { resources }: Topic): boolean {
  const resource = resourceOf(series.metric);
  return kind === 'saturation' && resource !== null && resources.includes(resource);
}

const scaleOf = ({ series }: SeriesChange) => metricScale(series.metric, series.unit);

function levelWords(gauges: readonly GaugeFinding[]): readonly string[] {
  const words = gauges.map(
    ({ metric, last, unit, state }) => `${metric} (${state === 'recovered' ? 'back at ' : ''}${formatTick(last, unit)})`,
  );
  return [...new Set(words)].slice(0, 3);
}

function exhaustionOf(signs: ResourceSigns, resource: ResourceType, findings: Findings): Explanation {
  const { service, metrics, gauges, told } = signs;
  const worst = metrics[0]?.change;
  const rise = worst ? worst.score / (worst.score + 1.5) : 0;
  const level = metrics.some(({ change }) => isFull(change)) ? CHRONIC_STRENGTH : 0;
  const gauge = Math.max(0, ...gauges.map(strengthOf));
  const seen = Math.max(rise, level, gauge);
  const isReported = told.some(({ source }) => source === 'event');
  const reported = isReported ? REPORTED_STRENGTH + (told.length > 1 || seen > 0 ? REPORTED_BONUS : 0) : 0;
  const isAtLimit = level > 0 || gauges.some(({ state }) => state === 'full');
  const isConsequence = loweredLimits(findings, resource.topic).length > 0 || resource.isConsequence?.(findings) === true;
  const near = isReachable(findings, service) === false ? 0.5 : 1;
  const alerted = isAlertAbout(findings, resource.topic) && service === findings.alerting ? 0.1 : 0;
  const user = resource.user?.(findings, signs) ?? null;
  const number = numberWords(signs);
  return explanation({
    kind: 'resource_exhaustion',
    title: `${service} has run out of ${resource.name}: ${number ?? 'what it reports says so'}${user === null ? '' : `; ${user.words}`}`,
    service,
    evidenceClass: isAtLimit || told.length > 0 ? 'mechanism' : 'association',
    strength:
      Math.min(1, Math.max(seen + (told.length > 0 ? TOLD_STRENGTH : alerted), reported)) * near * (isConsequence ? CONSEQUENCE : 1),
    strengthReason: courseWords(signs) ?? `errors, logs or events say that ${resource.name} ran out`,
    evidenceFor: idsOf(
      metrics.slice(0, 3),
      gauges.slice(0, 3),
      told.slice(0, 4),
      (user?.evidence ?? []).map((evidence) => ({ evidence })),
    ),
    missing: [resource.settles],
  });
}

function strengthOf({ state, first, last }: GaugeFinding): number {
  if (state !== 'full') return MOVED_STRENGTH;
  return Math.abs(last - first) < CHRONIC_POINTS ? CHRONIC_STRENGTH : REACHED_STRENGTH;
}
