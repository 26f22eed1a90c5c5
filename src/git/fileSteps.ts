import { runGit } from './runGit';

/** What one commit did to a file; null for a side that does not exist. */
export interface FileChange {
  readonly oldPath: string | null;
  readonly newPath: string | null;
  readonly oldBlob: string;
  readonly newBlob: string;
  /** 0..100: how alike the two sides of a rename are; 0 for other changes. */
  readonly likeness: number;
}

/** The changes of one commit on the way, oldest commit first. */
export type Step = readonly FileChange[];

/** A longer way is not walked commit by commit. */
const MAX_STEPS = 2_000;

/**
 * The changes that lead from one (resolved) commit to another along one line of descent; from a commit that is on another
 * branch, by way of their common ancestor. One step with all changes where the way is too long or not known.
 */
export async function readSteps(root: string, from: string, to: string, signal: AbortSignal): Promise<readonly Step[]> {
  if (from === to) return [];
  const base = (await runGit(root, ['merge-base', from, to], { signal })).text.trim();
  const trees = base === '' ? null : await treesOnTheWay(root, base, to, signal);
  const way = trees === null ? [from, to] : [...(base === from ? [] : [from]), ...trees];
  const ids = await treeIds(root, way, signal);
  return ids === null ? [] : readTreeChanges(root, ids, signal);
}

/** The commits from an ancestor to a descendant, both included, by first parents where they lead there; null when there are too many. */
async function treesOnTheWay(root: string, from: string, to: string, signal: AbortSignal): Promise<string[] | null> {
  const args = ['rev-list', '--ancestry-path', '--parents', `--max-count=${MAX_STEPS + 1}`, `${from}..${to}`, '--'];
  const lines = (await runGit(root, args, { signal })).text.split('\n').filter((line) => line !== '');
  if (lines.length > MAX_STEPS) return null;
  const parents = new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.split(' ').slice(1)]));
  const way = [to];
  for (let at = to; at !== from; ) {
    const next = parents.get(at)?.find((parent) => parent === from || parents.has(parent));
    if (next === undefined) return null;
    way.push(next);
    at = next;
  }
  return way.reverse();
}

async function treeIds(root: string, commits: readonly string[], signal: AbortSignal): Promise<string[] | null> {
  const input = commits.map((commit) => `${commit}^{tree}\n`).join('');
  const answer = await runGit(root, ['cat-file', '--batch-check=%(objectname)'], { signal, input });
  const ids = answer.text.split('\n').filter((line) => /^[0-9a-f]{40,64}$/.test(line));
  return ids.length === commits.length ? ids : null;
}

async function readTreeChanges(root: string, trees: readonly string[], signal: AbortSignal): Promise<readonly Step[]> {
  const input = trees
    .slice(1)
    .map((tree, at) => `${trees[at]} ${tree}\n`)
    .join('');
  const options = ['--stdin', '-r', '-B', '-M', '--raw', '-z', '--no-abbrev', '--no-ext-diff', '--no-textconv'];
  const answer = await runGit(root, ['diff-tree', ...options], { signal, input });
  return answer.isCut ? [] : parseTreeChanges(answer.text);
}

/** Reads `git diff-tree --stdin --raw -z`: a line with the two trees, then `:modes blobs status NUL path NUL [path NUL]`. */
export function parseTreeChanges(text: string): Step[] {
  const steps: FileChange[][] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] !== ':') {
      const newline = text.indexOf('\n', at);
      if (newline === -1) break;
      steps.push([]);
      at = newline + 1;
      continue;
    }
    const fields: string[] = [];
    const isPair = () => /^[RC]/.test(fields[0]?.split(' ')[4] ?? '');
    while (fields.length < (isPair() ? 3 : 2)) {
      const end = text.indexOf('\0', at);
      if (end === -1) return steps;
      fields.push(text.slice(at, end));
      at = end + 1;
    }
    steps.at(-1)?.push(changeOf(fields));
  }
  return steps;
}

function changeOf([meta = '', first = '', second = first]: readonly string[]): FileChange {
  const [, , oldBlob = '', newBlob = '', status = ''] = meta.split(' ');
  const isPair = status.startsWith('R') || status.startsWith('C');
  return {
    oldPath: status === 'A' ? null : first,
    newPath: status === 'D' ? null : second,
    oldBlob,
    newBlob,
    likeness: isPair ? Number(status.slice(1)) : 0,
  };
}

/** What became of a path; undefined when the step did not touch it. A file that was moved away and replaced counts as moved. */
export function changeOfPath(step: Step, path: string): FileChange | undefined {
  return likeliest(step.filter((change) => change.oldPath === path));
}

/** Where a path came from; undefined when the step did not touch it. */
export function originOfPath(step: Step, path: string): FileChange | undefined {
  return likeliest(step.filter((change) => change.newPath === path));
}

function likeliest(changes: readonly FileChange[]): FileChange | undefined {
  return changes.reduce<FileChange | undefined>(
    (best, change) => (best === undefined || change.likeness > best.likeness ? change : best),
    undefined,
  );
}
