import { Fragment } from 'react';
import type { Evidence } from '../../src/domain/evidence';
import { usePanelApi } from '../hooks/usePanelApi';

/** A text that cites facts as `[E3]` or `[E3, E4]`; each citation leads to its fact. What names no fact stays text. */
export function CitedText({ text, evidence }: { readonly text: string; readonly evidence: readonly Evidence[] }) {
  const parts = text.split(/(\bE\d{1,4}\b)/u);
  return parts.map((part, index) => {
    const cited = index % 2 === 1 ? evidence.find(({ id }) => id === part) : undefined;
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other identity
    return <Fragment key={index}>{cited ? <Citation fact={cited} /> : part}</Fragment>;
  });
}

function Citation({ fact }: { readonly fact: Evidence }) {
  const { show } = usePanelApi();
  return (
    <button type="button" className="citation" title={fact.summary} onClick={() => show('evidence', fact.id)}>
      {fact.id}
    </button>
  );
}
