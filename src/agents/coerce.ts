import type { Json } from '../domain/json';
import type { JsonObject } from './answerJson';
import { clipSentences } from './clip';

/** The part of JSON schema that the agents use. */
export interface AnswerSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, AnswerSchema>>;
  readonly items?: AnswerSchema;
  readonly enum?: readonly string[];
  readonly maxItems?: number;
  readonly maxLength?: number;
}

/**
 * Brings an answer into the shape of a schema where that needs no guessing: texts are trimmed and clamped, lists cut, ids that do
 * not exist and properties that nobody asked for dropped, `[e3]` read as `E3`, a lone value read as a list of one. What it cannot
 * mend stays as it is, for the validation to name. Returns undefined for what has to be dropped. Leaves valid answers as they are.
 */
export function coerce(value: Json | undefined, schema: AnswerSchema): Json | undefined {
  if (schema.enum) return choice(value, schema.enum);
  if (schema.type === 'object') return object(value, schema.properties ?? {});
  if (schema.type === 'array') return list(value, schema);
  return schema.type === 'string' ? words(value, schema.maxLength ?? Number.POSITIVE_INFINITY) : value;
}

const simplified = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

function choice(value: Json | undefined, options: readonly string[]): string | undefined {
  const said = isObject(value) ? value.id : value;
  if (typeof said !== 'string') return undefined;
  if (options.includes(said)) return said;
  const simple = simplified(said);
  return simple === '' ? undefined : options.find((option) => simplified(option) === simple);
}

function object(value: Json | undefined, properties: Readonly<Record<string, AnswerSchema>>): Json | undefined {
  const given = Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value;
  if (!isObject(given)) return undefined;
  const bySimpleName = new Map(Object.entries(given).map(([name, item]) => [simplified(name), item]));
  const entries = Object.entries(properties).map(([name, schema]) => {
    const found = Object.hasOwn(given, name) ? given[name] : bySimpleName.get(simplified(name));
    return [name, coerce(found, schema)] as const;
  });
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

function list(value: Json | undefined, { items = {}, maxItems = Number.POSITIVE_INFINITY }: AnswerSchema): Json {
  const given = Array.isArray(value) ? (value as readonly Json[]) : value === undefined || value === null ? [] : [value];
  const kept = given.map((item) => coerce(item, items)).filter((item) => item !== undefined);
  return (items.enum ? [...new Set(kept)] : kept).slice(0, maxItems);
}

function words(value: Json | undefined, maxLength: number): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? clipSentences(value.trim(), maxLength) : undefined;
}
