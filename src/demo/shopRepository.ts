import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { demoIncomplete, folderInTheWay } from '../domain/errors';
import { runGit } from './git';
import { readShopHistory, renamedHistory, type ShopHistory } from './shopHistory';

export interface ShopRepositoryOptions {
  /** Folder that holds `demo/shop`. */
  readonly mediaDir: string;
  /** Where the repository shall lie; created with its parents. */
  readonly dir: string;
  /**
   * When the last commit was made; all others keep their distance to it. Absent: as shipped, which gives the recorded ids.
   * Telemetry of today goes with commits of this week.
   */
  readonly lastCommitAtMs?: number;
  readonly signal?: AbortSignal;
}

export interface ShopRepository {
  readonly root: string;
  /** With the ids that the commits have in this repository. */
  readonly history: ShopHistory;
}

/**
 * Builds the demo shop's Git repository from the shipped patches, with the same commits on every machine, and leaves one that
 * is there already as it is. It appears whole or not at all.
 */
export async function buildShopRepository({ mediaDir, dir, lastCommitAtMs, signal }: ShopRepositoryOptions): Promise<ShopRepository> {
  const root = resolve(dir);
  const shipped = await readShopHistory(mediaDir);
  if (await holdsShop(root, shipped, signal)) return { root, history: shipped };
  await mkdir(dirname(root), { recursive: true });
  const building = await mkdtemp(`${root}.building-`);
  try {
    const patches = await patchFiles(join(resolve(mediaDir), 'demo', 'shop', 'patches'));
    const dated = lastCommitAtMs === undefined ? patches : await dateAnew(patches, join(building, '.git-patches'), lastCommitAtMs);
    await applyHistory(building, dated, shipped, signal);
    await rm(join(building, '.git-patches'), { recursive: true, force: true });
    const history = await nameCommits(building, shipped, lastCommitAtMs === undefined, signal);
    await moveInto(building, root, shipped, signal);
    return { root, history };
  } finally {
    await rm(building, { recursive: true, force: true });
  }
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

async function patchFiles(dir: string): Promise<string[]> {
  const names = (await readdir(dir).catch((): string[] => [])).filter((name) => name.endsWith('.patch')).sort();
  if (names.length === 0) throw demoIncomplete(dir);
  return names.map((name) => join(dir, name));
}

const DATE = /^Date: (.+)$/m;

/** Copies of the patches whose last one is from `lastMs`; the author's time of day is UTC in them. */
async function dateAnew(patches: readonly string[], dir: string, lastMs: number): Promise<string[]> {
  await mkdir(dir);
  const texts = await Promise.all(patches.map((file) => readFile(file, 'utf8')));
  const dates = texts.map((text) => Date.parse(DATE.exec(text)?.[1] ?? ''));
  const shiftMs = lastMs - (dates.at(-1) ?? 0);
  return Promise.all(
    texts.map(async (text, index) => {
      const file = join(dir, `${String(index).padStart(4, '0')}.patch`);
      const date = new Date((dates[index] ?? 0) + shiftMs).toUTCString().replace('GMT', '+0000');
      await writeFile(file, text.replace(DATE, `Date: ${date}`));
      return file;
    }),
  );
}

async function applyHistory(cwd: string, patches: readonly string[], history: ShopHistory, signal: AbortSignal | undefined): Promise<void> {
  const env = { GIT_COMMITTER_NAME: history.committer.name, GIT_COMMITTER_EMAIL: history.committer.email };
  const git = (...args: string[]) => runGit(args, { cwd, signal, env });
  await git('init', '-q', '--template=', '--object-format=sha1', '-b', history.branch);
  await git('config', 'core.autocrlf', 'false');
  await git('am', '-q', '--keep', '--committer-date-is-author-date', ...patches);
  await git('remote', 'add', 'origin', history.repositoryUrl);
}

/** Tags the releases, and checks that the patches led to what was shipped. */
async function nameCommits(cwd: string, shipped: ShopHistory, isAsShipped: boolean, signal: AbortSignal | undefined): Promise<ShopHistory> {
  const shas = (await runGit(['rev-list', '--reverse', 'HEAD'], { cwd, signal })).toString('utf8').trim().split('\n');
  const isRight = isAsShipped ? shas.at(-1) === shipped.head : shas.length === shipped.commits.length;
  if (!isRight)
    throw demoIncomplete('history of the demo shop', new Error(`${shas.length} patches lead to ${shas.at(-1)}, not to ${shipped.head}.`));
  const history = renamedHistory(shipped, shas);
  for (const { version, commit } of history.releases) await runGit(['tag', `v${version}`, commit], { cwd, signal });
  return history;
}

/** A window that was quicker with the same repository wins; an empty folder gives way. */
async function moveInto(building: string, root: string, history: ShopHistory, signal: AbortSignal | undefined): Promise<void> {
  try {
    await rename(building, root);
  } catch (error) {
    if (!(await holdsShop(root, history, signal))) throw error;
  }
}
