import type { StackFrame } from '../domain/frame';
import type { Repository } from '../domain/ports';
import { findMaps, isBuilt, type LocalMap, outputFolder } from './builtFiles';
import { mapBuffer } from './drift';
import { type FramePath, parseFramePath } from './framePath';
import { kindOfFile } from './frames/origin';
import { type CheckedPlace, checkPlace, type Place } from './placeCheck';
import { isMinified, MINIFIED } from './refusal';
import { besideFile, type OriginalPosition } from './sourceMap';
import { symbolNames } from './symbolNames';
import type { WorkspaceIndex } from './workspaceIndex';

/** What source maps say about a frame; null when it is in no built file. */
export type Original =
  | { readonly kind: 'places'; readonly checked: readonly CheckedPlace[]; readonly commit: string | null }
  | { readonly kind: 'refused'; readonly reason: string; readonly candidates: readonly { root: string; path: string; score: number }[] };

/** Maps are looked for again after this; a build takes longer. */
const LOOK_AFTER_MS = 5_000;
const MAX_KNOWN = 12;
const BY_MAP = 0.92;
const BY_MAP_AND_PATH = 0.8;

/** Follows frames in built files to what they were built from, by the source maps that lie in the working trees. */
export class SourceMaps {
  readonly #repositories: readonly Repository[];
  readonly #index: WorkspaceIndex;
  readonly #nowMs: () => number;
  readonly #known = new Map<string, { readonly atMs: number; readonly maps: Promise<readonly LocalMap[]> }>();

  constructor(repositories: readonly Repository[], index: WorkspaceIndex, nowMs: () => number) {
    this.#repositories = repositories;
    this.#index = index;
    this.#nowMs = nowMs;
  }

  forget(): void {
    this.#known.clear();
  }

