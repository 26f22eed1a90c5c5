import { LRUCache } from 'lru-cache';
import { runGit } from './runGit';

/** Larger files are not source code. */
const MAX_BLOB_BYTES = 4 * 1024 * 1024;
const MAX_KEPT_CHARS = 32 * 1024 * 1024;

/** Texts of a repository by blob id, many in one process; what an id names never changes, so it is kept. */
export class Blobs {
  readonly #texts = new LRUCache<string, string>({ maxSize: MAX_KEPT_CHARS, sizeCalculation: (text) => text.length + 100 });
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Null for what is no text, too large, or not there. */
  async read(ids: readonly string[], signal: AbortSignal): Promise<(string | null)[]> {
    const read = new Map<string, string | null>();
    for (const id of ids) {
      const known = this.#texts.get(id);
      if (known !== undefined) read.set(id, known);
    }
    const missing = [...new Set(ids)].filter((id) => !read.has(id) && /^[0-9a-f]{40,64}$/.test(id));
    if (missing.length > 0) {
      const answer = await runGit(this.#root, ['cat-file', '--batch'], { signal, input: missing.map((id) => `${id}\n`).join('') });
      for (const [id, text] of parseBatch(answer.bytes)) {
        read.set(id, text);
        if (text !== null) this.#texts.set(id, text);
      }
    }
    return ids.map((id) => read.get(id) ?? null);
  }
}

/** Reads `git cat-file --batch`: `id type size`, a line end, so many bytes, a line end. */
function parseBatch(bytes: Buffer): Map<string, string | null> {
  const texts = new Map<string, string | null>();
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    if (end === -1) break;
    const [id = '', type, size] = bytes.subarray(at, end).toString('utf8').split(' ');
    at = end + 1;
    if (size === undefined) continue;
    const content = bytes.subarray(at, at + Number(size));
    at += Number(size) + 1;
    const isText = type === 'blob' && content.length === Number(size) && content.length <= MAX_BLOB_BYTES && !content.includes(0);
    texts.set(id, isText ? content.toString('utf8') : null);
  }
  return texts;
}
