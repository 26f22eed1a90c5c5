import type { ModelRequest } from '../domain/languageModel';

/** The system text with the schema in words, for servers that do not force an answer into it and for models that write better with it. */
export function systemWithSchema({ system, schema }: ModelRequest): string {
  return `${system}\n\nAnswer with one JSON value that fits this JSON schema, and with nothing else:\n${JSON.stringify(schema)}`;
}
