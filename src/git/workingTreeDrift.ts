import { LRUCache } from 'lru-cache';
import { linesOf, mapBuffer } from '../code/drift';
import { likenessOfTexts } from '../code/textLikeness';
import type { LineMapping } from '../domain/ports';
import type { Blobs } from './blobs';
import { LineTracker } from './lineTracker';
import { remember } from './remember';
import { readWorkingTreeFile } from './workingTreeFile';
import { originInHead, REPLACED_BAR, renamedInWorkingTree } from './workingTreeRenames';

/** A line of a file whose text is known; the commit is resolved. */
export interface PlacedLine {
  readonly commit: string;
  readonly path: string;
  readonly text: string;
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

  async toWorkingTree({ commit, path, text, line }: PlacedLine, signal: AbortSignal): Promise<LineMapping> {
    const same = await readWorkingTreeFile(this.#root, path);
    if (same !== null && isSameText(same, text)) return { path, ...mapBuffer(text, text, line) };
    const head = await this.#history.head(signal);
    if (head === null) return { path, line, status: 'unknown' };
    const there = await this.#tracker.track({ from: commit, to: head, isBack: false }, path, text, line, signal);
    if (there.path === null || there.mapped.status === 'unknown') return { path, ...there.mapped };
    const committed = await this.#history.textAt(head, there.path, signal);
    const here = committed === null ? null : await this.#fileHere(there.path, committed, signal);
    if (committed === null || here === null) return { path: there.path, line: there.mapped.line, status: 'deleted' };
    return joined({ path, line }, there.mapped, { path: here.path, ...mapBuffer(committed, here.text, there.mapped.line) });
  }

  async fromWorkingTree({ commit, path, text, line }: PlacedLine, signal: AbortSignal): Promise<LineMapping> {
    const same = await this.#history.textAt(commit, path, signal);
    if (same !== null && isSameText(same, text)) return { path, ...mapBuffer(text, text, line) };
    const head = await this.#history.head(signal);
    const origin = head === null ? null : await this.#fileInHead(head, path, text, signal);
    if (head === null || origin === null) return { path, line, status: head === null ? 'unknown' : 'deleted' };
    const committed = mapBuffer(text, origin.text, line);
    if (committed.status === 'unknown') return { path, line, status: 'unknown' };
    const there = await this.#tracker.track({ from: head, to: commit, isBack: true }, origin.path, origin.text, committed.line, signal);
    return joined({ path, line }, committed, { path: there.path ?? origin.path, ...there.mapped });
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
