import type { Json } from '../../domain/json';
import type { LogEvent } from '../../domain/log';

/** A text attribute of a log, by path; dotted keys are found as well as nested ones. null where it is no text. */
export function logText(event: LogEvent, ...path: readonly string[]): string | null {
  const nested = path.reduce<Json | undefined>(
    (at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    event.attributes,
  );
  const dotted = path.join('.');
  const flat = Object.hasOwn(event.attributes, dotted) ? event.attributes[dotted] : undefined;
  const value = nested ?? flat;
  return typeof value === 'string' && value !== '' ? value : null;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
