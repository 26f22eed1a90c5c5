import type { MechanismHit } from './mechanism';
import type { DiffHunk, DiffLine } from './unifiedDiff';

/** A name with members; a match never begins in the middle of one, which keeps the search linear. */
const NAME = String.raw`(?<![\w$.])([A-Za-z_$][\w$]{0,60}(?:\.[A-Za-z_$][\w$]{0,60}){0,6})`;

/** How languages ask whether a value is there, with the value as the first group. */
const GUARDS: readonly RegExp[] = [
  new RegExp(`${NAME}(?:\\s*[!=]==?\\s*(?:null|undefined|nil|None)\\b|\\s+is\\s+(?:not\\s+)?None\\b|\\s*&&|\\?\\.)`, 'g'),
  new RegExp(`\\bif\\s*\\(?\\s*!\\s*${NAME}\\s*(?:\\)|\\|\\||&&|\\{)`, 'g'),
  new RegExp(`\\bif\\s+(?:not\\s+)?${NAME}:`, 'g'),
  new RegExp(`\\bif\\s*\\(\\s*${NAME}\\s*(?:\\)|&&)`, 'g'),
];

/** What every guard contains; most lines have none of it. */
const MAY_GUARD = /null|undefined|nil|None|&&|\?\.|\bif\b/;

/** Values that name an error: asking for them handles a failure, and guards nothing. */
const ERROR_NAMES = new Set(['err', 'error', 'e', 'ex', 'exc']);

/** Of a hunk that removes more of them, the first are looked for. */
const MAX_VALUES = 50;

/** A test for a missing value was removed while a member of the value is still read without one. */
export function findGuards(hunk: DiffHunk): MechanismHit[] {
  const gone = new Set(hunk.lines.flatMap((line) => (line.kind === 'removed' ? guardedIn(line.text) : [])));
  if (gone.size === 0) return [];
  const now = hunk.lines.filter((line) => line.kind !== 'removed');
  const stillGuarded = new Set(now.flatMap((line) => guardedIn(line.text)));
  for (const value of [...gone].slice(0, MAX_VALUES)) {
    if (stillGuarded.has(value) || ERROR_NAMES.has(value)) continue;
    const user = readerOf(value, now);
    if (user === null) continue;
    const reason = `the check that ${value} exists was removed`;
    return [{ kind: 'null_check_dropped', line: user.newLine, weight: 0.65, reason }];
  }
  return [];
}

function guardedIn(text: string): readonly string[] {
  if (!MAY_GUARD.test(text)) return [];
  const bounded = text.slice(0, 400);
  return GUARDS.flatMap((pattern) => [...bounded.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** The line that reads a member of the value; an added one before one that was there. */
function readerOf(value: string, lines: readonly DiffLine[]): DiffLine | null {
  const readers = lines.filter((line) => readsMember(line.text, value));
  return readers.find((line) => line.kind === 'added') ?? readers[0] ?? null;
}

function readsMember(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + value.length];
    if (!/[\w$.]/.test(before) && (after === '.' || after === '[')) return true;
  }
  return false;
}
