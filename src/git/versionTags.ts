import type { VersionTag } from '../code/versionTags';
import { runGit } from './runGit';

/** All tags with the commits that they lead to, annotated or not; the newest first. */
export async function readVersionTags(root: string, signal: AbortSignal): Promise<VersionTag[]> {
  const format = '%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)';
  const { text } = await runGit(root, ['for-each-ref', '--sort=-creatordate', `--format=${format}`, 'refs/tags'], { signal });
  return text.split('\n').flatMap((line) => {
    const [name = '', type, sha = '', innerType, innerSha = ''] = line.split('\0');
    if (type === 'commit') return [{ name, commit: sha }];
    return innerType === 'commit' ? [{ name, commit: innerSha }] : [];
  });
}
