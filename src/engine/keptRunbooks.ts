import { readdir } from 'node:fs/promises';
import type { Repository } from '../domain/ports';
import { runbookFolderUnreadable } from '../domain/runbookErrors';
import { openFolder } from './folderRepository';

/** A folder of runbooks that belong to no repository, named by its path; null while it is not there yet. */
export async function openKeptRunbooks(dir: string): Promise<Repository | null> {
  try {
    await readdir(dir);
    const folder = await openFolder(dir);
    return folder && { ...folder, name: dir };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw runbookFolderUnreadable(dir, error);
  }
}
