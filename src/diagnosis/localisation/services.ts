import { calleesOf } from '../../signals/topology';
import type { Findings } from '../findings';

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

/** Whether a service is known by what its callers measure alone: a host name that calls nobody and that no span or log comes from. */
export function isSeenFromOutside(service: string, { graph, alerting }: Findings, told: ReadonlySet<string>): boolean {
  return HOST_NAME.test(service) && service !== alerting && calleesOf(graph, service).length === 0 && !told.has(service);
}

/** Dotted names of machines, as in a URL, or an address. */
const HOST_NAME = /^[\w-]+(\.[\w-]+)+/;

/** Whether calls lead from the alerting service to this one; null where the graph knows neither. */
export function isReachable({ graph, alerting }: Findings, service: string | null): boolean | null {
  if (service === null || alerting === null) return null;
  if (service === alerting) return true;
  const { known, reached } = reachOf(graph, alerting);
  if (!known.has(alerting) || !known.has(service)) return null;
  return reached.has(service);
}

interface Reach {
  readonly known: ReadonlySet<string>;
  readonly reached: ReadonlySet<string>;
}

/** Graphs do not change, and each is asked about many services. */
const reaches = new WeakMap<Findings['graph'], Map<string, Reach>>();

function reachOf(graph: Findings['graph'], from: string): Reach {
  const remembered = reaches.get(graph) ?? new Map<string, Reach>();
  reaches.set(graph, remembered);
  const found = remembered.get(from);
  if (found) return found;
  const known = new Set([...graph].flatMap(([caller, callees]) => (callees.size === 0 ? [] : [caller, ...callees])));
  const reached = new Set([from]);
  for (const service of reached) for (const callee of calleesOf(graph, service)) reached.add(callee);
  const reach = { known, reached };
  remembered.set(from, reach);
  return reach;
}
