import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promptMissing } from '../domain/errors';

/** `media/prompts` beside or above the bundle, or the sources. */
const FOLDERS = ['media/prompts', '../media/prompts', '../../media/prompts'];

/** The text of a prompt that comes with AIDog. Prompts are files so that anybody can read what a model is told. */
export async function readPrompt(name: string): Promise<string> {
  const files = FOLDERS.map((folder) => resolve(__dirname, join(folder, `${name}.md`)));
  const file = files.find((one) => existsSync(one)) ?? files[0] ?? '';
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw promptMissing(name, error);
  }
}
