import type { ModelRequest } from '../domain/languageModel';

/** Characters that make a token: about four in English prose, fewer in JSON, identifiers and numbers, of which prompts are full. */
const CHARACTERS_PER_TOKEN = 3.5;
/** Letters of other scripts are a token each in most vocabularies. */
const WIDE = /[\u0250-\uffff]/g;

/** How many tokens a text is, estimated without knowing the vocabulary; tends to say too many rather than too few. */
export function estimateTokens(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0;
  return Math.ceil((text.length - wide) / CHARACTERS_PER_TOKEN + wide);
}

/** The tokens of a request: its texts and its schema, which every provider puts into the prompt in one form or another. */
export function estimateRequest({ system, messages, schema }: ModelRequest): number {
  return estimateTokens([system, JSON.stringify(schema), ...messages.map(({ content }) => content)].join('\n'));
}
