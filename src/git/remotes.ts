import { normaliseRepositoryUrl } from '../code/repositoryUrl';
import { runGit } from './runGit';

/** A name that can be a word of a command and a part of a setting's key. */
const NAME = /^[A-Za-z0-9][\w./-]*$/;

/** The configured remotes, `origin` first; names that a command line could misread are left out. */
export async function remoteNames(root: string, signal: AbortSignal): Promise<string[]> {
  const { text } = await runGit(root, ['remote'], { signal });
  const names = text.split('\n').filter((name) => NAME.test(name));
  return names.sort((left, right) => Number(right === 'origin') - Number(left === 'origin'));
}

/** What the remotes' addresses name, `origin` first; local folders name nothing. */
export async function remoteRepositories(root: string, signal: AbortSignal): Promise<string[]> {
  const { text } = await runGit(root, ['config', '-z', '--get-regexp', '^remote\\..*\\.url$'], { signal });
  const entries = text.split('\0').map((entry) => entry.split('\n', 2));
  const isOrigin = (key: string | undefined) => key === 'remote.origin.url';
  const urls = entries.toSorted(([left], [right]) => Number(isOrigin(right)) - Number(isOrigin(left))).map(([, url]) => url ?? '');
  return [...new Set(urls.flatMap((url) => normaliseRepositoryUrl(url) ?? []))];
}

const MAX_UNPUSHED = 20_000;

/** Commits of local branches and of what is checked out that no remote branch has; null without a remote. */
export async function unpushedCommits(root: string, signal: AbortSignal): Promise<ReadonlySet<string> | null> {
  if ((await remoteNames(root, signal)).length === 0) return null;
  const { text } = await runGit(root, ['rev-list', `--max-count=${MAX_UNPUSHED}`, '--branches', 'HEAD', '--not', '--remotes', '--'], {
    signal,
  });
  return new Set(text.split('\n').filter((sha) => sha !== ''));
}
