import type { Repository } from '../domain/ports';
import { sharedSuffix } from './framePath';

interface Root {
  /** Folders of the deployed path that have no counterpart: `/app`. */
  readonly deployed: string;
  /** Folders of the repository path that have none: `services/checkout`. */
  readonly source: string;
  readonly repository: Repository;
}

/** Where the code of each service was put when it was deployed, learned from frames that could be placed without doubt. */
export class LearnedRoots {
  readonly #roots = new Map<string, Root[]>();

  learn(service: string | null, segments: readonly string[], repository: Repository, path: string): void {
    const source = path.split('/');
    const shared = sharedSuffix(source, segments);
    const root = {
      deployed: segments.slice(0, segments.length - shared).join('/'),
      source: source.slice(0, source.length - shared).join('/'),
      repository,
    };
    const known = this.#roots.get(service ?? '') ?? [];
    const isKnown = known.some(
      (other) => other.deployed === root.deployed && other.source === root.source && other.repository === repository,
    );
    if (!isKnown && known.length < 20) this.#roots.set(service ?? '', [...known, root]);
  }

  /** Repository paths that the learned roots give for a deployed path. */
  apply(service: string | null, segments: readonly string[]): { readonly repository: Repository; readonly path: string }[] {
    const deployed = segments.join('/');
    return (this.#roots.get(service ?? '') ?? []).flatMap((root) => {
      const prefix = root.deployed === '' ? '' : `${root.deployed}/`;
      if (!deployed.startsWith(prefix)) return [];
      const rest = deployed.slice(prefix.length);
      return [{ repository: root.repository, path: root.source === '' ? rest : `${root.source}/${rest}` }];
    });
  }
}
