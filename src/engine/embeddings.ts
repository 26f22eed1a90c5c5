import type { Embeddings } from '../domain/embeddings';
import { isRemoteModel } from '../domain/modelAddress';
import { defaultModelPrivacy } from '../domain/modelPrivacy';
import type { ModelSettings } from '../domain/modelUse';
import type { EmbeddingCache } from '../models/ollamaEmbeddings';

/** Opens the embedding model of the settings; vectors are kept over investigations, in memory. */
export function createEmbeddingOpener() {
  let cache: EmbeddingCache | null = null;
  return async ({ embeddings: chosen = null, privacy = defaultModelPrivacy, keys }: ModelSettings): Promise<Embeddings | null> => {
    if (chosen === null || chosen.model === '') return null;
    const [{ createOllamaEmbeddings, createEmbeddingCache }, { createRedactor }, { keyFor }] = await Promise.all([
      import('../models/ollamaEmbeddings'),
      import('../agents/redaction/redaction'),
      import('../models/keys'),
    ]);
    const isRemote = isRemoteModel({ provider: 'ollama', ...chosen });
    if (isRemote && !privacy.fields.includes('runbooks')) return null;
    cache ??= createEmbeddingCache();
    const embeddings = createOllamaEmbeddings(chosen, { cache, key: keyFor(keys, 'ollama', chosen.baseUrl) });
    const redaction = createRedactor({
      personalData: isRemote && privacy.hidesPersonalData,
      ipAddresses: isRemote && privacy.hidesAddresses,
    });
    return {
      name: embeddings.name,
      embed: (texts, signal) =>
        embeddings.embed(
          texts.map((text) => redaction.redact(text)),
          signal,
        ),
    };
  };
}
