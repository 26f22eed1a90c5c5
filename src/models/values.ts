/** Looks into JSON of which nothing is known; what is missing or of another type is null or empty. */

type JsonRecord = Readonly<Record<string, unknown>>;

export function recordIn(value: unknown, key?: string): JsonRecord {
  const found = key === undefined ? value : recordIn(value)[key];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as JsonRecord) : {};
}

export function arrayIn(value: unknown, key: string): readonly unknown[] {
  const found = recordIn(value)[key];
  return Array.isArray(found) ? found : [];
}

export function textIn(value: unknown, key: string): string | null {
  const found = recordIn(value)[key];
  return typeof found === 'string' ? found : null;
}

export function numberIn(value: unknown, key: string): number | null {
  const found = recordIn(value)[key];
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}
