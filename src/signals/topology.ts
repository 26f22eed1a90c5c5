/** caller → callees. */
export type CallGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** Joins edge lists into one graph; a service that calls itself is left out. */
export function callGraph(...sources: readonly Readonly<Record<string, readonly string[]>>[]): CallGraph {
  const graph = new Map<string, Set<string>>();
  for (const source of sources)
    for (const [caller, callees] of Object.entries(source))
      for (const callee of callees) {
        if (caller === callee) continue;
        const known = graph.get(caller) ?? new Set<string>();
        graph.set(caller, known.add(callee));
      }
  return graph;
}

export function calleesOf(graph: CallGraph, service: string): readonly string[] {
  return [...(graph.get(service) ?? [])];
}

export function callersOf(graph: CallGraph, service: string): readonly string[] {
  return [...graph].filter(([, callees]) => callees.has(service)).map(([caller]) => caller);
}

/** callee → callers. */
function reversed(graph: CallGraph): ReadonlyMap<string, readonly string[]> {
  const callers = new Map<string, string[]>();
  for (const [caller, callees] of graph)
    for (const callee of callees) {
      const known = callers.get(callee);
      if (known) known.push(caller);
      else callers.set(callee, [caller]);
    }
  return callers;
}

/** Calls between each service and the nearest of some, along edges; cycles are walked once. */
function distancesAlong(edges: ReadonlyMap<string, Iterable<string>>, from: readonly string[]): ReadonlyMap<string, number> {
  const distances = new Map(from.map((service) => [service, 0]));
  const queue = [...distances.keys()];
  for (let at = 0; at < queue.length; at++) {
    const service = queue[at] as string;
    for (const next of edges.get(service) ?? []) {
      if (distances.has(next)) continue;
      distances.set(next, (distances.get(service) ?? 0) + 1);
      queue.push(next);
    }
  }
  return distances;
}

/** All that calls the service, directly or through others, nearest first; the service itself is not in it. */
export function upstreamOf(graph: CallGraph, service: string): readonly string[] {
  return [...distancesAlong(reversed(graph), [service]).keys()].slice(1);
}

/** All that the service calls, directly or through others, nearest first; the service itself is not in it. */
export function downstreamOf(graph: CallGraph, service: string): readonly string[] {
  return [...distancesAlong(graph, [service]).keys()].slice(1);
}

/**
 * How many calls lie between a user and each service: 0 for the entries given or, without any, for services that nobody calls.
 * Services that no entry leads to are left out.
 */
export function distancesToEdge(graph: CallGraph, entries: readonly string[] = []): ReadonlyMap<string, number> {
  const called = reversed(graph);
  return distancesAlong(graph, entries.length > 0 ? entries : [...graph.keys()].filter((service) => !called.has(service)));
}

/** A service that suffers when another one does. */
export interface Affected {
  readonly service: string;
  /** Share of its requests that pass through the troubled service, 0..1, taking calls to be independent of each other. */
  readonly share: number;
  /** Calls between the two. */
  readonly distance: number;
}

const MAX_ROUNDS = 100;
const SETTLED = 1e-6;
const NOTHING = 1e-3;

/**
 * Whom trouble of a service reaches: every caller upstream with the share of its requests that pass through it, which for a caller
 * is 1 − Π(1 − share of the call × share of the callee) over its calls. Cycles are followed until the shares stand still.
 */
export function blastRadius(
  graph: CallGraph,
  service: string,
  shareOf: (caller: string, callee: string) => number = () => 1,
): readonly Affected[] {
  const distances = distancesAlong(reversed(graph), [service]);
  const shares = new Map([[service, 1]]);
  const callers = [...distances.keys()].slice(1);
  for (let round = 0, change = 1; round < MAX_ROUNDS && change > SETTLED; round++) {
    change = 0;
    for (const caller of callers) {
      let spared = 1;
      for (const callee of graph.get(caller) ?? []) spared *= 1 - clampShare(shareOf(caller, callee)) * (shares.get(callee) ?? 0);
      change = Math.max(change, Math.abs(1 - spared - (shares.get(caller) ?? 0)));
      shares.set(caller, 1 - spared);
    }
  }
  return callers
    .map((caller) => ({ service: caller, share: shares.get(caller) ?? 0, distance: distances.get(caller) ?? 0 }))
    .filter(({ share }) => share > NOTHING)
    .sort((a, b) => b.share - a.share || a.distance - b.distance);
}

const clampShare = (share: number) => (Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0);

/** The services on a shortest call path, both ends included; null when there is none. */
export function pathBetween(graph: CallGraph, from: string, to: string): readonly string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const queue = [from];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (at === to) return trail(cameFrom, to);
    for (const callee of calleesOf(graph, at)) {
      if (cameFrom.has(callee)) continue;
      cameFrom.set(callee, at);
      queue.push(callee);
    }
  }
  return null;
}

function trail(cameFrom: ReadonlyMap<string, string | null>, to: string): string[] {
  const path: string[] = [];
  for (let at: string | null | undefined = to; at !== null && at !== undefined; at = cameFrom.get(at)) path.unshift(at);
  return path;
}

/**
 * The failing service that no failing callee explains: walks from `from` along callees that fail, worst first, as deep as
 * it goes. Cycles end the walk. Returns `from` itself when none of its callees fails.
 */
export function deepestFailing(graph: CallGraph, from: string, failing: ReadonlyMap<string, number>): readonly string[] {
  const path = [from];
  for (let at: string | undefined = from; at !== undefined; ) {
    const next: string | undefined = calleesOf(graph, at)
      .filter((callee) => failing.has(callee) && !path.includes(callee))
      .sort((a, b) => (failing.get(b) ?? 0) - (failing.get(a) ?? 0))[0];
    if (next !== undefined) path.push(next);
    at = next;
  }
  return path;
}
