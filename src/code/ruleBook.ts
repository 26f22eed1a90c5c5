import type { Repository } from '../domain/ports';
import { MAPPINGS_PATH, type MappingRule, type MappingRules, parseMappingRules, ruledPaths } from './mappingRules';

/** Rules are read again after this, so that a saved file counts at once although nobody told. */
const READ_AFTER_MS = 2_000;
const MAX_BYTES = 512 * 1024;

/** The mapping rules of some repositories, as their working trees have them. */
export class RuleBook {
  readonly #repositories: readonly Repository[];
  readonly #nowMs: () => number;
  #read: Promise<ReadonlyMap<Repository, MappingRules>> | null = null;
  #readAtMs = 0;
  #problems: readonly string[] = [];

  constructor(repositories: readonly Repository[], nowMs: () => number) {
    this.#repositories = repositories;
    this.#nowMs = nowMs;
  }

  /** What is wrong with the rules that were read last. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  forget(): void {
    this.#read = null;
  }

  /** The rules of all repositories. */
  async all(signal: AbortSignal): Promise<readonly MappingRule[]> {
    return [...(await this.#rules(signal)).values()].flatMap(({ rules }) => rules);
  }

  /** Where the rules of each repository send a path. */
  async ruled(segments: readonly string[], service: string | null, signal: AbortSignal) {
    return [...(await this.#rules(signal))].flatMap(([repository, { rules }]) =>
      ruledPaths(rules, segments, service).map((path) => ({ repository, path })),
    );
  }

  #rules(signal: AbortSignal): Promise<ReadonlyMap<Repository, MappingRules>> {
    const nowMs = this.#nowMs();
    if (this.#read !== null && nowMs - this.#readAtMs < READ_AFTER_MS) return this.#read;
    const read = this.#readAll(signal);
    this.#read = read;
    this.#readAtMs = nowMs;
    return read;
  }

  async #readAll(signal: AbortSignal): Promise<ReadonlyMap<Repository, MappingRules>> {
    const all = new Map<Repository, MappingRules>();
    for (const repository of this.#repositories) {
      const text = await repository.readFile(MAPPINGS_PATH, signal, MAX_BYTES);
      if (text !== null) all.set(repository, parseMappingRules(text, `${repository.name}/${MAPPINGS_PATH}`));
    }
    this.#problems = [...all.values()].flatMap(({ problems }) => problems);
    return all;
  }
}
