import type { Evidence } from '../../src/domain/evidence';
import { formatPlural } from '../../src/domain/format';
import type { IncidentCheck } from '../../src/domain/incidentCheck';
import { Disclosure } from '../ui/Disclosure';
import { Icon } from '../ui/Icon';
import { Section } from '../ui/Section';
import { incidentTypeLabel } from '../words';
import { EvidenceChips } from './EvidenceChips';

interface ChecksProps {
  readonly checks: readonly IncidentCheck[];
  readonly evidence: readonly Evidence[];
}

/** What each analyser saw: those with something to look at first, the quiet ones on demand. */
export function Checks({ checks, evidence }: ChecksProps) {
  if (checks.length === 0) return null;
  const telling = checks.filter(({ isInteresting }) => isInteresting);
  const quiet = checks.filter(({ isInteresting }) => !isInteresting);
  return (
    <Section title="What was checked" aside={<span className="muted">{formatPlural(checks.length, 'kind')} of incident</span>}>
      <CheckList checks={telling} evidence={evidence} />
      {quiet.length > 0 ? (
        <Disclosure name="quiet checks" summary={`${formatPlural(quiet.length, 'check')} found nothing`}>
          <CheckList checks={quiet} evidence={evidence} />
        </Disclosure>
      ) : null}
    </Section>
  );
}

function CheckList({ checks, evidence }: ChecksProps) {
  return (
    <ul className="plain-list checks">
      {checks.map(({ type, isInteresting, summary, evidence: ids, unchecked }) => (
        <li key={type} className="check">
          <Icon name={isInteresting ? 'eye' : 'dash'} tone={isInteresting ? 'warn' : 'neutral'} />
          <div className="check-body">
            <h3>{incidentTypeLabel(type)}</h3>
            <p className="muted">{summary}</p>
            {unchecked.length > 0 ? <p className="muted">Could not check: {unchecked.join('; ')}.</p> : null}
            <dl className="arguments">
              <EvidenceChips term="Because of" ids={ids} evidence={evidence} />
            </dl>
          </div>
        </li>
      ))}
    </ul>
  );
}
