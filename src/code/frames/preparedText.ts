import { withoutColours } from './ansiColours';
import type { DerivedText } from './derivedText';
import { withEscapedLines } from './jsonEscapes';

/** How deep JSON may be nested in strings of JSON: a logger's line in a container's log in a copy. */
const MAX_ESCAPE_DEPTH = 3;

/** A text as parsers read it, and where its characters stand in the text that was given. */
export interface PreparedText {
  readonly text: string;
  originOf(offset: number): number;
}

const same = (offset: number) => offset;

/** Writes out the lines of JSON strings and removes terminal colours. Takes time linear in the text. */
export function prepareText(text: string): PreparedText {
  const steps: DerivedText[] = [];
  let current = text;
  for (let depth = 0; depth < MAX_ESCAPE_DEPTH; depth += 1) {
    const step = withEscapedLines(current);
    if (step === null) break;
    steps.push(step);
    current = step.text();
  }
  const step = withoutColours(current);
  if (step !== null) {
    steps.push(step);
    current = step.text();
  }
  const originOf = steps.length === 0 ? same : (offset: number) => steps.reduceRight((place, step) => step.originOf(place), offset);
  return { text: current, originOf };
}
