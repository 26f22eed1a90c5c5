import type { Evidence } from '../../src/domain/evidence';
import { usePanelApi } from '../hooks/usePanelApi';
import { Chip } from '../ui/Chip';
import { evidenceKinds } from '../words';

export interface EvidenceChipsProps {
  readonly term: string;
  readonly ids: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** Citations: each leads to the fact in the Evidence tab. A cited fact that is not there is left out. */
export function EvidenceChips({ term, ids, evidence }: EvidenceChipsProps) {
  const { show } = usePanelApi();
  const cited = ids.flatMap((id) => evidence.filter((fact) => fact.id === id));
  if (cited.length === 0) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd className="chips">
        {cited.map(({ id, kind, summary }) => (
          <Chip key={id} text={`${id} ${summary}`} icon={evidenceKinds[kind]?.icon} title={summary} onPress={() => show('evidence', id)} />
        ))}
      </dd>
    </div>
  );
}
