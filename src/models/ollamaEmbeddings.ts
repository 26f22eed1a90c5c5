import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Embeddings } from '../domain/embeddings';
import { modelAddress, modelLabel } from '../domain/modelAddress';
import { embeddingsSilent, embeddingsUnusable } from '../domain/runbookErrors';
import { explained } from './explain';
import { askJson, type Fetch } from './http';
import { arrayIn } from './values';
import { atMost, OutOfPatience, type Patience, Watch } from './watch';

export interface EmbeddingSettings {
  /** An embedding model as Ollama names it, such as `nomic-embed-text`. */
  readonly model: string;
  /** null for this machine's own. */
  readonly baseUrl: string | null;
}

export interface EmbeddingOptions {
  readonly key?: string | null;
  readonly fetch?: Fetch;
  /** `totalMs` is for all requests of one question together. */
  readonly patience?: Patience;
  /** Vectors by content, kept over investigations; a new one when absent. */
  readonly cache?: EmbeddingCache;
}

interface Call {
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

export type EmbeddingCache = LRUCache<string, readonly number[]>;

/** 5,000 vectors of 768 numbers are 30 MB. */
const MAX_KEPT = 5000;
/** Texts of one request: so few that a machine without a graphics card embeds them while {@link PATIENCE} lasts. */
const BATCH = 8;
const PATIENCE: Patience = { firstMs: 10_000, idleMs: 10_000, totalMs: 60_000 };

export const createEmbeddingCache = (): EmbeddingCache => new LRUCache({ max: MAX_KEPT });

/** Ollama's `/api/embed`. What was embedded before is not asked for again. */
export function createOllamaEmbeddings({ model, baseUrl }: EmbeddingSettings, options: EmbeddingOptions = {}): Embeddings {
  const { key = null, fetch: send = fetch, patience = PATIENCE, cache = createEmbeddingCache() } = options;
  const choice = { provider: 'ollama', model, baseUrl } as const;
  const who = modelLabel(choice);

  async function request(address: string, texts: readonly string[], call: Call): Promise<readonly (readonly number[])[]> {
    const watch = new Watch(call.patience, call.signal);
    try {
      const headers: Record<string, string> = {
        'content-type': 'application/json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      };
      const body = JSON.stringify({ model, input: texts, truncate: true, keep_alive: '10m' });
      const answer = await askJson(`${address}/api/embed`, { method: 'POST', headers, body }, { fetch: send, who, watch, key });
      return vectorsIn(answer, texts.length, who);
    } finally {
      watch.dispose();
    }
  }

  return {
    name: who,
    async embed(texts, signal) {
      const address = modelAddress('ollama', baseUrl);
      const endMs = performance.now() + patience.totalMs;
      const names = texts.map((text) => createHash('sha256').update(`${address}\n${model}\n${text}`).digest('base64'));
      // Held here as well, so that a cache that is smaller than one question costs time only.
      const found = new Map(names.flatMap((name) => (cache.has(name) ? [[name, cache.get(name) ?? []] as const] : [])));
      const missing = [...new Map(names.map((name, index) => [name, texts[index] ?? '']))].filter(([name]) => !found.has(name));
      try {
        for (let at = 0; at < missing.length; at += BATCH) {
          const batch = missing.slice(at, at + BATCH);
          const vectors = await request(
            address,
            batch.map(([, text]) => text),
            { patience: atMost(endMs - performance.now(), patience), signal },
          );
          batch.forEach(([name], index) => {
            found.set(name, vectors[index] ?? []);
            cache.set(name, vectors[index] ?? []);
          });
        }
      } catch (error) {
        if (error instanceof OutOfPatience && !signal.aborted)
          throw embeddingsSilent(who, address, Math.ceil((error.why === 'slow' ? patience.totalMs : error.afterMs) / 1000), error);
        throw explained(error, { choice, who, address, hasKey: key !== null }, signal);
      }
      const all = names.map((name) => found.get(name) ?? []);
      if (new Set(all.map(({ length }) => length)).size > 1) throw embeddingsUnusable(who, 'vectors of different lengths');
      return all;
    },
  };
}

function vectorsIn(answer: unknown, count: number, who: string): readonly (readonly number[])[] {
  const vectors = arrayIn(answer, 'embeddings');
  if (vectors.length !== count) throw embeddingsUnusable(who, `${vectors.length} vectors for ${count} texts`);
  return vectors.map((vector) => {
    if (!Array.isArray(vector) || vector.length === 0 || !vector.every((value) => typeof value === 'number' && Number.isFinite(value)))
      throw embeddingsUnusable(who, 'no list of numbers');
    return vector as readonly number[];
  });
}
