import { extname } from 'node:path';
import { linesOf } from '../code/drift';
import { likenessOfTexts } from '../code/textLikeness';
import { runGit } from './runGit';
import { readWorkingTreeFile } from './workingTreeFile';

/** The path of the file; null when there is none, or no clear one. */
export interface FoundRename {
  readonly path: string | null;
}

/** Two texts that are less alike are not taken for one file. */
const RENAME_BAR = 0.5;
/** Another one as good as this much makes it a guess. */
const CLEAR_LEAD = 0.1;
/** A file that is less like its former self may be another one in its place. */
export const REPLACED_BAR = 0.25;
const MAX_CANDIDATES = 300;

/** The file of the working tree that a committed file became without a commit: moved with Git's knowledge or without. */
export async function renamedInWorkingTree(root: string, path: string, text: string, signal: AbortSignal): Promise<FoundRename> {
  const [staged, untracked] = await Promise.all([
    namesFrom(
      root,
      ['diff', '--cached', '--name-only', '-z', '--no-renames', '--diff-filter=A', '--no-ext-diff', '--no-textconv', 'HEAD', '--'],
      signal,
    ),
    namesFrom(root, ['ls-files', '--others', '--exclude-standard', '-z'], signal),
  ]);
  return mostAlike(path, text, [...staged, ...untracked], (candidate) => readWorkingTreeFile(root, candidate));
}

/** The committed file that a file of the working tree was before it was moved without a commit. */
export async function originInHead(
  root: string,
  path: string,
  text: string,
  readHead: (path: string) => Promise<string | null>,
  signal: AbortSignal,
): Promise<FoundRename> {
  const [unstaged, staged] = await Promise.all([
    namesFrom(root, ['ls-files', '--deleted', '-z'], signal),
    namesFrom(
      root,
      ['diff', '--cached', '--name-only', '-z', '--no-renames', '--diff-filter=D', '--no-ext-diff', '--no-textconv', 'HEAD', '--'],
      signal,
    ),
  ]);
  return mostAlike(path, text, [...unstaged, ...staged], readHead);
}

async function namesFrom(root: string, args: readonly string[], signal: AbortSignal): Promise<string[]> {
  const { text } = await runGit(root, args, { signal });
  return text.split('\0').filter((name) => name !== '');
}

async function mostAlike(
  path: string,
  text: string,
  names: readonly string[],
  read: (path: string) => Promise<string | null>,
): Promise<FoundRename> {
  const wanted = [...new Set(names)].filter((name) => name !== path && extname(name) === extname(path)).slice(0, MAX_CANDIDATES);
  const lines = linesOf(text);
  const rated: { path: string; likeness: number }[] = [];
  for (const name of wanted) {
    const there = await read(name);
    if (there !== null) rated.push({ path: name, likeness: likenessOfTexts(lines, linesOf(there)) });
  }
  const [best, second] = rated.sort((left, right) => right.likeness - left.likeness);
  if (best === undefined || best.likeness < RENAME_BAR) return { path: null };
  return second !== undefined && second.likeness > best.likeness - CLEAR_LEAD ? { path: null } : { path: best.path };
}
