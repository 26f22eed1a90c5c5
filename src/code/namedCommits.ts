import type { StackTrace } from '../domain/frame';
import type { Repository } from '../domain/ports';

/** A commit id at the end of a folder's name, as in `/srv/releases/checkout-3860e89/` or `/deploy/3860e89d…/`. */
const FOLDER_OF_COMMIT = /^(?:.{0,80}[-_.@])?([0-9a-f]{7,40})$/;
const MAX_PATHS = 200;
const MAX_GUESSES = 5;

/** Finds the commit that ran from what names it: an id, a tag, a version, or the folder that it was deployed to. */
export class DeployedCommits {
  readonly #repositories: readonly Repository[];
  readonly #known = new Map<string, string>();
  readonly #guesses = new Map<string, boolean>();

  constructor(repositories: readonly Repository[]) {
    this.#repositories = repositories;
  }

  /** A name that no repository knows stays as it is, so that the answer can say so. */
  async named(name: string, service: string | null, signal: AbortSignal): Promise<string> {
    const key = JSON.stringify([name, service]);
    const found = this.#known.get(key) ?? (await this.#look(name, service, signal));
    this.#known.set(key, found);
    return found;
  }

  /** The commit that folders of the trace's files are called after, if a repository has it. */
  async inPaths({ exceptions }: StackTrace, signal: AbortSignal): Promise<string | null> {
    const files = exceptions.flatMap(({ frames }) => frames.flatMap(({ kind, file }) => (kind === 'app' && file !== null ? [file] : [])));
    for (const guess of guessesIn(files.slice(0, MAX_PATHS))) {
      const isCommit = this.#guesses.get(guess) ?? (await this.#has(guess, signal));
      this.#guesses.set(guess, isCommit);
      if (isCommit) return guess;
    }
    return null;
  }

  async #look(name: string, service: string | null, signal: AbortSignal): Promise<string> {
    if (await this.#has(name, signal)) return name;
    for (const repository of this.#repositories) {
      const commit = await repository.resolveVersion(name, service, signal);
      if (commit !== null) return commit;
    }
    return name;
  }

  async #has(name: string, signal: AbortSignal): Promise<boolean> {
    for (const repository of this.#repositories) if (await repository.hasCommit(name, signal)) return true;
    return false;
  }
}

function guessesIn(files: readonly string[]): string[] {
  const found = new Set<string>();
  for (const file of files) {
    for (const folder of file.split(/[/\\]/).slice(0, -1)) {
      const id = FOLDER_OF_COMMIT.exec(folder)?.[1];
      if (id !== undefined) found.add(id);
      if (found.size >= MAX_GUESSES) return [...found];
    }
  }
  return [...found];
}
