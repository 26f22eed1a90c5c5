import { formatSha } from '../../src/domain/format';
import type { SuspectCommit } from '../../src/domain/hypothesis';
import { usePanelApi } from '../hooks/usePanelApi';
import { LinkButton } from '../ui/LinkButton';

/** The commit by its short name, with its author where one is known; nothing when there is no commit. */
export function CommitButton({ sha, suspects }: { readonly sha: string | null; readonly suspects: readonly SuspectCommit[] }) {
  const { send } = usePanelApi();
  if (!sha) return null;
  const commit = suspects.find((suspect) => suspect.sha === sha);
  const title = commit?.title ? `Show commit ${sha}: ${commit.title}` : `Show commit ${sha}`;
  return (
    <LinkButton icon="git-commit" title={title} onPress={() => send('openCommit', { sha })}>
      <code>{formatSha(sha)}</code>
      {commit?.author ? ` by ${commit.author}` : ''}
    </LinkButton>
  );
}
