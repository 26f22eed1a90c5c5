import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { runGit } from './git';

/** Name of the folder that a service runs from, such as `checkout-a9a9c4e`. */
export const releaseName = (service: string, commit: string) => `${service}-${commit.slice(0, 7)}`;

/**
 * Writes the files of a commit to `<dir>/<service>-<short sha>`, as a delivery pipeline would, and returns that folder. The
 * repository's index and working tree stay as they are.
 */
export async function checkOutRelease(repository: string, service: string, commit: string, dir: string): Promise<string> {
  const target = join(resolve(dir), releaseName(service, commit));
  if ((await readdir(target).catch((): string[] => [])).length > 0) return target;
  await mkdir(dirname(target), { recursive: true });
  const building = await mkdtemp(`${target}.building-`);
  const index = `${building}.index`;
  try {
    const env = { GIT_INDEX_FILE: index };
    await runGit(['read-tree', commit], { cwd: repository, env });
    await runGit(['checkout-index', '--all', `--prefix=${building}/`], { cwd: repository, env });
    await rename(building, target);
  } finally {
    await rm(building, { recursive: true, force: true });
    await rm(index, { force: true });
  }
  return target;
}
