import type { RunbookHit } from '../../src/domain/runbook';
import { usePanelApi } from '../hooks/usePanelApi';
import { Chip } from '../ui/Chip';

/** Sections of runbooks that a step comes from; each opens its text. One that is not there is left out. */
export function RunbookChips({ ids, runbooks }: { readonly ids: readonly string[]; readonly runbooks: readonly RunbookHit[] }) {
  const { send } = usePanelApi();
  const cited = ids.flatMap((id) => runbooks.filter((hit) => hit.id === id));
  if (cited.length === 0) return null;
  return (
    <div>
      <dt>Runbook</dt>
      <dd className="chips">
        {cited.map(({ id, title, section, excerpt }) => (
          <Chip
            key={id}
            text={section === title ? title : `${title} › ${section}`}
            icon="book"
            title={excerpt}
            onPress={() => send('openRunbook', { id })}
          />
        ))}
      </dd>
    </div>
  );
}
