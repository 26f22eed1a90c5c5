/** A text in the source that may be a message, and what of it does not change. */
export interface LogText {
  /** From 1. */
  readonly line: number;
  /** What stands between the placeholders, in order; none is empty. */
  readonly parts: readonly string[];
  /** Letters and digits in the parts. */
  readonly weight: number;
  /** Whether it is the argument of something that logs, prints or throws. */
  readonly isLogged: boolean;
}

const MAX_LINE_CHARS = 2_000;
const MAX_TEXTS = 5_000;
/** Shorter texts stand in too many messages. */
const MIN_WEIGHT = 8;

const PLACEHOLDER =
  /%\([\w.]{1,40}\)[sdrf]|%[-+# 0]{0,4}\d{0,4}(?:\.\d{1,3})?[a-zA-Z@]|\$\{[^{}]{0,200}\}|#\{[^{}]{0,200}\}|\{[^{}\s]{0,80}\}|\\\([^()]{0,100}\)|\$[A-Za-z_]\w{0,60}/g;
const LOGS =
  /\b(?:log|logger|logging|logf|slog|console|winston|pino|print|println|printf|fmt|error|errorf|warn|warning|info|debug|trace|fatal|critical|raise|throw|panic|fail|abort|exception|echo|puts|IO\.puts|Write|WriteLine|message)\b|Error\(|Exception\(/i;

/** Finds the texts of a file that could be messages. Takes time linear in the text. */
export function logTexts(text: string): LogText[] {
  const found: LogText[] = [];
  let previous = '';
  for (const [at, whole] of text.split('\n').entries()) {
    const line = whole.slice(0, MAX_LINE_CHARS);
    for (const literal of literalsOf(line)) {
      const parts = literal.split(PLACEHOLDER).filter((part) => part !== '');
      const weight = parts.reduce((sum, part) => sum + part.replace(/[^\p{L}\p{N}]/gu, '').length, 0);
      if (weight >= MIN_WEIGHT) found.push({ line: at + 1, parts, weight, isLogged: LOGS.test(line) || LOGS.test(previous) });
    }
    if (found.length >= MAX_TEXTS) return found;
    if (line.trim() !== '') previous = line;
  }
  return found;
}

/** What stands between quotes on a line, with the usual escapes resolved. */
function* literalsOf(line: string): Generator<string> {
  for (let at = 0; at < line.length; at += 1) {
    const quote = line[at];
    if (quote !== '"' && quote !== "'" && quote !== '`') continue;
    let end = at + 1;
    while (end < line.length && line[end] !== quote) end += line[end] === '\\' ? 2 : 1;
    if (end >= line.length) continue;
    yield line.slice(at + 1, end).replace(/\\([nrt"'`\\])/g, (_all, char: string) => ESCAPES[char] ?? char);
    at = end;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
