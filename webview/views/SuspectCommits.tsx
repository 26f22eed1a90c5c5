import { formatDateTime, formatScore, formatSha } from '../../src/domain/format';
import type { SuspectCommit } from '../../src/domain/hypothesis';
import { usePanelApi } from '../hooks/usePanelApi';
import { Bar } from '../ui/Bar';
import { LinkButton } from '../ui/LinkButton';
import { Section } from '../ui/Section';

/** Commits that were weighed, best suspect first. */
export function SuspectCommits({ commits, rootCause }: { readonly commits: readonly SuspectCommit[]; readonly rootCause: string | null }) {
  if (commits.length === 0) return null;
  return (
    <Section title="Commits that were weighed">
      <ol className="plain-list commits">
        {commits.map((commit) => (
          <CommitRow key={commit.sha} commit={commit} isRootCause={commit.sha === rootCause} />
        ))}
      </ol>
    </Section>
  );
}

function CommitRow({ commit, isRootCause }: { readonly commit: SuspectCommit; readonly isRootCause: boolean }) {
  const { send } = usePanelApi();
  const committedMs = Date.parse(commit.committedAt);
  return (
    <li className="commit">
      <div className="commit-head">
        <LinkButton icon="git-commit" title={`Show commit ${commit.sha}`} onPress={() => send('openCommit', { sha: commit.sha })}>
          <code>{formatSha(commit.sha)}</code>
        </LinkButton>
        <span className="commit-title" title={commit.title}>
          {commit.title || '(no message)'}
        </span>
        {isRootCause ? <span className="tag">to blame</span> : null}
        <span className="commit-score">
          <span className="unseen">Score </span>
          <span className="number">{formatScore(commit.score)}</span>
          <Bar share={commit.score} />
        </span>
      </div>
      <div className="meta">
        {commit.author ? <span>{commit.author}</span> : null}
        {Number.isNaN(committedMs) ? null : <span title={commit.committedAt}>{formatDateTime(committedMs)}</span>}
      </div>
      {commit.reasons.length > 0 ? (
        <ul className="reasons">
          {[...new Set(commit.reasons)].map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
