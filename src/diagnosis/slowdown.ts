import type { Exoneration } from '../code/blame';
import type { MechanismKind } from '../code/mechanism';
import { EXPLAINS } from '../code/mechanismEffects';
import type { RankedSuspect } from '../code/suspectInput';
import { isGeneral, type SymptomKind } from '../code/symptomKinds';
import { type Resource, resourceOf } from '../signals/gauges/resource';
import { calleesOf, pathBetween } from '../signals/topology';
import { peerOf } from '../signals/traces/spanTags';
import type { SpanNode, Trace } from '../signals/traces/traceTree';
import type { Findings, MetricFinding } from './findings';

/** `seen`: telemetry shows the slowdown where such a change makes one; `elsewhere`: it shows it in another place. */
export type SlowdownFit = 'seen' | 'elsewhere' | 'unknown';

type Judged = Pick<RankedSuspect, 'mechanism' | 'explains' | 'evidenceClass' | 'isDirect'> & { readonly service: string | null };

/** Of the time that was added. */
const GOOD_PART = 0.25;
const MORE_CALLS = 1.2;
const PLAIN_SCORE = 1;

/** Changes after which one request makes more calls than before: what is traced shows them. */
const CALLS: ReadonlySet<MechanismKind> = new Set(['query_in_loop', 'retry_added']);
/** The same, where the work may as well be done by the service itself. */
const CALLS_OR_WORK: ReadonlySet<MechanismKind> = new Set(['call_added', 'cache_shortened', 'cache_removed', 'cache_key_changed']);
/** Changes that cost time in the service itself; all others may as well make slow what it calls. */
const WORK: ReadonlySet<MechanismKind> = new Set([
  'pool_shrunk',
  'blocking_call_added',
  'regex_changed',
  'log_volume_raised',
  'unbounded_growth',
  'scale_lowered',
]);

/** Whether a suspect rests on a mechanism that fits only because something is slow or fails, as it is after nearly every cause. */
export const isGeneralFit = ({ evidenceClass, isDirect, explains }: Omit<Judged, 'service'>): boolean =>
  evidenceClass === 'mechanism' && !isDirect && explains.every(isGeneral);

/** That the slowdown lies where this suspect's change does not make one; nothing where telemetry does not say so. */
export function slowdownElsewhere(suspect: Judged, findings: Findings): readonly Exoneration[] {
  if (!isGeneralFit(suspect) || slowdownFit(suspect, findings) !== 'elsewhere') return [];
  return [{ reason: 'the time that was added is spent elsewhere', evidence: findings.slow[0]?.evidence ?? null }];
}

/** Holds a change that slows down against the traces that were read whole, and against resources that run out further along the calls. */
export function slowdownFit({ mechanism, service }: Pick<Judged, 'mechanism' | 'service'>, findings: Findings): SlowdownFit {
  if (mechanism === null || service === null) return 'unknown';
  const traced = tracedFit(mechanism, service, findings);
  return traced === 'unknown' && isShortFurtherOn(mechanism, service, findings) ? 'elsewhere' : traced;
}

function tracedFit(mechanism: MechanismKind, service: string, findings: Findings): SlowdownFit {
  const { during, before, repeats } = findings;
  const isCalls = CALLS.has(mechanism);
  if ((isCalls || CALLS_OR_WORK.has(mechanism)) && repeats.some(({ call }) => call.service === service)) return 'seen';
  const [now, usual] = [callsPerSpan(during, service), callsPerSpan(before, service)];
  if (now === null || usual === null) return 'unknown';
  if ((isCalls || CALLS_OR_WORK.has(mechanism)) && now > MORE_CALLS * usual) return 'seen';
  // A service whose calls are traced would show those that were added.
  if (isCalls && now > 0) return 'elsewhere';
  const isOwn = isCalls || CALLS_OR_WORK.has(mechanism) || WORK.has(mechanism);
  return timeFit(isOwn ? [service] : [service, ...calleesOf(findings.graph, service)], findings);
}

/** Whether the services spend a good part of the time that was added. Where a service's calls were not read, nobody can say. */
function timeFit(services: readonly string[], { slow }: Findings): SlowdownFit {
  const added = slow.map(({ operation }) => ({ ...operation.during, addedMs: operation.addedSelfMs }));
  if (added.length === 0 || added.some((one) => !one.areCallsRead && one.spentBy === one.service)) return 'unknown';
  const sum = (some: readonly { readonly addedMs: number }[]) => some.reduce((total, { addedMs }) => total + addedMs, 0);
  return sum(added.filter(({ spentBy }) => services.includes(spentBy))) >= GOOD_PART * sum(added) ? 'seen' : 'elsewhere';
}

/** How many calls one request to a service makes on average; null where the service is not in the traces, or nothing but it. */
function callsPerSpan(traces: readonly Trace[], service: string): number | null {
  const whole = traces.filter(({ nodes }) => nodes.some((node) => node.children.length > 0));
  const own = whole.flatMap(({ nodes }) => nodes.filter(({ span }) => span.service === service));
  const requests = own.filter(({ parent }) => parent?.span.service !== service);
  return requests.length === 0 ? null : own.reduce((sum, node) => sum + callsOf(node), 0) / requests.length;
}

/** A call is a child of another service, or one that names its peer. */
function callsOf({ children, span }: SpanNode): number {
  return children.filter((child) => child.span.service !== span.service || peerOf(child.span) !== null).length;
}

const RESOURCES: Partial<Record<Resource, SymptomKind>> = { cpu: 'cpu', memory: 'memory', disk: 'disk', storage_io: 'disk' };

/** What a service calls, directly or through others, runs short of something that such a change does not use up. */
function isShortFurtherOn(mechanism: MechanismKind, service: string, { metrics, gauges, graph }: Findings): boolean {
  const isShort = (owner: string | null, resource: Resource | null) => {
    const kind = resource === null ? undefined : RESOURCES[resource];
    if (kind === undefined || owner === null || owner === service || EXPLAINS[mechanism].includes(kind)) return false;
    return pathBetween(graph, service, owner) !== null;
  };
  const isWorse = ({ change }: MetricFinding) => change.isHarmful && change.score >= PLAIN_SCORE;
  return (
    metrics.some((metric) => isWorse(metric) && isShort(metric.service, resourceOf(metric.change.series.metric))) ||
    gauges.some(({ state, service: owner, resource }) => (state === 'full' || state === 'risen') && isShort(owner, resource))
  );
}
