import type { Mechanism, MechanismHit } from './mechanism';
import { findCalls } from './mechanismCalls';
import { findEnvironment, findGrants, findHeaders, findPatterns, findQueries } from './mechanismData';
import { EXPLAINS } from './mechanismEffects';
import { findGuards } from './mechanismGuards';
import { findLoops, type LoopContext, loopContext } from './mechanismLoops';
import { findDependencies, isGenerated, isManifest } from './mechanismPackages';
import { findPairs } from './mechanismPairs';
import { findGrowth, findLocks, findUnreleased } from './mechanismResources';
import { findSettings } from './mechanismSettings';
import { findTextSettings } from './mechanismTexts';
import { findUnits } from './mechanismUnits';
import { withoutMoves } from './movedLines';
import type { DiffHunk, FileDiff } from './unifiedDiff';

/** Searches a parsed diff for mechanisms, strongest first. Works on text alone, for any language with usual words. */
export function findMechanisms(files: readonly FileDiff[]): Mechanism[] {
  const found = withoutMoves(files.map(shortened)).flatMap((file) => {
    const path = file.newPath ?? file.oldPath ?? '';
    const context = loopContext(file);
    const hitsOf = isGenerated(path) ? findDependencies : (hunk: DiffHunk) => hitsIn(hunk, path, context);
    return file.hunks.flatMap((hunk) =>
      hitsOf(hunk).map((hit): Mechanism => ({ ...hit, path, function: functionInHunk(hunk, hit.line), explains: EXPLAINS[hit.kind] })),
    );
  });
  return found.sort((left, right) => right.weight - left.weight);
}

/** No person writes so many lines of a file at once: of more, the first are read. */
const MAX_LINES = 4_000;

function shortened(file: FileDiff): FileDiff {
  let left = MAX_LINES;
  const hunks = file.hunks.flatMap((hunk) => {
    const lines = hunk.lines.slice(0, left);
    left -= lines.length;
    return lines.length === 0 ? [] : [{ ...hunk, lines }];
  });
  return { ...file, hunks };
}

function hitsIn(hunk: DiffHunk, path: string, context: LoopContext): MechanismHit[] {
  return [
    ...findLoops(hunk, context),
    ...findSettings(hunk),
    ...findTextSettings(hunk),
    ...findUnits(hunk),
    ...findQueries(hunk, path),
    ...findGuards(hunk),
    ...findUnreleased(hunk),
    ...findGrowth(hunk),
    ...findLocks(hunk),
    ...findCalls(hunk),
    ...findEnvironment(hunk),
    ...findPatterns(hunk),
    ...findGrants(hunk),
    ...findHeaders(hunk),
    ...(isManifest(path) ? findDependencies(hunk) : findPairs(hunk)),
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
