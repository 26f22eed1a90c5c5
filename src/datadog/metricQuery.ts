/** One plain query (`avg:system.cpu.user{host:a} by {host}.rollup(60)`) within an expression. */
export interface MetricLeaf {
  /** Name under which formulas refer to it. */
  readonly name: string;
  readonly metric: string;
  readonly query: string;
}

/** Queries taken apart as the v2 API wants them: plain queries on one side, a formula over their names for each on the other. */
export interface MetricPlan {
  readonly leaves: readonly MetricLeaf[];
  readonly formulas: readonly { readonly formula: string; readonly metric: string }[];
}

const LEAF_START = /\b[a-z][a-z0-9]*:([A-Za-z][\w.\-/]*)\{/y;
const GROUPING = /\s*by\s*\{[^}]*\}/y;
const FUNCTION = /\.[a-z_]+\([^()]*\)/y;

/** A plain query that occurs more than once is asked once. An expression's metric is its only metric, or the expression itself. */
export function planQueries(queries: readonly string[]): MetricPlan {
  const leaves = new Map<string, MetricLeaf>();
  const nameFor = (query: string, metric: string) => {
    const leaf = leaves.get(query) ?? { name: `q${leaves.size}`, metric, query };
    leaves.set(query, leaf);
    return leaf.name;
  };
  const formulas = queries.map((query) => {
    const { formula, metrics } = formulaOf(query.trim(), nameFor);
    return { formula, metric: metrics.size === 1 ? ([...metrics][0] ?? query) : query };
  });
  return { leaves: [...leaves.values()], formulas };
}

function formulaOf(query: string, nameFor: (leaf: string, metric: string) => string) {
  const metrics = new Set<string>();
  let formula = '';
  let position = 0;
  while (position < query.length) {
    const leaf = leafAt(query, position);
    if (leaf === null) {
      formula += query.charAt(position);
      position += 1;
      continue;
    }
    metrics.add(leaf.metric);
    formula += nameFor(leaf.text, leaf.metric);
    position += leaf.text.length;
  }
  // Something that holds no plain query is left to Datadog to refuse.
  return metrics.size === 0 ? { formula: nameFor(query, query), metrics: new Set([query]) } : { formula, metrics };
}

function leafAt(query: string, position: number): { text: string; metric: string } | null {
  const start = matchAt(LEAF_START, query, position);
  const close = start === null ? -1 : query.indexOf('}', position);
  if (start === null || close < 0) return null;
  let end = close + 1;
  end += matchAt(GROUPING, query, end)?.[0].length ?? 0;
  for (let next = matchAt(FUNCTION, query, end); next !== null; next = matchAt(FUNCTION, query, end)) end += next[0].length;
  return { text: query.slice(position, end), metric: start[1] ?? '' };
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}
