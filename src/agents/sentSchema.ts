import type { Json } from '../domain/json';
import type { AgentRedaction } from './agent';
import type { AnswerSchema } from './coerce';

/** Grammars of models do not hold lengths of texts, and some servers refuse a schema that names them. */
const NOT_SENT = new Set(['$schema', 'minLength', 'maxLength']);

/** The schema as a model gets it: without what grammars cannot hold, and with its options redacted like the text around it. */
export function redactedSchema(schema: AnswerSchema & Json, redaction: AgentRedaction | null): Json {
  return sent(schema, redaction);
}

function sent(value: Json, redaction: AgentRedaction | null, name = ''): Json {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.map((item) => (name === 'enum' && typeof item === 'string' && redaction ? redaction.redact(item) : sent(item, redaction)));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, item]) => !NOT_SENT.has(key) && item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, sent(item as Json, redaction, key)]));
}

/** Puts back in every text of an answer what was redacted. */
export function restored<T extends Json>(value: T, redaction: AgentRedaction | null): T {
  return redaction === null ? value : (restore(value, redaction) as T);
}

function restore(value: Json | undefined, redaction: AgentRedaction): Json | undefined {
  if (typeof value === 'string') return redaction.restore(value);
  if (Array.isArray(value)) return value.map((item) => restore(item as Json, redaction) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restore(item, redaction)]));
}
