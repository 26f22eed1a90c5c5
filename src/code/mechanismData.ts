import { changedLines, codeOf, hasAny, moreOf, replacementLine } from './changedLines';
import type { MechanismHit } from './mechanism';
import type { DiffHunk, DiffLine } from './unifiedDiff';

const LIMIT = /\blimit\b\s*[:(]?\s*(?:\d+|\$\d|\?|%s|:\w+)|\bTOP\s+\d+|\.(?:limit|take|first)\(|\bsetMaxResults\(/i;
const FILTER = /\bWHERE\b|\.where\(|\.filter\(|\bpage_?size\b|\bper_?page\b/i;

/** Queries that read more than before, and changes of the database itself. */
export function findQueries(hunk: DiffHunk, path: string): MechanismHit[] {
  const [removed, added] = [changedLines(hunk, 'removed'), changedLines(hunk, 'added')];
  const hits: MechanismHit[] = [];
  const limit = removed.find((line) => LIMIT.test(codeOf(line)));
  if (limit !== undefined && !hasAny(added, LIMIT))
    hits.push({
      kind: 'query_widened',
      line: replacementLine(hunk, limit),
      weight: 0.7,
      reason: 'a limit on the number of rows was removed',
    });
  const filter = moreOf(removed, added, FILTER);
  if (filter !== null && !hasAny(added, FILTER) && hasAny(added, /\bselect\b|\.(?:all|find|findAll|query)\(/i))
    hits.push({ kind: 'query_widened', line: replacementLine(hunk, filter), weight: 0.55, reason: 'a condition on the rows was removed' });
  if (!/(?:^|[/._-])down[./]/.test(path)) hits.push(...findSchema(added));
  return hits;
}

const DROPPED_INDEX = /\bdrop\s+index\b|\bremove_index\b|\bDropIndex\b|\bdropIndex\(/i;
const CHANGED_SCHEMA =
  /\bdrop\s+(?:table|column|view|constraint)\b|\brename\s+(?:column|to|table)\b|\balter\s+column\b|\bset\s+not\s+null\b|\bmodify\s+column\b|\b(?:remove|rename|change)_(?:column|table)\b|\b(?:Drop|Rename)(?:Column|Table)\b|\bdrop(?:Column|Table)\(/i;
const LOCKING_INDEX = /\bcreate\s+(?:unique\s+)?index\b(?!\s+concurrently)|\badd_index\b(?!.*concurrently)/i;

function findSchema(added: readonly DiffLine[]): MechanismHit[] {
  const first = (pattern: RegExp) => added.find((line) => pattern.test(codeOf(line)));
  const [index, schema, locking] = [first(DROPPED_INDEX), first(CHANGED_SCHEMA), first(LOCKING_INDEX)];
  const names = (line: DiffLine) => [...codeOf(line).matchAll(/[A-Za-z_]\w*_\w+|"(\w{4,})"/g)].map((match) => match[1] ?? match[0]);
  return [
    ...(index
      ? [{ kind: 'index_dropped' as const, line: index.newLine, weight: 0.7, reason: 'an index is dropped', names: names(index) }]
      : []),
    ...(schema
      ? [
          {
            kind: 'schema_changed' as const,
            line: schema.newLine,
            weight: 0.65,
            reason: 'a table or column is dropped or changed',
            names: names(schema),
          },
        ]
      : []),
    ...(locking
      ? [
          {
            // Writers wait while it is built, which shows as locks and timeouts; queries are none the slower for it afterwards.
            kind: 'schema_changed' as const,
            line: locking.newLine,
            weight: 0.5,
            reason: 'an index is built while the table is locked',
            names: names(locking),
          },
        ]
      : []),
  ];
}

const ENVIRONMENT =
  /(?:process\.env\.|process\.env\[["']|os\.environ(?:\.get\(|\[)["']|os\.getenv\(["']|os\.(?:Getenv|LookupEnv)\("|System\.getenv\("|ENV(?:\.fetch\(|\[)["']|Environment\.GetEnvironmentVariable\("|(?:must|require)\w*Env\w*\(["']|@Value\("\$\{|viper\.Get\w*\("|getProperty\(")([A-Za-z_][\w.-]{2,80})/g;

/** The program reads a variable or setting that it did not read before: where it runs, nobody may have set it. */
export function findEnvironment(hunk: DiffHunk): MechanismHit[] {
  const read = (lines: readonly DiffLine[]) =>
    lines.flatMap((line) => [...codeOf(line).matchAll(ENVIRONMENT)].map((match) => ({ name: match[1] ?? '', line })));
  const [old, now] = [read(changedLines(hunk, 'removed')), read(changedLines(hunk, 'added'))];
  const fresh = now.find(({ name, line }) => !old.some((other) => other.name === name) && (old.length > 0 || !hasDefault(codeOf(line))));
  if (fresh === undefined) return [];
  const reason = `it reads the setting ${fresh.name}${old[0] === undefined ? '' : ` instead of ${old[0].name}`}`;
  const names = [fresh.name, ...old.map(({ name }) => name)];
  return [{ kind: 'setting_renamed', line: fresh.line.newLine, weight: old.length > 0 ? 0.6 : 0.5, reason, names }];
}

const hasDefault = (text: string) => /\?\?|\|\||,\s*["'\d]|\borElse\b|:-|\bor\s+["'\d]/.test(text);

/** Repeats within repeats, which backtrack: `(a+)+`, `(\w*\s?)*`. */
const NESTED_REPEAT = /\([^()]{0,80}[+*][^()]{0,20}\)[+*{]/;

export function findPatterns(hunk: DiffHunk): MechanismHit[] {
  const line = moreOf(changedLines(hunk, 'added'), changedLines(hunk, 'removed'), NESTED_REPEAT);
  const isPattern = line !== null && /re\.|regex|RegExp|Pattern|\/[^/]{4,}\/|=~|match|r["']/i.test(codeOf(line));
  return isPattern
    ? [{ kind: 'regex_changed', line: line.newLine, weight: 0.7, reason: 'a pattern repeats within a repeat, which can take for ever' }]
    : [];
}

/** A permission, role or scope, as an item of a list or quoted within a line: `- roles/editor`, `["s3:GetObject", "s3:PutObject"]`. */
const GRANT = /(?:^\s*-?\s*|["'])((?:[a-z][\w-]*[:./])+[A-Za-z*][\w*.-]*)(?:["']|,?\s*$)/g;
const GRANTING = /actions?|permission|policy|statement|roles?|scopes?|grants?|allow|privileg|verbs|resources/i;

/** A permission was taken from a list of them, and none put in its place. */
export function findGrants(hunk: DiffHunk): MechanismHit[] {
  const isList = GRANTING.test(hunk.section) || hunk.lines.some((line) => GRANTING.test(codeOf(line)));
  if (!isList) return [];
  const old = grantsIn(changedLines(hunk, 'removed'));
  const now = new Set(grantsIn(changedLines(hunk, 'added')).map(({ name }) => name));
  const before = new Set(old.map(({ name }) => name));
  const gone = old.filter(({ name }) => !now.has(name));
  const [first] = gone;
  if (first === undefined || [...now].some((name) => !before.has(name))) return [];
  const names = gone.map(({ name }) => name).slice(0, MAX_GRANTS);
  const line = replacementLine(hunk, first.line);
  return [{ kind: 'access_changed', line, weight: 0.6, reason: `a permission was taken away (${names.join(', ')})`, names }];
}

const MAX_GRANTS = 5;

const grantsIn = (lines: readonly DiffLine[]) =>
  lines.flatMap((line) => [...codeOf(line).matchAll(GRANT)].map((match) => ({ name: match[1] ?? '', line })));

const HEADER = /header\w*[\s([.{:"']{1,4}.{0,20}?((?:X-)?[A-Z][a-z]+(?:-[A-Z][\w]*)*|authorization|cookie)\b/;

/** A header of requests is no longer set, or passed on: whoever reads it finds none. */
export function findHeaders(hunk: DiffHunk): MechanismHit[] {
  const nameIn = (line: DiffLine) => HEADER.exec(codeOf(line))?.[1]?.toLowerCase();
  const kept = new Set(hunk.lines.filter((line) => line.kind !== 'removed').map(nameIn));
  const gone = changedLines(hunk, 'removed').filter((line) => nameIn(line) !== undefined && !kept.has(nameIn(line)));
  const [first] = gone;
  if (first === undefined) return [];
  const names = gone.flatMap((line) => HEADER.exec(codeOf(line))?.[1] ?? []).slice(0, MAX_GRANTS);
  const reason = `a header is no longer passed on (${names.join(', ')})`;
  return [{ kind: 'field_renamed', line: replacementLine(hunk, first), weight: 0.5, reason, names }];
}
