import type { Repository } from '../domain/ports';
import { librarySegment } from './frames/origin';
import { createServiceTest } from './pathNames';
import type { WorkspaceIndex } from './workspaceIndex';

/** Something that the text of a tracked file says, and where. */
export interface Located<T> {
  readonly repository: Repository;
  readonly path: string;
  /** Whether the file lies in a folder that is named like the service. */
  readonly isInService: boolean;
  readonly fact: T;
}

export interface SourceFacts<T> {
  readonly found: readonly Located<T>[];
  /** Whether there were more files than are read. */
  readonly isCut: boolean;
}

const SOURCE = /\.(?:[cm]?[jt]sx?|py|java|kt|kts|scala|groovy|go|rb|php|cs|fs|vb|rs|exs?|swift|dart|pl|pm|vue|svelte)$/;
const TESTS =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|fixtures|mocks?|examples?|migrations)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)test_[^/]*\.py$|_test\.(?:go|py|rb|exs)$/;

const MAX_FILES = 3_000;
const MAX_CHARS = 48 * 1024 * 1024;
const MAX_FILE_BYTES = 512 * 1024;
const READ_AT_A_TIME = 32;
/** Edited files are read again after this, unless somebody says sooner that they changed. */
const KEPT_MS = 20_000;
const MAX_KEPT = 4;

/** Reads facts from the source files of the workspace, those of the service first, tests not at all, and keeps them for a while. */
export class SourceFactReader<T> {
  readonly #index: WorkspaceIndex;
  readonly #repositories: readonly Repository[];
  readonly #extract: (text: string, path: string) => readonly T[];
  readonly #nowMs: () => number;
  readonly #kept = new Map<string, { readonly revision: number; readonly atMs: number; readonly facts: Promise<SourceFacts<T>> }>();

  constructor(
    index: WorkspaceIndex,
    repositories: readonly Repository[],
    extract: (text: string, path: string) => readonly T[],
    nowMs: () => number,
  ) {
    this.#index = index;
    this.#repositories = repositories;
    this.#extract = extract;
    this.#nowMs = nowMs;
  }

  forget(): void {
    this.#kept.clear();
  }

  async read(service: string | null, signal: AbortSignal): Promise<SourceFacts<T>> {
    await this.#index.refresh(signal);
    const key = service ?? '';
    const known = this.#kept.get(key);
    if (known?.revision === this.#index.revision && this.#nowMs() - known.atMs < KEPT_MS) return known.facts;
    const facts = this.#readAll(service, signal);
    facts.catch(() => this.#kept.delete(key));
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    this.#kept.set(key, { revision: this.#index.revision, atMs: this.#nowMs(), facts });
    return facts;
  }

  async #readAll(service: string | null, signal: AbortSignal): Promise<SourceFacts<T>> {
    const files = this.#filesOf(service);
    const found: Located<T>[] = [];
    let chars = 0;
    let at = 0;
    for (; at < Math.min(files.length, MAX_FILES) && chars < MAX_CHARS; at += READ_AT_A_TIME) {
      signal.throwIfAborted();
      const batch = files.slice(at, at + READ_AT_A_TIME);
      const texts = await Promise.all(batch.map(({ repository, path }) => repository.readFile(path, signal, MAX_FILE_BYTES)));
      for (const [place, file] of batch.entries()) {
        const text = texts[place] ?? '';
        chars += text.length;
        for (const fact of this.#extract(text, file.path)) found.push({ ...file, fact });
      }
    }
    return { found, isCut: at < files.length };
  }

  #filesOf(service: string | null): Omit<Located<T>, 'fact'>[] {
    const isOfService = service === null ? () => false : createServiceTest(service);
    const files = this.#repositories.flatMap((repository) =>
      [...this.#index.paths(repository)]
        .filter((path) => SOURCE.test(path) && !TESTS.test(path) && librarySegment(path.split('/')) === -1)
        .map((path) => ({ repository, path, isInService: isOfService(path) })),
    );
    return files.sort((left, right) => Number(right.isInService) - Number(left.isInService));
  }
}
