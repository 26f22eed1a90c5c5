import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Opening a named pipe would wait for somebody to write. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Larger files are not source code. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Whether a repository-relative path names a place inside the repository, whatever a symbolic link may say later. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.startsWith('/') || path.includes('\0') || path.includes('\\')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git');
}

/** The saved text of a file of the working tree; null when it is absent, too large, no regular text file, or outside of `root`. */
export async function readWorkingTreeFile(root: string, path: string, maxBytes = MAX_BYTES): Promise<string | null> {
  if (!isSafePath(path)) return null;
  try {
    const [realRoot, realFile] = await Promise.all([realpath(root), realpath(join(root, path))]);
    if (!realFile.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) return null;
    const file = await open(realFile, READ_WITHOUT_WAITING);
    try {
      const found = await file.stat();
      if (!found.isFile() || found.size > maxBytes) return null;
      const text = (await file.readFile()).toString('utf8');
      return text.includes('\0') ? null : text;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
