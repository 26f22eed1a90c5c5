import { DerivedText } from './derivedText';

const ESCAPE = '\u001b';
const BELL = '\u0007';
/** The longest hyperlink that a terminal sequence is read for. */
const MAX_COMMAND_CHARS = 4_096;

/** The text without terminal colours and hyperlinks; null when it has none. */
export function withoutColours(text: string): DerivedText | null {
  let at = text.indexOf(ESCAPE);
  if (at === -1) return null;
  const derived = new DerivedText(text);
  let from = 0;
  while (at !== -1) {
    derived.copy(from, at);
    from = sequenceEnd(text, at);
    at = text.indexOf(ESCAPE, from);
  }
  derived.copy(from, text.length);
  return derived;
}

/** Where the sequence that begins with an escape character at `at` ends. */
function sequenceEnd(text: string, at: number): number {
  const introducer = text[at + 1];
  if (introducer === '[') return controlEnd(text, at + 2);
  if (introducer === ']') return commandEnd(text, at + 2);
  return Math.min(text.length, at + (introducer === undefined || introducer === '\n' || introducer === ESCAPE ? 1 : 2));
}

/** Parameters, then one letter. A sequence that is cut off ends where it stops being one. */
function controlEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isParameter(text.charCodeAt(at))) at += 1;
  const code = text.charCodeAt(at);
  return code >= 0x40 && code <= 0x7e ? at + 1 : at;
}

const isParameter = (code: number) => code >= 0x20 && code <= 0x3f;

/** `ESC ] … BEL` or `ESC ] … ESC \`, as for hyperlinks. */
function commandEnd(text: string, from: number): number {
  const most = Math.min(text.length, from + MAX_COMMAND_CHARS);
  for (let at = from; at < most; at += 1) {
    if (text[at] === BELL) return at + 1;
    if (text[at] === ESCAPE) return text[at + 1] === '\\' ? at + 2 : at;
    if (text[at] === '\n') return at;
  }
  return from;
}
