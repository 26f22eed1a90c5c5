import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { demoIncomplete, folderInTheWay } from '../domain/errors';
import { runGit } from './git';
import { readShopHistory, type ShopHistory } from './shopHistory';

export interface ShopRepositoryOptions {
  /** Folder that holds `demo/shop`. */
  readonly mediaDir: string;
  /** Where the repository shall lie; created with its parents. */
  readonly dir: string;
  readonly signal?: AbortSignal;
}

export interface ShopRepository {
  readonly root: string;
  readonly history: ShopHistory;
}

/**
 * Builds the demo shop's Git repository from the shipped patches, with the same commits on every machine, and leaves one that
 * is there already as it is. It appears whole or not at all.
 */
export async function buildShopRepository({ mediaDir, dir, signal }: ShopRepositoryOptions): Promise<ShopRepository> {
  const root = resolve(dir);
  const history = await readShopHistory(mediaDir);
  if (await holdsShop(root, history, signal)) return { root, history };
  await mkdir(dirname(root), { recursive: true });
  const building = await mkdtemp(`${root}.building-`);
  try {
    await applyHistory(building, join(mediaDir, 'demo', 'shop', 'patches'), history, signal);
    await moveInto(building, root, history, signal);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return { root, history };
}

/** Whether the shop's last commit is there; what the user has committed on top is welcome. */
async function holdsShop(root: string, history: ShopHistory, signal: AbortSignal | undefined): Promise<boolean> {
  const entries = await readdir(root).catch((): string[] => []);
  if (entries.length === 0) return false;
  if (!entries.includes('.git')) throw folderInTheWay(root);
  const isOurs = await runGit(['cat-file', '-e', `${history.head}^{commit}`], { cwd: root, signal }).then(
    () => true,
    (error) => {
      if (signal?.aborted) throw error;
      return false;
    },
  );
  if (!isOurs) throw folderInTheWay(root);
  return true;
}

async function applyHistory(cwd: string, patchDir: string, history: ShopHistory, signal: AbortSignal | undefined): Promise<void> {
  const patches = (await readdir(patchDir).catch(() => [])).filter((name) => name.endsWith('.patch')).sort();
  if (patches.length === 0) throw demoIncomplete(patchDir);
  const env = { GIT_COMMITTER_NAME: history.committer.name, GIT_COMMITTER_EMAIL: history.committer.email };
  const git = (...args: string[]) => runGit(args, { cwd, signal, env });
  await git('init', '-q', '--template=', '--object-format=sha1', '-b', history.branch);
  await git('config', 'core.autocrlf', 'false');
  await git('am', '-q', '--keep', '--committer-date-is-author-date', ...patches.map((name) => join(resolve(patchDir), name)));
  await git('remote', 'add', 'origin', history.repositoryUrl);
  for (const { version, commit } of history.releases) await git('tag', `v${version}`, commit);
  const head = (await git('rev-parse', 'HEAD')).toString('utf8').trim();
  if (head !== history.head) throw demoIncomplete(patchDir, new Error(`The patches lead to ${head}, not to ${history.head}.`));
}

/** A window that was quicker with the same repository wins; an empty folder gives way. */
async function moveInto(building: string, root: string, history: ShopHistory, signal: AbortSignal | undefined): Promise<void> {
  try {
    await rename(building, root);
  } catch (error) {
    if (!(await holdsShop(root, history, signal))) throw error;
  }
}
