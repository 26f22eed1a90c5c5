import { LRUCache } from 'lru-cache';
import { createVersions, followVersions, linesOf, type MappedLine, type Versions } from '../code/drift';
import { type ChangedText, placeInOtherFile } from '../code/movedBlock';
import type { Blobs } from './blobs';
import { changeOfPath, type FileChange, FileSteps, type Step } from './fileSteps';
import { remember } from './remember';

export interface Tracked {
  /** The file at the end of the way; null when it was deleted on it. */
  readonly path: string | null;
  readonly mapped: MappedLine;
}

/** The versions of a file on the way between two commits. */
interface FileWay {
  readonly versions: Versions;
  /** Which step led to each version after the first. */
  readonly steps: readonly number[];
  /** What the file was called in each version. */
  readonly paths: readonly string[];
  readonly end: string | null;
  /** The step that deleted the file, when one did. */
  readonly deletedBy: number | null;
}

/** More changed files than these in one commit are not searched for a block that was carried away. */
const MAX_SEARCHED_FILES = 60;
/** A line is carried from file to file at most so often. */
const MAX_CARRIES = 20;

/** Follows lines from commit to commit through everything that lies between them; keeps what it read. */
export class LineTracker {
  readonly #blobs: Blobs;
  readonly #changes: FileSteps;
  readonly #steps = new LRUCache<string, Promise<readonly Step[]>>({ max: 32 });
  readonly #ways = new LRUCache<string, Promise<FileWay>>({ max: 100 });

  constructor(root: string, blobs: Blobs) {
    this.#blobs = blobs;
    this.#changes = new FileSteps(root);
  }

  /** `text` is the file at `from`. With `isBack` the way leads from the descendant to the ancestor. */
  async track(way: CommitWay, path: string, text: string, line: number, signal: AbortSignal): Promise<Tracked> {
    const steps = await this.#stepsOf(way, signal);
    let place = { path, text, line, from: 0 };
    for (let carries = 0; ; carries += 1) {
      const file = await this.#fileWay(steps, way, place, signal);
      const { mapped, lastSeen, lineThere } = followVersions(file.versions, place.line);
      const isFollowed = lastSeen === file.versions.matchings.length;
      if (mapped.status === 'unknown' || (isFollowed && file.deletedBy === null))
        return { path: file.end, mapped: asFrom(path, line, file.end, mapped) };
      const lostBy = isFollowed ? file.deletedBy : (file.steps[lastSeen] ?? null);
      const carried =
        lostBy === null || carries === MAX_CARRIES ? null : await this.#carried(steps[lostBy] ?? [], file, lastSeen, lineThere, signal);
      if (carried === null) return { path: file.end, mapped: isFollowed ? { line: mapped.line, status: 'deleted' } : mapped };
      place = { ...carried, from: Number(lostBy) + 1 };
    }
  }

  /** Reads all versions of a file at once, which is faster than one after the other. `blob` is the first. */
  async warm(way: CommitWay, path: string, blob: string, signal: AbortSignal): Promise<void> {
    const { changes } = walk(await this.#stepsOf(way, signal), 0, path);
    await this.#blobs.read([blob, ...changes.map(({ newBlob }) => newBlob)], signal);
  }

  async #stepsOf({ from, to, isBack }: CommitWay, signal: AbortSignal): Promise<readonly Step[]> {
    const key = isBack ? `${to}<${from}` : `${from}>${to}`;
    return remember(this.#steps, key, signal, async () =>
      isBack
        ? (await this.#changes.between(to, from, signal)).toReversed().map((step) => step.map(flip))
        : this.#changes.between(from, to, signal),
    );
  }

  #fileWay(
    steps: readonly Step[],
    way: CommitWay,
    place: { path: string; text: string; from: number },
    signal: AbortSignal,
  ): Promise<FileWay> {
    const key = `${way.from}${way.isBack ? '<' : '>'}${way.to}:${place.from}:${place.path}`;
    return remember(this.#ways, key, signal, async () => {
      const walked = walk(steps, place.from, place.path);
      const texts = await this.#blobs.read(
        walked.changes.map(({ newBlob }) => newBlob),
        signal,
      );
      // A version that is no text ends the certainty, as an empty file would.
      return { ...walked, versions: createVersions([place.text, ...texts.map((text) => text ?? '')]) };
    });
  }

  /** Where the commit that removed a line put it, when that was into another file. */
  async #carried(step: Step, file: FileWay, version: number, line: number, signal: AbortSignal) {
    const others = step.filter(({ newPath, oldBlob, newBlob }) => newPath !== null && oldBlob !== newBlob);
    if (others.length === 0 || others.length > MAX_SEARCHED_FILES) return null;
    const [before, after] = await Promise.all([
      this.#blobs.read(
        others.map(({ oldBlob }) => oldBlob),
        signal,
      ),
      this.#blobs.read(
        others.map(({ newBlob }) => newBlob),
        signal,
      ),
    ]);
    const changed: ChangedText[] = others.map(({ newPath }, at) => ({
      path: newPath ?? '',
      before: linesOf(before[at] ?? ''),
      after: linesOf(after[at] ?? ''),
    }));
    const place = placeInOtherFile(file.versions.texts[version] ?? [], line, file.paths[version + 1] ?? null, changed);
    if (place === null) return null;
    const text = after[others.findIndex(({ newPath }) => newPath === place.path)];
    return text === null || text === undefined ? null : { ...place, text };
  }
}

export interface CommitWay {
  readonly from: string;
  readonly to: string;
  /** Whether `to` is the older one. */
  readonly isBack: boolean;
}

const flip = ({ oldPath, newPath, oldBlob, newBlob, likeness }: FileChange): FileChange => ({
  oldPath: newPath,
  newPath: oldPath,
  oldBlob: newBlob,
  newBlob: oldBlob,
  likeness,
});

/** Certain answers are about the place that was asked for, wherever the line was carried on the way. */
function asFrom(path: string, line: number, end: string | null, mapped: MappedLine): MappedLine {
  if (mapped.status !== 'exact' && mapped.status !== 'moved') return mapped;
  return { line: mapped.line, status: end === path && mapped.line === line ? 'exact' : 'moved' };
}

function walk(steps: readonly Step[], from: number, path: string) {
  const changes: FileChange[] = [];
  const touched: number[] = [];
  const paths = [path];
  let current = path;
  for (let at = from; at < steps.length; at += 1) {
    const change = changeOfPath(steps[at] ?? [], current);
    if (change === undefined) continue;
    if (change.newPath === null) return { changes, steps: touched, paths, end: null, deletedBy: at };
    current = change.newPath;
    if (change.newBlob === change.oldBlob) continue;
    changes.push(change);
    touched.push(at);
    paths.push(current);
  }
  return { changes, steps: touched, paths, end: current, deletedBy: null };
}
