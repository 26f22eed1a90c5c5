/** Writes queries. Names come from telemetry, so whatever is not plainly a word is quoted. */

/** Events that one search reads at most. */
export const EVENT_LIMIT = 500;

const PLAIN = /^[A-Za-z0-9_][\w.-]*$/;

/** A value as the event search takes it: quoted and escaped unless it is a plain word. */
export function searchValue(value: string): string {
  return PLAIN.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&').replace(/[\r\n]+/g, ' ')}"`;
}

export function searchTerm(key: string, value: string): string {
  return `${key}:${searchValue(value)}`;
}

/** `key:(a OR b)`; `key:a` for one value. */
export function searchAny(key: string, values: readonly string[]): string {
  const [only] = values;
  return values.length === 1 && only !== undefined ? searchTerm(key, only) : `${key}:(${values.map(searchValue).join(' OR ')})`;
}

/** Terms joined; `*` where there is none. */
export function searchAll(...terms: readonly (string | null)[]): string {
  const given = terms.filter((term) => term !== null && term !== '');
  return given.length === 0 ? '*' : given.join(' ');
}

/** `avg:metric{env:prod} by {service}`. */
export function metricQuery(aggregator: string, metric: string, filters: readonly string[], by: readonly string[]): string {
  const scope = filters.length === 0 ? '*' : filters.join(',');
  return `${aggregator}:${metric}{${scope}}${by.length === 0 ? '' : ` by {${by.join(',')}}`}`;
}

/** What a tag's value in a metric query may hold; anything else would need quotes, which metric queries do not have. */
const PLAIN_TAG = /^[\p{L}\d_\-:./]{1,200}$/u;

/** Whether a tag's value can stand in a metric query. */
export function plainTag(value: string): boolean {
  return PLAIN_TAG.test(value);
}
