import { formatSha } from '../../src/domain/format';
import type { Hypothesis } from '../../src/domain/hypothesis';
import { usePanelApi } from '../hooks/usePanelApi';
import { Button } from '../ui/Button';

/** Begins to draft a fix; nothing when there is no commit that could be reverted. */
export function FixButton({ hypothesis: { id, commit } }: { readonly hypothesis: Hypothesis }) {
  const { send } = usePanelApi();
  if (!commit) return null;
  const title = `Revert ${formatSha(commit)} in a worktree of its own; your files are not touched`;
  return <Button label="Draft a Fix…" icon="wrench" title={title} onPress={() => send('draftFix', { id })} />;
}
