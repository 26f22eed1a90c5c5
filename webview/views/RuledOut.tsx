import type { Evidence } from '../../src/domain/evidence';
import type { RuledOut as RuledOutCause } from '../../src/domain/incidentCheck';
import { Icon } from '../ui/Icon';
import { Section } from '../ui/Section';
import { incidentTypeLabel } from '../words';
import { EvidenceChips } from './EvidenceChips';

/** Explanations that were considered, and what speaks so plainly against each that it is out. */
export function RuledOut({ causes, evidence }: { readonly causes: readonly RuledOutCause[]; readonly evidence: readonly Evidence[] }) {
  if (causes.length === 0) return null;
  return (
    <Section title="Ruled out">
      <ul className="plain-list checks">
        {causes.map(({ type, service, reason, evidence: ids }) => (
          <li key={`${type} ${service ?? ''} ${reason}`} className="check">
            <Icon name="circle-slash" tone="neutral" />
            <div className="check-body">
              <h3>
                {incidentTypeLabel(type)}
                {service === null ? null : <span className="muted"> of {service}</span>}
              </h3>
              <p className="muted">{reason}</p>
              <dl className="arguments">
                <EvidenceChips term="Because of" ids={ids} evidence={evidence} />
              </dl>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
