import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { starterRunbooksMissing } from '../domain/runbookErrors';
import type { RunbookDocument } from '../knowledge/runbookIndex';

/** `media/runbooks` beside or above the bundle, or the sources. */
const FOLDERS = ['media/runbooks', '../media/runbooks', '../../media/runbooks'];

let kept: Promise<readonly RunbookDocument[]> | null = null;

/** The runbooks that come with AIDog, one for each kind of incident; read once. */
export function readStarterRunbooks(): Promise<readonly RunbookDocument[]> {
  kept ??= read().catch((error: unknown) => {
    kept = null;
    throw starterRunbooksMissing(error);
  });
  return kept;
}

async function read(): Promise<readonly RunbookDocument[]> {
  const folders = FOLDERS.map((folder) => resolve(__dirname, folder));
  const folder = folders.find((one) => existsSync(one)) ?? folders[0] ?? '';
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md')).sort();
  return Promise.all(
    files.map(async (file): Promise<RunbookDocument> => {
      const text = await readFile(join(folder, file), 'utf8');
      return { origin: 'bundled', text, path: `runbooks/${file}`, root: null, name: file.replace(/\.md$/, '') };
    }),
  );
}
