import { LRUCache } from 'lru-cache';
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
const MAX_KEPT_STEPS = 4_000;

/** Reads what commits did to files; keeps it, since that never changes. */
export class FileSteps {
  readonly #root: string;
  readonly #steps = new LRUCache<string, Step>({ max: MAX_KEPT_STEPS });

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * The changes that lead from one (resolved) commit to another along one line of descent; from a commit that is on another
   * branch, by way of their common ancestor. One step with all changes where the way is too long or not known.
   */
  async between(from: string, to: string, signal: AbortSignal): Promise<readonly Step[]> {
    if (from === to) return [];
    const way = (await this.#descent(from, to, signal)) ?? (await this.#overBase(from, to, signal)) ?? [from, to];
    const pairs = way.slice(1).map((child, at) => ({ child, parent: way[at] ?? '' }));
    const missing = pairs.filter((pair) => !this.#steps.has(keyOf(pair)));
    const read = new Map<string, Step>();
    if (missing.length > 0) {
      const steps = await readChanges(this.#root, missing, signal);
      for (const [at, pair] of missing.entries()) read.set(keyOf(pair), steps[at] ?? []);
    }
    const steps = pairs.map((pair) => read.get(keyOf(pair)) ?? this.#steps.get(keyOf(pair)) ?? []);
    for (const [at, pair] of pairs.entries()) this.#steps.set(keyOf(pair), steps[at] ?? []);
    return steps;
  }

  /** By way of the common ancestor; null when there is none. */
  async #overBase(from: string, to: string, signal: AbortSignal): Promise<string[] | null> {
    const base = (await runGit(this.#root, ['merge-base', from, to], { signal })).text.trim();
    if (base === '' || base === from) return null;
    if (base === to) return [from, to];
    const rest = await this.#descent(base, to, signal);
    return rest === null ? null : [from, ...rest];
  }

  /** The commits from an ancestor to a descendant, both included, by first parents where they lead there; null when none or too many do. */
  async #descent(from: string, to: string, signal: AbortSignal): Promise<string[] | null> {
    const args = ['rev-list', '--ancestry-path', '--parents', `--max-count=${MAX_STEPS + 1}`, `${from}..${to}`, '--'];
    const lines = (await runGit(this.#root, args, { signal })).text.split('\n').filter((line) => line !== '');
    if (lines.length === 0 || lines.length > MAX_STEPS) return null;
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
}

interface CommitPair {
  readonly child: string;
  readonly parent: string;
}

const keyOf = ({ child, parent }: CommitPair) => `${child} ${parent}`;

/** The changes of each pair, in their order; none where Git said too much to keep. */
async function readChanges(root: string, pairs: readonly CommitPair[], signal: AbortSignal): Promise<Step[]> {
  const input = pairs.map((pair) => `${keyOf(pair)}\n`).join('');
  const options = ['--stdin', '--always', '-r', '-B', '-M', '--raw', '-z', '--no-abbrev', '--no-ext-diff', '--no-textconv'];
  const answer = await runGit(root, ['diff-tree', ...options], { signal, input });
  return answer.isCut ? [] : parseTreeChanges(answer.text);
}

/** Reads `git diff-tree --stdin --raw -z`: the commit, then `:modes blobs status`, path and, for renames, the new path, each ended by NUL. */
export function parseTreeChanges(text: string): Step[] {
  const steps: FileChange[][] = [];
  const fields = text.split('\0');
  for (let at = 0; at < fields.length - 1; ) {
    const meta = fields[at] ?? '';
    if (!meta.startsWith(':')) {
      steps.push([]);
      at += 1;
      continue;
    }
    const width = /^[RC]/.test(meta.split(' ')[4] ?? '') ? 3 : 2;
    if (at + width >= fields.length) break;
    steps.at(-1)?.push(changeOf(fields.slice(at, at + width)));
    at += width;
  }
  return steps.map(withoutReplaced);
}

/** A file that was moved away is not what was written in its old place. */
function withoutReplaced(step: readonly FileChange[]): Step {
  const carried = new Set(step.flatMap(({ oldPath, newPath }) => (oldPath !== newPath && newPath !== null ? [oldPath] : [])));
  return step.map((change) => (change.oldPath === change.newPath && carried.has(change.oldPath) ? { ...change, oldPath: null } : change));
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

/** What became of a path; undefined when the step did not touch it. */
export function changeOfPath(step: Step, path: string): FileChange | undefined {
  const changes = step.filter((change) => change.oldPath === path);
  return changes.reduce<FileChange | undefined>(
    (best, change) => (best === undefined || change.likeness > best.likeness ? change : best),
    undefined,
  );
}
