import type { SentField } from '../domain/modelPrivacy';
import { plainText } from '../domain/plainText';
import { clipWords } from './clip';

/** A part of what a model is told. Texts from telemetry, commits, runbooks and people are data; what code concluded is not. */
export interface PromptSection {
  readonly title: string;
  readonly lines: readonly string[];
  readonly isData: boolean;
  /** Lines that go beyond are left out, and the model is told so. */
  readonly maxCharacters: number;
  /** What a person can forbid to send: the whole section, or each line by all that it quotes. What names neither is always sent. */
  readonly field?: SentField;
  readonly lineFields?: readonly (readonly SentField[])[];
  /** What of each line is sent where the line is not: it quotes nothing. Empty for nothing. */
  readonly bareLines?: readonly string[];
}

/** About 3,000 tokens with the schema and the instructions: a small context holds it together with the answer. */
export const MAX_PROMPT_CHARACTERS = 9000;
const MAX_LINE = 320;

/**
 * Fences data. Each of its lines begins with `| ` and none can break out of its line, so no text can end the fence; marks with
 * which chat templates tell roles apart are taken to pieces. `redact` sees each text before it is cut.
 */
export function promptText(sections: readonly PromptSection[], redact: (text: string) => string = (text) => text): string {
  let left = MAX_PROMPT_CHARACTERS;
  const parts: string[] = [];
  for (const { title, lines, isData, maxCharacters } of sections.filter((section) => section.lines.length > 0)) {
    const kept = within(lines, (line) => dataLine(line, redact), Math.min(maxCharacters, left));
    left -= kept.reduce((sum, line) => sum + line.length + 3, title.length);
    const omitted = kept.length < lines.length ? [`(${lines.length - kept.length} more left out)`] : [];
    const body = isData ? ['DATA BEGINS', ...kept.map((line) => `| ${line}`), 'DATA ENDS'] : kept.map((line) => `- ${line}`);
    parts.push([`## ${title}`, ...body, ...omitted].join('\n'));
  }
  return parts.join('\n\n');
}

/** The first lines that fit; the first always does. */
function within(lines: readonly string[], written: (line: string) => string, maxCharacters: number): readonly string[] {
  const kept: string[] = [];
  let used = 0;
  for (const line of lines) {
    const text = written(line);
    used += text.length + 3;
    if (used > maxCharacters && kept.length > 0) break;
    kept.push(text);
  }
  return kept;
}

/** Every character that any reader takes for the end of a line, or for a picture of one. */
const LINE_ENDS = /[\s\u0085\u2028\u2029\u240a-\u240d]+/g;
/** Role marks of the usual chat templates: `<|im_start|>`, `<｜User｜>`, `[INST]`, `<<SYS>>`, `<start_of_turn>`, `</s>`, `<think>`. */
const ROLE_MARKS = /<(?=[|｜])|<(?=\/?(?:s|think|thinking|tool_call|(?:start|end)_of_turn)>)|\[(?=\/?INST\])|<(?=<\/?SYS>>)/gi;

/** So much of a text is looked at; far more than is sent, so that what is cut off cannot have hidden half a secret. */
const MAX_READ = 20_000;

/**
 * Text from outside on one line that says what it said and does nothing. It is redacted before it is cut, so that no secret is cut
 * in two, and after characters without a shape are gone, so that none hides behind them.
 */
export function dataLine(text: string, redact: (text: string) => string = (same) => same): string {
  const safe = redact(plainText(text.slice(0, MAX_READ), MAX_READ));
  return clipWords(safe.replace(LINE_ENDS, ' ').trim().replace(ROLE_MARKS, '$& '), MAX_LINE);
}
