import type { Repository } from '../domain/ports';
import { sharedSuffix } from './framePath';

/** A tracked file of one of the repositories. */
export interface FileEntry {
  readonly repository: Repository;
  readonly path: string;
}

/** A file and how many trailing segments it shares with the path that was looked for. */
export interface SuffixMatch {
  readonly entry: FileEntry;
  readonly shared: number;
}

/** Fewer files than this are compared one by one; more are told apart by the folder above. */
const FEW_FILES = 48;
/** So many matches are enough to see which is best and what rivals it has. */
const ENOUGH_MATCHES = 8;
const MAX_MATCHES = 64;

/** Files that have the same trailing segments, as many as `depth`. */
class SuffixNode {
  readonly entries = new Set<FileEntry>();
  readonly #depth: number;
  /** By the segment before; made when the node has become too large to look at each file. */
  #children: Map<string, SuffixNode> | null = null;

  constructor(depth: number) {
    this.#depth = depth;
  }

  add(entry: FileEntry): void {
    this.entries.add(entry);
    if (this.#children !== null) this.#addToChild(this.#children, entry);
  }

  remove(entry: FileEntry): void {
    this.entries.delete(entry);
    this.#children?.get(segmentFromEnd(entry.path, this.#depth) ?? '')?.remove(entry);
  }

  child(segment: string | undefined): SuffixNode | null {
    if (segment === undefined) return null;
    if (this.#children === null) {
      this.#children = new Map();
      for (const entry of this.entries) this.#addToChild(this.#children, entry);
    }
    return this.#children.get(segment) ?? null;
  }

  #addToChild(children: Map<string, SuffixNode>, entry: FileEntry): void {
    const segment = segmentFromEnd(entry.path, this.#depth);
    if (segment === null) return;
    const child = children.get(segment) ?? new SuffixNode(this.#depth + 1);
    child.add(entry);
    children.set(segment, child);
  }
}

/** Files by their last segments: the longest equal endings are found without looking at all files of a name. */
export class FileSuffixes {
  readonly #byName = new Map<string, SuffixNode>();

  add(entry: FileEntry): void {
    const name = nameOf(entry.path);
    const node = this.#byName.get(name) ?? new SuffixNode(1);
    node.add(entry);
    this.#byName.set(name, node);
  }

  remove(entry: FileEntry): void {
    const name = nameOf(entry.path);
    const node = this.#byName.get(name);
    node?.remove(entry);
    if (node?.entries.size === 0) this.#byName.delete(name);
  }

  named(name: string): readonly FileEntry[] {
    return [...(this.#byName.get(name)?.entries ?? [])];
  }

  /** Files that end like the path, longest equal ending first; where there are very many, `isPreferred` says which to keep. */
  endingLike(segments: readonly string[], isPreferred: (entry: FileEntry) => boolean): SuffixMatch[] {
    const node = this.#byName.get(segments.at(-1) ?? '');
    return node === undefined ? [] : collect(node, segments, 1, isPreferred);
  }
}

function collect(node: SuffixNode, segments: readonly string[], depth: number, isPreferred: (entry: FileEntry) => boolean): SuffixMatch[] {
  if (node.entries.size <= FEW_FILES) {
    const matches = [...node.entries].map((entry) => ({ entry, shared: sharedSuffix(entry.path.split('/'), segments) }));
    return matches.sort((left, right) => right.shared - left.shared || byPath(left.entry, right.entry));
  }
  const child = node.child(segments.at(-1 - depth));
  const deeper = child === null ? [] : collect(child, segments, depth + 1, isPreferred);
  if (deeper.length >= ENOUGH_MATCHES) return deeper;
  const preferred: FileEntry[] = [];
  const others: FileEntry[] = [];
  for (const entry of node.entries) if (child === null || !child.entries.has(entry)) (isPreferred(entry) ? preferred : others).push(entry);
  const kept = [preferred, others].flatMap((entries) => entries.sort(byPath).slice(0, MAX_MATCHES));
  return [...deeper, ...kept.map((entry) => ({ entry, shared: depth }))];
}

const byPath = (left: FileEntry, right: FileEntry) =>
  left.path < right.path ? -1 : left.path > right.path ? 1 : (left.repository.root ?? '') < (right.repository.root ?? '') ? -1 : 1;

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** The segment that has `depth` others behind it; null when the path is shorter. */
function segmentFromEnd(path: string, depth: number): string | null {
  let end = path.length;
  for (let count = 0; count < depth; count += 1) {
    end = path.lastIndexOf('/', end - 1);
    if (end <= 0) return null;
  }
  return path.slice(path.lastIndexOf('/', end - 1) + 1, end);
}
