import { findLoops } from './mechanismLoops';
import { findSettings } from './mechanismSettings';
import type { DiffHunk, DiffLine, FileDiff } from './unifiedDiff';

export type MechanismKind =
  | 'query_in_loop'
  | 'query_widened'
  | 'index_dropped'
  | 'timeout_lowered'
  | 'pool_shrunk'
  | 'cache_shortened'
  | 'cache_removed'
  | 'retry_added'
  | 'retry_removed'
  | 'limit_lowered'
  | 'null_check_dropped'
  | 'throw_added'
  | 'blocking_call_added'
  | 'dependency_changed';

/** A change that is known to break or slow down programs, found in a diff. */
export interface Mechanism {
  readonly kind: MechanismKind;
  readonly path: string;
  /** 1-based line in the new file; null when the diff has no line numbers. */
  readonly line: number | null;
  /** For a person: what was changed. */
  readonly reason: string;
  /** What it shows as. */
  readonly symptom: 'errors' | 'latency' | 'both';
  /** 0..1: how often such a change does harm. */
  readonly weight: number;
  /** The function that the diff names around it. */
  readonly function: string | null;
}

/** What a detector says; path and function are added from where it looked. */
export type MechanismHit = Omit<Mechanism, 'path' | 'function'>;

/** Searches a parsed diff for mechanisms, strongest first. Works on text alone, for any language with usual words. */
export function findMechanisms(files: readonly FileDiff[]): Mechanism[] {
  const found = files.flatMap((file) => {
    const path = file.newPath ?? file.oldPath ?? '';
    return file.hunks.flatMap((hunk) =>
      hitsIn(hunk, path).map((hit): Mechanism => ({ ...hit, path, function: functionInHunk(hunk, hit.line) })),
    );
  });
  return found.sort((left, right) => right.weight - left.weight);
}

function hitsIn(hunk: DiffHunk, path: string): MechanismHit[] {
  return [
    ...findLoops(hunk),
    ...findSettings(hunk),
    ...findQueries(hunk, path),
    ...findGuards(hunk),
    ...findCalls(hunk),
    ...findDependencies(hunk, path),
  ];
}

export const changed = (hunk: DiffHunk, kind: 'added' | 'removed') => hunk.lines.filter((line) => line.kind === kind);

const hasAny = (lines: readonly DiffLine[], pattern: RegExp) => lines.some((line) => pattern.test(line.text));

/** Where to point for something that was removed: the first line put in its place, else the line that now follows. */
export function replacementLine(hunk: DiffHunk, removed: DiffLine): number | null {
  const at = hunk.lines.indexOf(removed);
  return hunk.lines.slice(at).find((line) => line.kind === 'added')?.newLine ?? removed.newLine;
}

