import type { MechanismHit } from './mechanism';
import type { DiffHunk, DiffLine } from './unifiedDiff';

const NAME = String.raw`([A-Za-z_$][\w$]{0,60}(?:\.[A-Za-z_$][\w$]{0,60}){0,6})`;

/** How languages ask whether a value is there, with the value as the first group. */
const GUARDS: readonly RegExp[] = [
  new RegExp(`${NAME}\\s*[!=]==?\\s*(?:null|undefined|nil|None)\\b`, 'g'),
  new RegExp(`${NAME}\\s+is\\s+(?:not\\s+)?None\\b`, 'g'),
  new RegExp(`\\bif\\s*\\(?\\s*!\\s*${NAME}\\s*(?:\\)|\\|\\||&&|\\{)`, 'g'),
  new RegExp(`\\bif\\s+(?:not\\s+)?${NAME}:`, 'g'),
  new RegExp(`\\bif\\s*\\(\\s*${NAME}\\s*(?:\\)|&&)`, 'g'),
  new RegExp(`${NAME}\\s*&&\\s*`, 'g'),
  new RegExp(`${NAME}\\?\\.`, 'g'),
];

/** Values that name an error: asking for them handles a failure, and guards nothing. */
const ERROR_NAMES = new Set(['err', 'error', 'e', 'ex', 'exc']);

/** A test for a missing value was removed while a member of the value is still read without one. */
export function findGuards(hunk: DiffHunk): MechanismHit[] {
  const now = hunk.lines.filter((line) => line.kind !== 'removed');
  const stillGuarded = new Set(now.flatMap((line) => guardedIn(line.text)));
  for (const line of hunk.lines) {
    if (line.kind !== 'removed') continue;
    for (const value of guardedIn(line.text)) {
      if (stillGuarded.has(value) || ERROR_NAMES.has(value)) continue;
      const user = readerOf(value, now);
      if (user === null) continue;
      return [
        {
          kind: 'null_check_dropped',
          line: user.newLine,
          symptom: 'errors',
          weight: 0.65,
          reason: `the check that ${value} exists was removed`,
        },
      ];
    }
  }
  return [];
}

function guardedIn(text: string): string[] {
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
