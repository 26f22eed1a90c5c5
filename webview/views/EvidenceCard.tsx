import type { Evidence } from '../../src/domain/evidence';
import { formatTimeRange } from '../../src/domain/format';
import type { Json } from '../../src/domain/json';
import { plainText } from '../../src/domain/plainText';
import { usePanelApi } from '../hooks/usePanelApi';
import { useRevealed } from '../hooks/useRevealed';
import { isWebPage } from '../stepDeed';
import { Disclosure } from '../ui/Disclosure';
import { IconButton } from '../ui/IconButton';
import { LinkButton } from '../ui/LinkButton';
import { LongText } from '../ui/LongText';
import { EvidenceDetail } from './detail/EvidenceDetail';
import { Stack } from './Stack';

/** One fact with the way to see it again: its source, its time, its query, its stack. */
export function EvidenceCard({ fact }: { readonly fact: Evidence }) {
  const { send } = usePanelApi();
  const { ref, isRevealed } = useRevealed<HTMLLIElement>(fact.id);
  return (
    <li ref={ref} id={`evidence-${fact.id}`} className={isRevealed ? 'card fact-card revealed' : 'card fact-card'} tabIndex={-1}>
      <div className="fact-head">
        <span className="id-tag">{fact.id}</span>
        <p className="fact-summary">
          <LongText text={fact.summary} />
        </p>
      </div>
      <div className="meta">
        <span>{sourceNames[fact.source] ?? fact.source}</span>
        {fact.from && fact.to ? (
          <span title={`${fact.from} – ${fact.to}`}>{formatTimeRange(Date.parse(fact.from), Date.parse(fact.to))}</span>
        ) : null}
        {isWebPage(fact.link) ? (
          <LinkButton icon="link-external" title={fact.link ?? undefined} onPress={() => send('openEvidence', { id: fact.id })}>
            Open in {sourceNames[fact.source] ?? fact.source}
          </LinkButton>
        ) : null}
      </div>
      {fact.query ? (
        <div className="query">
          <code>
            <LongText text={fact.query} />
          </code>
          <IconButton label={`Copy the query of ${fact.id}`} icon="copy" onPress={() => send('copyQuery', { id: fact.id })} />
        </div>
      ) : null}
      {fact.detail ? <EvidenceDetail detail={fact.detail} /> : null}
      {fact.stack?.length ? <Stack evidenceId={fact.id} exceptions={fact.stack} /> : null}
      {isWorthShowing(fact.value) ? (
        <Disclosure name={`values ${fact.id}`} summary="Values">
          <pre className="value">{plainText(JSON.stringify(fact.value, null, 2))}</pre>
        </Disclosure>
      ) : null}
    </li>
  );
}

const sourceNames: Readonly<Record<string, string>> = { datadog: 'Datadog', git: 'Git', aidog: 'AIDog' };

function isWorthShowing(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
