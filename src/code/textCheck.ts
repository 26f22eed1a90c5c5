import type { StackFrame } from '../domain/frame';
import { enclosingFunction } from './enclosingFunction';
import { isTellingName, symbolNames } from './symbolNames';

/** What a file's text says about whether a frame is in it. */
export interface TextEvidence {
  /** Added to the score of the path. */
  readonly weight: number;
  /** Parts of a sentence. */
  readonly said: readonly string[];
  /** The function around the line, as far as it can be told. */
  readonly around: string | null;
  /** Where the code that the runtime printed stands in this text: the same line, another one, or none; null when nothing was printed. */
  readonly printed: 'same' | 'elsewhere' | 'absent' | null;
  /** The line where it stands. */
  readonly line: number;
  /** Whether the text alone is nearly proof: the printed line, or a telling function around the line. */
  readonly isStrong: boolean;
}

const MAX_LINES_ABOVE = 400;
const MAX_LINE_CHARS = 400;

/** Holds a frame against the text of a file that it might be in. */
export function weighText(frame: StackFrame, text: string, path: string): TextEvidence {
  const lines = text.split('\n');
  const count = lines.length - (text.endsWith('\n') ? 1 : 0);
  const line = frame.line ?? 1;
  const printed = findPrinted(frame, lines, line);
  if (line > count && printed.where !== 'elsewhere') {
    return { weight: -0.4, said: ['but the file has fewer lines'], around: null, printed: printed.where, line, isStrong: false };
  }
  const around = enclosingFunction(text, printed.line, path);
  const findings = [weighPackage(frame, text, path), weighPrinted(printed), weighSymbol(frame, text, lines, printed.line, around)];
  return {
    weight: findings.reduce((sum, { weight }) => sum + weight, 0),
    said: findings.flatMap(({ said }) => (said === null ? [] : [said])),
    around,
    printed: printed.where,
    line: printed.line,
    isStrong: findings.some(({ isStrong }) => isStrong === true) && findings.every(({ weight }) => weight >= 0),
  };
}

interface Finding {
  readonly weight: number;
  readonly said: string | null;
  readonly isStrong?: boolean;
}

const NOTHING: Finding = { weight: 0, said: null };

interface Printed {
  readonly where: TextEvidence['printed'];
  readonly line: number;
}

/** Looks for the printed code at its line, else for the only other line that reads so. */
function findPrinted({ codeText }: StackFrame, lines: readonly string[], line: number): Printed {
  const wanted = codeText === undefined ? '' : plain(codeText);
  if (wanted.length < 4 || !/[\p{L}]/u.test(wanted)) return { where: null, line };
  if (plain(lines[line - 1] ?? '') === wanted) return { where: 'same', line };
  const found = lines.flatMap((text, at) => (plain(text) === wanted ? [at + 1] : []));
  const [only] = found;
  return only !== undefined && found.length === 1 && wanted.length >= 10 ? { where: 'elsewhere', line: only } : { where: 'absent', line };
}

const plain = (text: string) => text.slice(0, MAX_LINE_CHARS).trim().replace(/\s+/g, ' ');

function weighPrinted({ where }: Printed): Finding {
  if (where === null) return NOTHING;
  if (where === 'same') return { weight: 0.25, said: 'the line reads as in the trace', isStrong: true };
  if (where === 'elsewhere') return { weight: 0.1, said: 'the line of the trace stands elsewhere in it', isStrong: true };
  return { weight: -0.25, said: 'but the line reads differently in the trace' };
}

function weighSymbol(frame: StackFrame, text: string, lines: readonly string[], line: number, around: string | null): Finding {
  const { name } = symbolNames(frame.function);
  if (name === null) return NOTHING;
  // A path without folders was printed by a program that was started beside the file.
  const isTelling = isTellingName(name) || !/[\\/]/.test(frame.file ?? '/');
  if (around !== null && around.replace(/^#/, '') === name) {
    return { weight: 0.15, said: `the line is in the function ${name}`, isStrong: isTelling };
  }
  if (declaredAbove(lines, line, name)) return { weight: 0.1, said: `${name} stands above the line`, isStrong: isTelling };
  if (!hasWord(text, name)) return { weight: -0.15, said: `but there is no ${name} in it` };
  if (around !== null) return { weight: -0.15, said: `but the line is in the function ${around}` };
  return { weight: -0.05, said: `but ${name} does not stand above the line` };
}

const DECLARATION =
  /(?:^|[\s(])(?:def|defp|defmacro|fun|func|fn|function|sub|class|object|struct|module|interface|trait|enum|record|impl|init|macro_rules!)\s/;

/** Whether the line, or a line above that has the name, looks like its declaration. */
function declaredAbove(lines: readonly string[], line: number, name: string): boolean {
  const from = Math.min(line, lines.length);
  for (let at = from; at > 0 && at > from - MAX_LINES_ABOVE; at -= 1) if (declares(lines[at - 1] ?? '', name)) return true;
  return false;
}

/** The only line of a text that looks like the declaration of the function; null when there is none, or several. */
export function declarationLine(text: string, name: string): number | null {
  const found = text.split('\n').flatMap((line, at) => (declares(line, name) ? [at + 1] : []));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function declares(line: string, name: string): boolean {
  const text = line.slice(0, MAX_LINE_CHARS);
  const found = wordAt(text, name);
  if (found === -1) return false;
  const before = text.slice(0, found);
  if (DECLARATION.test(before)) return true;
  const after = text.slice(found + name.length).trimStart();
  // Java and its like put the type before the name, which no call does.
  const isTyped =
    /^\s*(?:[\w.<>[\],?@]+\s+){1,8}$/.test(before) &&
    !/\b(?:return|await|new|throw|else|yield|case|in|not|and|or|go|defer)\s+$/.test(before);
  const isMember = !/[.\w$]$/.test(before.trimEnd()) || isTyped;
  return isMember && (/^=(?!=)/.test(after) || after.startsWith(':') || (after.startsWith('(') && /[{:>]\s*$/.test(text)));
}

const hasWord = (text: string, word: string) => wordAt(text, word) !== -1;

/** Where a whole word stands. */
function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}_]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}_]/u.test(text[at + word.length] ?? ' ')) return at;
  }
  return -1;
}

/** Java and Kotlin name the package; where the file names another one, it is another class of that name. */
function weighPackage({ function: name }: StackFrame, text: string, path: string): Finding {
  if (name === null || !/\.(?:java|kt|kts|scala|groovy)$/.test(path)) return NOTHING;
  const wanted = packageOf(name);
  const declared = /^\s{0,20}package\s{1,20}([\w.`]{1,200})/m.exec(text.slice(0, 20_000))?.[1]?.replaceAll('`', '');
  if (wanted === null || declared === undefined) return NOTHING;
  return declared === wanted
    ? { weight: 0.25, said: `it is in the package ${declared}`, isStrong: true }
    : { weight: -0.5, said: `but it is in the package ${declared}` };
}

/** The package of `com.acme.shop.Pricing$Cart.discount`: what stands before the first name of a class. */
export function packageOf(method: string): string | null {
  const parts = method.slice(method.lastIndexOf('/') + 1).split('.');
  const classAt = parts.findIndex((part) => /^[\p{Lu}]/u.test(part));
  const folders = parts.slice(0, classAt === -1 ? Math.max(0, parts.length - 2) : classAt);
  return folders.length === 0 || !folders.every((part) => /^\w+$/.test(part)) ? null : folders.join('.');
}
