import type { Json } from '../domain/json';

/** Text, or null for anything else and for the empty text. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The fields of a plain object; none for anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A free-form map of an answer as JSON fields; none when it is not an object. */
export function jsonFields(value: unknown): Readonly<Record<string, Json>> {
  return fieldsOf(value) as Record<string, Json>;
}

/** Milliseconds of a date that the client parsed, or null for a date that it could not read. */
export function millisOf(date: Date | undefined): number | null {
  const millis = date === undefined ? Number.NaN : date.getTime();
  return Number.isNaN(millis) ? null : millis;
}

/** The same with the digits below a millisecond, which the client keeps only in the text that was sent. */
export function exactMillisOf(date: (Date & { readonly originalDate?: string }) | undefined): number | null {
  const millis = millisOf(date);
  const below = /\.\d{3}(\d+)/.exec(date?.originalDate ?? '')?.[1];
  return millis === null || below === undefined ? millis : millis + Number(`0.${below}`);
}

/** Leaves of nested objects under their dotted path: `{http: {route: "/"}}` gives `http.route`. Lists count as leaves. */
export function* flattened(value: unknown, path = ''): Generator<readonly [path: string, leaf: unknown]> {
  for (const [key, item] of Object.entries(fieldsOf(value))) {
    const itemPath = path === '' ? key : `${path}.${key}`;
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) yield* flattened(item, itemPath);
    else yield [itemPath, item];
  }
}
