import type { Repository } from '../domain/ports';
import { sharedSuffix } from './framePath';

interface Root {
  /** Folders of the deployed path that have no counterpart: `/app`. */
  readonly deployed: string;
  /** Folders of the repository path that have none: `services/checkout`. */
  readonly source: string;
  readonly repository: Repository;
  /** Files that it was learned from. */
  readonly files: Set<string>;
  /** The longest equal ending that it was learned from, in segments. */
  longest: number;
}

/** One file is enough when so many segments of its path are equal. */
const TELLING_SEGMENTS = 3;
const MAX_ROOTS = 20;
const MAX_FILES = 50;

/** Where the code of a service was put when it was deployed, learned from frames that could be placed without doubt. */
export class LearnedRoots {
  readonly #roots: Root[] = [];

  learn(segments: readonly string[], repository: Repository, path: string): void {
    const source = path.split('/');
    const shared = sharedSuffix(source, segments);
    if (shared === 0) return;
    const deployed = segments.slice(0, segments.length - shared).join('/');
    const rest = source.slice(0, source.length - shared).join('/');
    const known = this.#roots.find((root) => root.deployed === deployed && root.source === rest && root.repository === repository);
    if (known === undefined) {
      if (this.#roots.length >= MAX_ROOTS) this.#roots.shift();
      this.#roots.push({ deployed, source: rest, repository, files: new Set([path]), longest: shared });
      return;
    }
    known.longest = Math.max(known.longest, shared);
    if (known.files.size < MAX_FILES) known.files.add(path);
  }

  /** Repository paths that the roots give for a deployed path; only roots that several files, or one long ending, speak for. */
  apply(segments: readonly string[]): { readonly repository: Repository; readonly path: string }[] {
    const deployed = segments.join('/');
    return this.#roots.flatMap((root) => {
      if (root.files.size < 2 && root.longest < TELLING_SEGMENTS) return [];
      const prefix = root.deployed === '' ? '' : `${root.deployed}/`;
      if (!deployed.startsWith(prefix)) return [];
      const rest = deployed.slice(prefix.length);
      return [{ repository: root.repository, path: root.source === '' ? rest : `${root.source}/${rest}` }];
    });
  }
}

const MAX_SERVICES = 500;

/** What was learned about each service; without a service nothing is kept, since two may be deployed to the same folder. */
export class ServiceRoots {
  readonly #byService = new Map<string, LearnedRoots>();

  of(service: string | null): LearnedRoots {
    if (service === null) return new LearnedRoots();
    const roots = this.#byService.get(service) ?? new LearnedRoots();
    if (this.#byService.size >= MAX_SERVICES && !this.#byService.has(service)) this.#byService.clear();
    this.#byService.set(service, roots);
    return roots;
  }
}
