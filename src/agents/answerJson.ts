import type { Json } from '../domain/json';

/** Longer answers are read up to here. */
const MAX_CHARACTERS = 200_000;
const CLOSERS = ['</think>', '</thinking>', '</thought>', '</reasoning>'] as const;
const OPENER = /^\s*<(think|thinking|thought|reasoning)>/i;

export type JsonObject = { readonly [key: string]: Json | undefined };

/**
 * The first whole JSON object in what a model wrote: around it may be prose, a fence of code, or a block of thoughts. What a
 * model thought is never taken for its answer when something follows. Null where there is none. Linear in the length.
 */
export function answerJson(text: string): JsonObject | null {
  const bounded = text.slice(0, MAX_CHARACTERS);
  const spoken = afterThoughts(bounded);
  return firstObject(spoken) ?? (OPENER.test(bounded) ? null : firstObject(bounded));
}

/** What follows the last block of thoughts; nothing where a block that opens the text never ends. */
function afterThoughts(text: string): string {
  const lower = text.toLowerCase();
  const end = Math.max(
    ...CLOSERS.map((closer) => {
      const at = lower.lastIndexOf(closer);
      return at < 0 ? -1 : at + closer.length;
    }),
  );
  if (end >= 0) return text.slice(end);
  return OPENER.test(text) ? '' : text;
}

function firstObject(text: string): JsonObject | null {
  for (const [start, end] of balancedSpans(text)) {
    const value = parsed(text.slice(start, end));
    if (value !== null) return value;
  }
  return null;
}

function parsed(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

/**
 * The outermost `{…}` of a text as [start, end), in order. Braces in JSON strings do not count. One pass with a stack, so that an
 * opening brace in prose that never closes costs nothing but itself.
 */
export function balancedSpans(text: string): readonly (readonly [number, number])[] {
  const open: number[] = [];
  let spans: (readonly [number, number])[] = [];
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (isString) {
      if (character === 0x5c) at++;
      else if (character === 0x22) isString = false;
    } else if (character === 0x22 && open.length > 0) isString = true;
    else if (character === 0x7b) open.push(at);
    else if (character === 0x7d) {
      const start = open.pop();
      if (start === undefined) continue;
      spans = withoutInner(spans, start);
      spans.push([start, at + 1]);
    }
  }
  return spans;
}

/** Takes away the spans at the end that a new one contains; each is pushed and taken away once at most. */
function withoutInner(spans: (readonly [number, number])[], start: number): (readonly [number, number])[] {
  while ((spans.at(-1)?.[0] ?? -1) > start) spans.pop();
  return spans;
}
