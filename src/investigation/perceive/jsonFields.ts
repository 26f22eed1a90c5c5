import type { Json } from '../../domain/json';

type Fields = { readonly [key: string]: Json | undefined };

/** The fields of a JSON object; empty for anything else. */
export function fieldsOf(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listOf(value: Json | undefined): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** The first of several spellings that holds a text that is not empty; null without one. */
export function textOf(fields: Fields, ...names: readonly string[]): string | null {
  const found = names
    .map((name) => (Object.hasOwn(fields, name) ? fields[name] : undefined))
    .find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : null;
}

/** The first of several spellings that holds a finite number; null without one. */
export function numberOf(fields: Fields, ...names: readonly string[]): number | null {
  const found = names
    .map((name) => (Object.hasOwn(fields, name) ? fields[name] : undefined))
    .find((value) => typeof value === 'number' && Number.isFinite(value));
  return typeof found === 'number' ? found : null;
}

/** Whether it says yes, as a boolean or as Kubernetes' conditions do (`"True"`). */
export function isYes(value: Json | undefined): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
