import { Fragment } from 'react';
import type { Evidence } from '../../src/domain/evidence';
import { usePanelApi } from '../hooks/usePanelApi';

const CITATIONS = /(\[E\d{1,4}(?:, ?E\d{1,4}){0,20}\])/u;

/** A text that cites facts as `[E3]` or `[E3, E4]`; each citation leads to its fact. What names no fact stays text. */
export function CitedText({ text, evidence }: { readonly text: string; readonly evidence: readonly Evidence[] }) {
  return text.split(CITATIONS).map((part, index) => {
    const cited = index % 2 === 1 ? (part.match(/E\d+/gu) ?? []).flatMap((id) => evidence.filter((fact) => fact.id === id)) : [];
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other identity
    return <Fragment key={index}>{cited.length === 0 ? part : cited.map((fact) => <Citation key={fact.id} fact={fact} />)}</Fragment>;
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
