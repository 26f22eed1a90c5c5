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

/** All that calls the service, directly or through others, nearest first; the service itself is not in it. */
export function upstreamOf(graph: CallGraph, service: string): readonly string[] {
  const seen = new Set([service]);
  const queue = [service];
  for (let at = queue.shift(); at !== undefined; at = queue.shift())
    for (const caller of callersOf(graph, at)) {
      if (seen.has(caller)) continue;
      seen.add(caller);
      queue.push(caller);
    }
  seen.delete(service);
  return [...seen];
}

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
