import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { noSuchSet, unreadableAnswers } from '../domain/evaluationErrors';
import { type Answer, parseAnswers } from './answer';

const ANSWERS = 'answers.json';

/** Recorded incidents of one kind, with what is true of them. */
export interface CaseSet {
  readonly name: string;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  /** The recording's folder: all that an investigation may see. */
  readonly dir: string;
  readonly answer: Answer;
}

/**
 * The sets below a folder: the folder itself, its own folders, or those of its `recordings`, as far as they have answers. Rejects
 * with one sentence when there is none, or none of the wanted name.
 */
export async function readSets(dir: string, wanted: readonly string[]): Promise<readonly CaseSet[]> {
  const found = await setFolders(dir);
  const names = found.map((folder) => basename(folder));
  for (const name of wanted) if (!names.includes(name)) throw noSuchSet(dir, name, names);
  if (found.length === 0) throw noSuchSet(dir, null, []);
  return Promise.all(found.filter((folder) => wanted.length === 0 || wanted.includes(basename(folder))).map(readSet));
}

async function setFolders(dir: string): Promise<string[]> {
  if (await isFile(join(dir, ANSWERS))) return [dir];
  const folders: string[] = [];
  for (const parent of [join(dir, 'recordings'), dir]) {
    for (const name of await namesIn(parent)) if (await isFile(join(parent, name, ANSWERS))) folders.push(join(parent, name));
    if (folders.length > 0) break;
  }
  return folders;
}

async function readSet(dir: string): Promise<CaseSet> {
  try {
    const answers = parseAnswers(JSON.parse(await readFile(join(dir, ANSWERS), 'utf8')));
    const cases = [...answers].map(([name, answer]) => ({ name, dir: join(dir, basename(name)), answer }));
    return { name: basename(dir), cases: cases.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  } catch (error) {
    throw unreadableAnswers(join(dir, ANSWERS), error);
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function namesIn(dir: string): Promise<readonly string[]> {
  return readdir(dir).then(
    (names) => names.sort(),
    () => [],
  );
}
