import type { Embeddings } from '../domain/embeddings';
import { isRemoteModel, modelAddress, modelLabel } from '../domain/modelAddress';
import type { ModelSettings } from '../domain/modelUse';
import { embeddingsOnlyHere } from '../domain/runbookErrors';
import type { EmbeddingCache } from '../models/ollamaEmbeddings';

/**
 * Opens the embedding model of the settings; vectors are kept over investigations, in memory. What is embedded begins with the alert
 * and quotes errors, and nobody is asked whether that may be sent, so a model that is not on this machine rejects and gets nothing.
 */
export function createEmbeddingOpener() {
  let cache: EmbeddingCache | null = null;
  return async ({ embeddings: chosen = null, keys }: ModelSettings): Promise<Embeddings | null> => {
    if (chosen === null || chosen.model === '') return null;
    const choice = { provider: 'ollama', ...chosen } as const;
    const [{ createOllamaEmbeddings, createEmbeddingCache }, { createRedactor }, { keyFor }] = await Promise.all([
      import('../models/ollamaEmbeddings'),
      import('../agents/redaction/redaction'),
      import('../models/keys'),
    ]);
    cache ??= createEmbeddingCache();
    const kept = cache;
    const redaction = createRedactor({ personalData: false, ipAddresses: false });
    return {
      name: modelLabel(choice),
      async embed(texts, signal) {
        if (isRemoteModel(choice)) throw embeddingsOnlyHere(modelLabel(choice), modelAddress('ollama', chosen.baseUrl));
        const key = keyFor(keys, 'ollama', chosen.baseUrl);
        return createOllamaEmbeddings(chosen, { cache: kept, key }).embed(
          texts.map((text) => redaction.redact(text)),
          signal,
        );
      },
    };
  };
}
