import type { MetricResult } from '../domain/ports';
import { planQueries } from './metricQuery';
import { refusalOf } from './session';

/** One call for all of the queries. */
type AskMetrics = (queries: readonly string[]) => Promise<MetricResult[]>;

/** Asks for several queries together; results are in the order of the queries. */
export type MetricBatch = (queries: readonly string[], ask: AskMetrics) => Promise<MetricResult[]>;

/**
 * Datadog refuses a call as a whole when it does not accept one of its queries. A batch that is refused is asked for again
 * without the queries that the refusal names, or where it names none in two halves: two more calls at most. What stays refused
 * has no series; a query that was refused by itself is left out of later batches. Rejects when nothing is left.
 */
export function createMetricBatch(): MetricBatch {
  const refused = new Set<string>();
  return async (queries, ask) => {
    const accepted = queries.filter((query) => !refused.has(query));
    const results = await askInParts(accepted.length === 0 ? queries : accepted, ask, refused);
    return queries.map((query) => results.find((result) => result.query === query) ?? { query, series: [] });
  };
}

async function askInParts(queries: readonly string[], ask: AskMetrics, refused: Set<string>): Promise<MetricResult[]> {
  try {
    return await ask(queries);
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === null) throw error;
    const answers = await Promise.all(partsAfter(reason, queries, refused).map((part) => unlessRefused(part, ask, refused)));
    const results = answers.flat();
    if (results.length === 0) throw error;
    return results;
  }
}

/** The results, or none when Datadog refuses this part too. */
async function unlessRefused(part: readonly string[], ask: AskMetrics, refused: Set<string>): Promise<MetricResult[]> {
  try {
    return await ask(part);
  } catch (error) {
    if (refusalOf(error) === null) throw error;
    const [only, second] = part;
    if (only !== undefined && second === undefined) refused.add(only);
    return [];
  }
}

/** What to ask for after a refusal. Queries that are known to be at fault are added to `refused`. */
function partsAfter(reason: string, queries: readonly string[], refused: Set<string>): (readonly string[])[] {
  const { faulty, suspect } = blamedBy(reason, queries);
  for (const query of faulty) refused.add(query);
  const others = queries.filter((query) => !faulty.includes(query) && !suspect.includes(query));
  const parts = [others, suspect].filter((part) => part.length > 0);
  if (faulty.length > 0 || parts.length > 1) return parts;
  const middle = Math.ceil(queries.length / 2);
  return [queries.slice(0, middle), queries.slice(middle)];
}

/** A refusal names the query at fault, or only its metric: then any query of that metric may be. One that names all of them tells nothing. */
function blamedBy(reason: string, queries: readonly string[]): { faulty: readonly string[]; suspect: readonly string[] } {
  if (queries.length === 1) return { faulty: queries, suspect: [] };
  const naming = (part: 'query' | 'metric') =>
    queries.filter((query) => planQueries([query]).leaves.some((leaf) => mentions(reason, leaf[part])));
  const faulty = naming('query');
  if (faulty.length > 0) return { faulty: faulty.length === queries.length ? [] : faulty, suspect: [] };
  return { faulty: [], suspect: naming('metric') };
}

/** Whole, and not as the beginning or the end of another name. */
function mentions(reason: string, name: string): boolean {
  for (let at = reason.indexOf(name); at >= 0; at = reason.indexOf(name, at + 1))
    if (!/[\w.]/.test(reason.charAt(at - 1)) && !/^\.?\w/.test(reason.slice(at + name.length))) return true;
  return false;
}
