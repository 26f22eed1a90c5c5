import { changedLines, codeOf } from './changedLines';
import type { MechanismHit } from './mechanism';
import type { DiffHunk, DiffLine } from './unifiedDiff';

const MANIFEST =
  /(?:^|\/)(?:package\.json|go\.mod|requirements[\w.-]*\.txt|pyproject\.toml|setup\.py|Pipfile|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|Gemfile|Cargo\.toml|composer\.json|mix\.exs|Package\.swift|Chart\.yaml|[\w.-]*Dockerfile[\w.-]*|[\w.-]+\.csproj)$/;
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|go\.sum|Gemfile\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|Cargo\.lock|composer\.lock|packages\.lock\.json|mix\.lock)$/;
const GENERATED = /\.(?:min\.(?:js|css)|map|snap|pb\.go)$|_pb2(?:_grpc)?\.py$|(?:^|\/)(?:vendor|node_modules|third_party)\//;
const VERSION = /\d+\.\d+|\bFROM\s+\S+:\S+/;
const NUMBER = /(\d+)(?:\.(\d+))?/;
/** Runs everything else: its minor versions remove modules and change system libraries. */
const RUNTIME =
  /^\s*FROM\s|\b(?:python_requires|requires-python|engines|go\s+\d|ruby\s+["'\d]|java\.version|sourceCompatibility|TargetFramework)/;

/** Whether a file says what a program is built on or with. */
export const isManifest = (path: string) => MANIFEST.test(path) || LOCK_FILE.test(path);

/** Whether a tool wrote the file: its lines say nothing about what somebody meant to change, but for versions in a lock file. */
export const isGenerated = (path: string) => LOCK_FILE.test(path) || GENERATED.test(path);

/** The version of something that the program is built on or with was changed. */
export function findDependencies(hunk: DiffHunk): MechanismHit[] {
  const added = changedLines(hunk, 'added').filter((line) => VERSION.test(codeOf(line)));
  const [first] = added;
  if (first === undefined) return [];
  const removed = new Map(changedLines(hunk, 'removed').map((line) => [nameIn(line), line]));
  const leap = added.find((line) => isLeap(removed.get(nameIn(line)), line));
  if (leap !== undefined)
    return [{ kind: 'dependency_changed', line: leap.newLine, weight: 0.25, reason: 'a dependency or runtime changed by a large step' }];
  return [{ kind: 'dependency_changed', line: first.newLine, weight: 0.15, reason: 'the version of a dependency changed' }];
}

/** What a line sets the version of: all that stands before the first digit of it. */
const nameIn = (line: DiffLine) => (/^[^\d]*/.exec(codeOf(line))?.[0] ?? '').trim();

/** Another major version, or another minor one of what runs it all. */
function isLeap(old: DiffLine | undefined, now: DiffLine): boolean {
  const [before, after] = [old === undefined ? null : NUMBER.exec(codeOf(old)), NUMBER.exec(codeOf(now))];
  if (before === null || after === null) return false;
  return before[1] !== after[1] || (RUNTIME.test(codeOf(now)) && before[2] !== after[2]);
}
