import type { Mechanism, MechanismHit } from './mechanism';
import { findGuards } from './mechanismGuards';
import { findLoops, type LoopContext, loopContext } from './mechanismLoops';
import { findSettings } from './mechanismSettings';
import type { DiffHunk, DiffLine, FileDiff } from './unifiedDiff';

/** Searches a parsed diff for mechanisms, strongest first. Works on text alone, for any language with usual words. */
export function findMechanisms(files: readonly FileDiff[]): Mechanism[] {
  const found = files.flatMap((file) => {
    const path = file.newPath ?? file.oldPath ?? '';
    const context = loopContext(file);
    return file.hunks.flatMap((hunk) =>
      hitsIn(hunk, path, context).map((hit): Mechanism => ({ ...hit, path, function: functionInHunk(hunk, hit.line) })),
    );
  });
  return found.sort((left, right) => right.weight - left.weight);
}

function hitsIn(hunk: DiffHunk, path: string, context: LoopContext): MechanismHit[] {
  return [
    ...findLoops(hunk, context),
    ...findSettings(hunk),
    ...findQueries(hunk, path),
    ...findGuards(hunk),
    ...findCalls(hunk),
    ...findDependencies(hunk, path),
  ];
}

const changed = (hunk: DiffHunk, kind: 'added' | 'removed') => hunk.lines.filter((line) => line.kind === kind);

const hasAny = (lines: readonly DiffLine[], pattern: RegExp) => lines.some((line) => pattern.test(line.text));

/** Where to point for something that was removed: the first line put in its place, else the line that now follows. */
function replacementLine(hunk: DiffHunk, removed: DiffLine): number | null {
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

/** The function that a line of code declares, or null. */
export function declaredName(text: string): string | null {
  const match = DECLARATION.exec(text.slice(0, 400));
  return match?.[1] ?? match?.[2] ?? null;
}

/** The last declaration above a line within the hunk, else the one in the hunk's header. */
export function functionInHunk(hunk: DiffHunk, line: number | null): string | null {
  if (line !== null) {
    const above = hunk.lines.filter((other) => other.kind !== 'removed' && (other.newLine === null || other.newLine <= line));
    const found = above.findLast((other) => declaredName(other.text) !== null);
    if (found !== undefined) return declaredName(found.text);
  }
  return declaredName(hunk.section);
}
