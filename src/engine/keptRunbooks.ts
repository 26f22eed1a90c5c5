import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runbookFolderUnreadable } from '../domain/runbookErrors';
import type { RunbookDocument } from '../knowledge/runbookIndex';

const MAX_FILES = 300;
const MAX_FILE_BYTES = 2 * 1024 * 1024;

/**
 * The Markdown files of a folder of runbooks that belong to no repository, by name. A folder that is not there yet has none; a file
 * that is too large is passed over.
 */
export async function readKeptRunbooks(dir: string): Promise<readonly RunbookDocument[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw runbookFolderUnreadable(dir, error);
  });
  const files = names.filter((name) => /\.(?:md|markdown)$/i.test(name)).sort();
  const read = await Promise.all(files.slice(0, MAX_FILES).map((name) => documentOf(dir, name)));
  return read.filter((document) => document !== null);
}

async function documentOf(dir: string, path: string): Promise<RunbookDocument | null> {
  const file = join(dir, path);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile() || found.size > MAX_FILE_BYTES) return null;
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim() === '' ? null : { origin: 'learned', text, path, root: dir, name: path.replace(/\.\w+$/, '') };
}