const LIMIT = /\blimit\b\s*[:(]?\s*\d+|\bTOP\s+\d+|\.(?:limit|take)\(/i;

function findQueries(hunk: DiffHunk, path: string): MechanismHit[] {
  const hits: MechanismHit[] = [];
  const removed = changed(hunk, 'removed').find((line) => LIMIT.test(line.text));
  if (removed !== undefined && !hasAny(changed(hunk, 'added'), LIMIT)) {
    const line = replacementLine(hunk, removed);
    hits.push({ kind: 'query_widened', line, symptom: 'latency', weight: 0.7, reason: 'a limit on the number of rows was removed' });
  }
  const dropped = changed(hunk, 'added').find((line) => /\bdrop\s+(?:index|table|column|view)\b/i.test(line.text));
  if (dropped !== undefined && !/(?:^|\/)down[./]/.test(path)) {
    hits.push({ kind: 'index_dropped', line: dropped.newLine, symptom: 'both', weight: 0.7, reason: 'a database object is dropped' });
  }
  return hits;
}

const NULL_TEST = /(?:[!=]==?\s*(?:null|undefined|nil|None)\b|\bis (?:not )?None\b|\bif\s*\(?\s*!\s*[\w$.]+\s*\)?|\bif not [\w.]+:)/;
const DEFAULT = /\?\.|\?\?|\|\|\s*(?:\{\}|\[\]|''|""|0|null)|\.get\([^,()]+,[^()]+\)|\bor (?:\{\}|\[\]|'')/;

/** A test for a missing value, or a default for it, was there and is gone while the value is still used. */
function findGuards(hunk: DiffHunk): MechanismHit[] {
  const added = changed(hunk, 'added');
  for (const line of changed(hunk, 'removed')) {
    const isTest = NULL_TEST.test(line.text);
    if (!isTest && !DEFAULT.test(line.text)) continue;
    if (hasAny(added, NULL_TEST) || hasAny(added, DEFAULT)) continue;
    const guarded = namesIn(line.text);
    const user = hunk.lines.find((other) => other.kind !== 'removed' && uses(other.text, guarded));
    if (user === undefined || isErrorTest(line.text)) continue;
    const place = added.find((other) => uses(other.text, guarded)) ?? user;
    const what = isTest ? 'a check for a missing value was removed' : 'a default for a missing value was removed';
    return [{ kind: 'null_check_dropped', line: place.newLine, symptom: 'errors', weight: 0.6, reason: what }];
  }
  return [];
}

/** `if err != nil` handles an error that was returned; it guards no value. */
const isErrorTest = (text: string) => /\b(?:err|error|e)\b\s*[!=]=/.test(text);

const COMMON = new Set(
  'if else return const let var null undefined nil None not is this self true false await new function for of in get'.split(' '),
);

function namesIn(text: string): ReadonlySet<string> {
  return new Set((text.match(/[A-Za-z_$][\w$]*/g) ?? []).filter((name) => !COMMON.has(name)));
}

/** A member of one of the names is read, such as `resp.status`. */
function uses(text: string, names: ReadonlySet<string>): boolean {
  for (const match of text.matchAll(/([A-Za-z_$][\w$]*)\s*[.[]/g)) if (names.has(match[1] ?? '')) return true;
  return false;
}

const CACHE_READ =
  /\b(?:cache|cached|memo|memoize|lru_cache|redis)\b[\w$]*\s*[.(]|\w(?:Cache|Memo)\b[\w$]*[.(]|@(?:lru_cache|cached?|Cacheable)\b/i;
const BLOCKING = /\b(?:readFileSync|writeFileSync|execSync|spawnSync|pbkdf2Sync|scryptSync|hashSync|Thread\.sleep|time\.[sS]leep)\b/;
const THROWING = /\bthrow\s+new\b|\bthrow\s+\w|\braise\s+\w|\bpanic\(/;

function findCalls(hunk: DiffHunk): MechanismHit[] {
  const [added, removed] = [changed(hunk, 'added'), changed(hunk, 'removed')];
  const hits: MechanismHit[] = [];
  const cache = removed.find((line) => CACHE_READ.test(line.text));
  if (cache !== undefined && !hasAny(added, CACHE_READ)) {
    const line = replacementLine(hunk, cache);
    hits.push({ kind: 'cache_removed', line, symptom: 'latency', weight: 0.6, reason: 'the use of a cache was removed' });
  }
  const blocking = added.find((line) => BLOCKING.test(line.text));
  if (blocking !== undefined && !hasAny(removed, BLOCKING)) {
    hits.push({
      kind: 'blocking_call_added',
      line: blocking.newLine,
      symptom: 'latency',
      weight: 0.5,
      reason: 'a call that blocks was added',
    });
  }
  const thrown = added.find((line) => THROWING.test(line.text));
  if (thrown !== undefined && !hasAny(removed, THROWING)) {
    hits.push({ kind: 'throw_added', line: thrown.newLine, symptom: 'errors', weight: 0.3, reason: 'a new error is thrown' });
  }
  return hits;
}

const MANIFEST =
  /(?:^|\/)(?:package\.json|go\.mod|requirements[\w.-]*\.txt|pyproject\.toml|pom\.xml|build\.gradle(?:\.kts)?|Gemfile|Cargo\.toml)$/;

function findDependencies(hunk: DiffHunk, path: string): MechanismHit[] {
  if (!MANIFEST.test(path)) return [];
  const added = changed(hunk, 'added').find((line) => /\d+\.\d+/.test(line.text));
  if (added === undefined) return [];
  return [
    { kind: 'dependency_changed', line: added.newLine, symptom: 'both', weight: 0.15, reason: 'the version of a dependency changed' },
  ];
}

const DECLARATION =
  /\b(?:function\s*\*?|func(?:\s*\([^()]{0,80}\))?|def|fun)\s+([\w$]+)|\b(?:const|let|var)\s+([\w$]+)\s*=\s*(?:async\s*)?(?:\(|function\b|[\w$]+\s*=>)/;

/** The last declaration above a line within the hunk, else the one in the hunk's header. */
export function functionInHunk(hunk: DiffHunk, line: number | null): string | null {
  const above = hunk.lines.filter(
    (other) => other.kind !== 'removed' && (line === null || other.newLine === null || other.newLine <= line),
  );
  for (const other of line === null ? [] : above.reverse()) {
    const match = DECLARATION.exec(other.text.slice(0, 400));
    if (match !== null) return match[1] ?? match[2] ?? null;
  }
  const match = DECLARATION.exec(hunk.section.slice(0, 400));
  return match?.[1] ?? match?.[2] ?? null;
}
