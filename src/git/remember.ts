import type { LRUCache } from 'lru-cache';
import { isCancellation } from '../domain/errors';

/**
 * Shares the answer among callers; a failure is forgotten so that the next caller asks again. A caller who called off
 * the work does not spoil it for another.
 */
export async function remember<T>(
  cache: LRUCache<string, Promise<T>>,
  key: string,
  signal: AbortSignal,
  compute: () => Promise<T>,
): Promise<T> {
  const known = cache.get(key);
  const answer = known ?? compute();
  if (known === undefined) cache.set(key, answer);
  try {
    return await answer;
  } catch (error) {
    if (cache.get(key) === answer) cache.delete(key);
    if (known !== undefined && isCancellation(error) && !signal.aborted) return remember(cache, key, signal, compute);
    throw error;
  }
}
