import type { Culprit } from '../domain/hypothesis';
import type { MetricKind } from '../signals/metricKind';
import { calleesOf, callersOf, pathBetween, upstreamOf } from '../signals/topology';
import type { Findings, MetricFinding } from './findings';

/** How much each kind of sign says that a service is where it began, not merely where it shows. */
const FAILS_FIRST = 0.9;
const SLOWER_ITSELF = 0.75;
const REPEATS_CALLS = 0.8;
const METRIC = 0.7;
const SYMPTOM_METRIC = 0.5;
const LOAD_METRIC = 0.1;
const MOVES_TOGETHER = 0.6;
/** Two series of one service that correlate like this are one series. */
const SAME_SERIES = 0.98;
const SEEN_BY_CALLERS: ReadonlySet<MetricKind> = new Set(['latency', 'errors', 'availability']);
const ON_PATH = 0.2;
const ALERTING = 0.15;
/** A caller that suffers while its callee does too suffers because of it. */
const EXPLAINED_BY_CALLEE = 0.4;

/**
 * Every service with how likely the trouble began there, best first: signs combine as independent chances
 * (1 − Π(1 − p)). Ties go to the alerting service, then by name, so that the ranking is stable.
 */
export function rankCulprits(findings: Findings): readonly Culprit[] {
  const scores = new Map<string, number>();
  const add = (service: string | null, chance: number) => {
    if (service === null || !(chance > 0)) return;
    scores.set(service, 1 - (1 - (scores.get(service) ?? 0)) * (1 - Math.min(chance, 0.99)));
  };
  for (const service of ownServices(findings)) scores.set(service, 0);
  const own = findings.failures.filter((failure) => !isEcho(failure.service, findings));
  const errors = own.reduce((sum, failure) => sum + failure.count, 0);
  for (const { service, count } of own) add(service, FAILS_FIRST * (count / errors));
  const added = findings.slow.reduce((sum, { operation }) => sum + operation.addedSelfMs, 0);
  for (const { operation } of findings.slow) {
    const { service, spentBy } = operation.during;
    add(scores.has(spentBy) ? spentBy : service, SLOWER_ITSELF * (operation.addedSelfMs / added));
  }
  for (const { call } of findings.repeats) add(call.service, REPEATS_CALLS);
  for (const [service, chance] of metricChances(findings)) add(service, chance);
  findings.path.forEach((service, depth) => {
    add(service, ON_PATH * ((depth + 1) / findings.path.length));
  });
  add(findings.alerting, ALERTING);
  return [...scores]
    .map(([service, score]) => ({ service, score: Math.round(score * 1000) / 1000 }))
    .sort(
      (a, b) =>
        b.score - a.score ||
        Number(b.service === findings.alerting) - Number(a.service === findings.alerting) ||
        (a.service < b.service ? -1 : 1),
    );
}

/** Whether a failing service calls, directly or through others, another one that fails: then it passes the failure on. */
export function isEcho(service: string, { graph, failures }: Findings): boolean {
  return failures.some(
    (other) =>
      other.service !== service &&
      upstreamOf(graph, other.service).includes(service) &&
      !upstreamOf(graph, service).includes(other.service),
  );
}

/** All services that any fact names. */
export function knownServices(findings: Findings): ReadonlySet<string> {
  return new Set([...telling(findings), ...[...findings.graph].flatMap(([caller, callees]) => [caller, ...callees])]);
}

/**
 * Known services less the hosts outside: a name with a dot that is only ever called and tells nothing of itself. Datadog draws
 * such a peer into the map of services too (an inferred service).
 */
export function ownServices(findings: Findings): ReadonlySet<string> {
  const own = new Set([...telling(findings), ...findings.graph.keys()]);
  return new Set([...knownServices(findings)].filter((service) => own.has(service) || !service.includes('.')));
}

/** Services that telemetry comes from. */
function telling(findings: Findings): readonly string[] {
  const spans = [...findings.during, ...findings.before].flatMap((trace) => trace.nodes.map((node) => node.span.service));
  const measured = findings.metrics.flatMap(({ service }) => (service === null ? [] : [service]));
  const told = [...findings.failures, ...findings.templates].map(({ service }) => service);
  return [...(findings.alerting === null ? [] : [findings.alerting]), ...measured, ...spans, ...told];
}

/** The best of each service's metrics: how plainly it got worse, and whether it moves with what alerts. */
function metricChances(findings: Findings): ReadonlyMap<string, number> {
  const troubled = troubledServices(findings);
  const chances = new Map<string, number>();
  for (const metric of findings.metrics) {
    const { service, change, correlation } = metric;
    if (service === null) continue;
    const isAlertItself = service === findings.alerting && Math.abs(correlation) > SAME_SERIES;
    const together = isAlertItself ? 0 : MOVES_TOGETHER * correlation ** 2 * Math.min(1, change.score);
    const worse = change.isHarmful ? weightOf(metric) * (change.score / (change.score + 2)) : 0;
    const isExplained = SEEN_BY_CALLERS.has(change.kind) && calleesOf(findings.graph, service).some((callee) => troubled.has(callee));
    const chance = Math.max(worse, together) * (isExplained ? EXPLAINED_BY_CALLEE : 1);
    chances.set(service, Math.max(chances.get(service) ?? 0, chance));
  }
  return chances;
}

/** Services with a sign of trouble that their callers would see as well. */
function troubledServices({ metrics, failures, slow }: Findings): ReadonlySet<string> {
  const measured = metrics.filter(({ change }) => change.isHarmful && change.score >= 1 && weightOf({ change }) >= SYMPTOM_METRIC);
  return new Set([
    ...measured.flatMap(({ service }) => (service === null ? [] : [service])),
    ...failures.map(({ service }) => service),
    ...slow.map(({ operation }) => operation.during.spentBy),
  ]);
}

/** A service's own resources say more than what its callers also see; how much it is called says little. */
function weightOf({ change }: Pick<MetricFinding, 'change'>): number {
  if (change.kind === 'saturation') return METRIC;
  return SEEN_BY_CALLERS.has(change.kind) ? SYMPTOM_METRIC : LOAD_METRIC;
}

/** Whether calls lead from the alerting service to this one; null where the graph knows neither. */
export function isReachable({ graph, alerting }: Findings, service: string | null): boolean | null {
  if (service === null || alerting === null) return null;
  if (service === alerting) return true;
  const isKnown = (name: string) => calleesOf(graph, name).length > 0 || callersOf(graph, name).length > 0;
  if (!isKnown(alerting) || !isKnown(service)) return null;
  return pathBetween(graph, alerting, service) !== null;
}