  async originalOf(frame: StackFrame, path: FramePath, commit: string | null, signal: AbortSignal): Promise<Original | null> {
    if (!isBuilt(frame, path)) return null;
    const maps = await this.#mapsOf(path, signal);
    if (maps.length === 0) return this.#withoutMap(frame, path);
    const positions = maps.flatMap((local) => {
      const position = local.map.originalOf(frame.line ?? 0, frame.column ?? 0);
      return position === null ? [] : [{ local, position }];
    });
    if (positions.length === 0)
      return refused(`${maps[0]?.path} has no position ${frame.line}:${frame.column ?? '?'}; it belongs to another build.`);
    if (positions.every(({ position }) => kindOfFile(position.source) !== 'app'))
      return refused('The frame is in a library, as its source map says.');
    const checked = await Promise.all(
      positions.map(({ local, position }) => this.#check(frame, local, position, positions.length > 1, commit, signal)),
    );
    const found = checked.flat();
    const [first] = positions;
    return found.length > 0
      ? { kind: 'places', checked: found, commit }
      : refused(`The source map leads to ${first?.position.source}, which the workspace does not have.`);
  }

  #mapsOf(path: FramePath, signal: AbortSignal): Promise<readonly LocalMap[]> {
    const key = path.segments.join('/');
    const known = this.#known.get(key);
    if (known !== undefined && this.#nowMs() - known.atMs < LOOK_AFTER_MS) return known.maps;
    const maps = findMaps(path, this.#repositories, this.#index, signal);
    maps.catch(() => this.#known.delete(key));
    if (this.#known.size >= MAX_KNOWN) this.#known.delete([...this.#known.keys()][0] ?? '');
    this.#known.set(key, { atMs: this.#nowMs(), maps });
    return maps;
  }

  /** What was built and is not tracked has other lines than its source, which is only named. */
  #withoutMap(frame: StackFrame, path: FramePath): Original | null {
    const { segments } = path;
    const folder = outputFolder(path);
    const [best] = this.#index.match(segments, null);
    if (isMinified(frame)) return { kind: 'refused', reason: MINIFIED, candidates: this.#sourcesOf(path) };
    if (folder === -1 || (best !== undefined && best.shared > segments.length - 1 - folder)) return null;
    const candidates = this.#sourcesOf(path);
    if (candidates.length === 0) return null;
    const reason = `The frame is in built code, and its source map does not lie beside it; without it the line means nothing.`;
    return { kind: 'refused', reason, candidates };
  }

  /** Files that may have been built into this one: the same name with the extension of a source. */
  #sourcesOf({ segments }: FramePath): { root: string; path: string; score: number }[] {
    const name = segments.at(-1) ?? '';
    const stem = name.replace(/(?:[.-]min)?\.[cm]?jsx?$/, '');
    return ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'vue', 'svelte']
      .flatMap((extension) => this.#index.match([...segments.slice(0, -1), `${stem}.${extension}`], null).slice(0, 2))
      .slice(0, 5)
      .map(({ repository, path }) => ({ root: repository.root ?? '', path, score: 0.3 }));
  }

  async #check(
    frame: StackFrame,
    local: LocalMap,
    position: OriginalPosition,
    isRivalled: boolean,
    commit: string | null,
    signal: AbortSignal,
  ): Promise<CheckedPlace[]> {
    const places = this.#placesOf(local, position, isRivalled);
    const checked = await Promise.all(
      places.map((place) => checkOriginal(place, originalFrame(frame, position), position, commit, signal)),
    );
    return checked.flatMap((one) => (one === null ? [] : [one]));
  }

  /** The file beside the map where the map spells it so, else files that end alike, those of the same repository first. */
  #placesOf({ repository, path, built }: LocalMap, { source }: OriginalPosition, isRivalled: boolean): Place[] {
    const how = `The source map ${path} leads to it`;
    const beside = besideFile(path, source);
    const minus = isRivalled ? 0.3 : 0;
    if (beside !== null && this.#index.has(repository, beside))
      return [{ repository, path: beside, isTracked: true, score: BY_MAP - minus, isRivalled, how }];
    const segments = parseFramePath(source)?.segments ?? [];
    const project = built.split('/')[0] ?? '';
    const matches = this.#index.match(segments, null).filter((match) => match.repository === repository);
    const longest = matches.filter((match) => match.shared === matches[0]?.shared);
    const near = longest.filter((match) => match.path.startsWith(`${project}/`));
    const kept = (near.length > 0 ? near : longest).slice(0, 4);
    const isTied = isRivalled || kept.length > 1;
    return kept.map((match) => ({
      repository,
      path: match.path,
      isTracked: true,
      score: BY_MAP_AND_PATH - (isTied ? 0.3 : 0) - (match.shared < Math.min(2, segments.length) ? 0.2 : 0),
      isRivalled: isTied,
      how,
    }));
  }
}

function refused(reason: string): Original {
  return { kind: 'refused', reason, candidates: [] };
}

/** The frame as it would have been without the build; names that the build made up tell nothing. */
function originalFrame(frame: StackFrame, { source, line, column, content }: OriginalPosition): StackFrame {
  const { name } = symbolNames(frame.function);
  const isMadeUp = name === null || name.length < 3 || (content !== null && !content.includes(name));
  return { ...frame, function: isMadeUp ? null : frame.function, file: source, line, column, codeText: undefined };
}

const isSameText = (left: string, right: string) => left === right || left.replaceAll('\r\n', '\n') === right.replaceAll('\r\n', '\n');

/** Holds the place against the text that the map was made from, where it carries that. */
async function checkOriginal(
  place: Place,
  frame: StackFrame,
  { content }: OriginalPosition,
  commit: string | null,
  signal: AbortSignal,
): Promise<CheckedPlace | null> {
  const checked = await checkPlace(place, frame, commit, signal);
  if (checked === null || content === null) return checked;
  const { repository, path } = place;
  const isKnown = commit !== null && (await repository.hasCommit(commit, signal));
  const text = isKnown ? await repository.fileAt(commit, path, signal) : await repository.readFile(path, signal);
  if (text === null) return checked;
  if (isSameText(text, content)) return judged(checked, 0.2, 'it was made from this very text');
  const mapped = mapBuffer(content, text, frame.line ?? 1);
  const stale = judged(checked, -0.2, 'but it was made from another version of the file');
  if (isKnown || stale.location === null) return stale;
  const { line, status } = mapped;
  return { ...stale, location: { ...stale.location, line: status === 'unknown' ? stale.location.line : line, status } };
}

function judged(checked: CheckedPlace, weight: number, said: string): CheckedPlace {
  const score = Math.round(Math.max(0, Math.min(0.97, checked.score + weight)) * 100) / 100;
  const reason = checked.reason.replace('; ', `; ${said}; `);
  return { ...checked, score, reason, location: checked.location === null ? null : { ...checked.location, score, reason } };
}
