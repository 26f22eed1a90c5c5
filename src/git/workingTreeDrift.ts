import { LRUCache } from 'lru-cache';
import { linesOf, mapBuffer } from '../code/drift';
import { likenessOfTexts } from '../code/textLikeness';
import type { LineMapping } from '../domain/ports';
import type { Blobs } from './blobs';
import { type CommitWay, LineTracker } from './lineTracker';
import { remember } from './remember';
import { readWorkingTreeFile } from './workingTreeFile';
import { originInHead, REPLACED_BAR, renamedInWorkingTree } from './workingTreeRenames';

/** A line of a file; the commit is resolved. */
export interface CommittedLine {
  readonly commit: string;
  readonly path: string;
  readonly line: number;
}

interface FoundFile {
  readonly path: string;
  readonly text: string;
}

export interface History {
  /** The commit that is checked out; null before the first. */
  head(signal: AbortSignal): Promise<string | null>;
  textAt(commit: string, path: string, signal: AbortSignal): Promise<string | null>;
  blobAt(commit: string, path: string, signal: AbortSignal): Promise<string | null>;
}

/** Follows lines between any commit and the working tree: through the commits to the one checked out, then through what is not committed. */
export class WorkingTreeDrift {
  readonly #root: string;
  readonly #history: History;
  readonly #tracker: LineTracker;
  /** Files come and go without a commit, so what was found is believed for two seconds. */
  readonly #renames = new LRUCache<string, Promise<{ path: string | null }>>({ max: 200, ttl: 2_000 });

  constructor(root: string, blobs: Blobs, history: History) {
    this.#root = root;
    this.#history = history;
    this.#tracker = new LineTracker(root, blobs);
  }

  /** Of a line of the commit: what became of it in the saved files. */
  async toWorkingTree({ commit, path, line }: CommittedLine, signal: AbortSignal): Promise<LineMapping> {
    const unknown = { path, line, status: 'unknown' } as const;
    const head = await this.#history.head(signal);
    if (head === null) return unknown;
    await this.#warm({ from: commit, to: head, isBack: false }, path, signal);
    const [text, now] = await Promise.all([commit, head].map((sha) => this.#history.textAt(sha, path, signal)));
    if (text === null || text === undefined) return unknown;
    const same = await readWorkingTreeFile(this.#root, path);
    if (same !== null && isSameText(same, text)) return { path, ...mapBuffer(text, text, line) };
    const there =
      now === text
        ? { path, mapped: mapBuffer(text, text, line) }
        : await this.#tracker.track({ from: commit, to: head, isBack: false }, path, text, line, signal);
    if (there.path === null || there.mapped.status === 'unknown') return { path, ...there.mapped };
    const committed = await this.#history.textAt(head, there.path, signal);
    const here = committed === null ? null : await this.#fileHere(there.path, committed, signal);
    if (committed === null || here === null) return { path: there.path, line: there.mapped.line, status: 'deleted' };
    return joined({ path, line }, there.mapped, { path: here.path, ...mapBuffer(committed, here.text, there.mapped.line) });
  }

  /** Of a line of the working tree, whose text is given: where the commit has it. */
  async fromWorkingTree({ commit, path, line }: CommittedLine, text: string, signal: AbortSignal): Promise<LineMapping> {
    const unknown = { path, line, status: 'unknown' } as const;
    const head = await this.#history.head(signal);
    if (head === null) return unknown;
    await this.#warm({ from: head, to: commit, isBack: true }, path, signal);
    const same = await this.#history.textAt(commit, path, signal);
    if (same !== null && isSameText(same, text)) return { path, ...mapBuffer(text, text, line) };
    const origin = await this.#fileInHead(head, path, text, signal);
    if (origin === null) return { path, line, status: 'deleted' };
    const committed = mapBuffer(text, origin.text, line);
    if (committed.status === 'unknown') return unknown;
    const isUnchanged = origin.path === path && origin.text === same;
    const there = isUnchanged
      ? { path, mapped: mapBuffer(origin.text, origin.text, committed.line) }
      : await this.#tracker.track({ from: head, to: commit, isBack: true }, origin.path, origin.text, committed.line, signal);
    return joined({ path, line }, committed, { path: there.path ?? origin.path, ...there.mapped });
  }

  /** Reads at once what will be needed, where the file changed on the way. */
  async #warm(way: CommitWay, path: string, signal: AbortSignal): Promise<void> {
    const [first, last] = await Promise.all([way.from, way.to].map((commit) => this.#history.blobAt(commit, path, signal)));
    if (first !== null && first !== undefined && first !== last) await this.#tracker.warm(way, path, first, signal);
  }

  /** The file of the working tree that a committed file is now; null when it is gone. */
  async #fileHere(path: string, committed: string, signal: AbortSignal): Promise<FoundFile | null> {
    const text = await readWorkingTreeFile(this.#root, path);
    if (text !== null && !isAnother(text, committed)) return { path, text };
    const found = await remember(this.#renames, `to ${path}`, signal, () => renamedInWorkingTree(this.#root, path, committed, signal));
    const there = found.path === null ? null : await readWorkingTreeFile(this.#root, found.path);
    if (found.path !== null && there !== null) return { path: found.path, text: there };
    return text === null ? null : { path, text };
  }

  /** The committed file that a file of the working tree was. */
  async #fileInHead(head: string, path: string, text: string, signal: AbortSignal): Promise<FoundFile | null> {
    const readHead = (name: string) => this.#history.textAt(head, name, signal);
    const committed = await readHead(path);
    if (committed !== null && !isAnother(text, committed)) return { path, text: committed };
    const found = await remember(this.#renames, `from ${path}`, signal, () => originInHead(this.#root, path, text, readHead, signal));
    const there = found.path === null ? null : await readHead(found.path);
    if (found.path !== null && there !== null) return { path: found.path, text: there };
    return committed === null ? null : { path, text: committed };
  }
}

/** Two ways after each other: certain only where both are, and unchanged only where they lead back to the same place. */
function joined(asked: { path: string; line: number }, first: { status: LineMapping['status'] }, second: LineMapping): LineMapping {
  const isCertain = (status: LineMapping['status']) => status === 'exact' || status === 'moved';
  if (!isCertain(second.status)) return second;
  if (!isCertain(first.status)) return { ...second, status: first.status };
  return { ...second, status: second.path === asked.path && second.line === asked.line ? 'exact' : 'moved' };
}

const isSameText = (left: string, right: string) => left === right || left.replaceAll('\r\n', '\n') === right.replaceAll('\r\n', '\n');

const isAnother = (text: string, committed: string) =>
  !isSameText(text, committed) && likenessOfTexts(linesOf(text), linesOf(committed)) < REPLACED_BAR;
