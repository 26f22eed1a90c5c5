import type { Hypothesis } from '../../src/domain/hypothesis';
import { usePanelApi } from '../hooks/usePanelApi';
import { IconButton } from '../ui/IconButton';
import { LinkButton } from '../ui/LinkButton';
import { nextLookSources } from '../words';

/** The question whose answer would settle a hypothesis best: its page, or its text to copy. */
export function NextLook({ hypothesis: { id, nextQuery } }: { readonly hypothesis: Hypothesis }) {
  const { send } = usePanelApi();
  if (!nextQuery) return null;
  const { title, source, query, link } = nextQuery;
  return (
    <div>
      <dt>Next</dt>
      <dd className="next-look">
        {link === null ? (
          <span>{title}</span>
        ) : (
          <LinkButton icon="link-external" title={query} onPress={() => send('openNextQuery', { id })}>
            {title}
          </LinkButton>
        )}
        <span className="tag">{nextLookSources[source]}</span>
        {query === '' ? null : <IconButton icon="copy" label={`Copy the query: ${query}`} onPress={() => send('copyNextQuery', { id })} />}
      </dd>
    </div>
  );
}
