import { changedLines, codeOf } from './changedLines';
import type { MechanismHit } from './mechanism';
import type { DiffHunk } from './unifiedDiff';

const MANIFEST =
  /(?:^|\/)(?:package\.json|go\.mod|requirements[\w.-]*\.txt|pyproject\.toml|setup\.py|Pipfile|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|Gemfile|Cargo\.toml|composer\.json|mix\.exs|Package\.swift|Chart\.yaml|[\w.-]*Dockerfile[\w.-]*|[\w.-]+\.csproj)$/;
const VERSION = /\d+\.\d+|\bFROM\s+\S+:\S+/;

/** Whether a file says what a program is built on or with. */
export const isManifest = (path: string) => MANIFEST.test(path);

/** The version of something that the program is built on or with was changed. */
export function findDependencies(hunk: DiffHunk): MechanismHit[] {
  const added = changedLines(hunk, 'added').find((line) => VERSION.test(codeOf(line)));
  if (added === undefined) return [];
  return [{ kind: 'dependency_changed', line: added.newLine, weight: 0.15, reason: 'the version of a dependency changed' }];
}
