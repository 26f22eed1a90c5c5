import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { usePanelApi } from '../hooks/usePanelApi';
import { Absent } from '../ui/Absent';
import { Button } from '../ui/Button';
import { TraceTable } from './TraceTable';
import { UsageStats } from './UsageStats';

/** The record of what ran, and what it cost. */
export function AgentTrace({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  const { trace, usage } = snapshot.found;
  const { send } = usePanelApi();
  const asked = trace?.find(({ call }) => typeof call?.model === 'string')?.call?.model ?? null;
  return (
    <div className="trace">
      <div className="trace-head">
        {usage ? <UsageStats usage={usage} asked={asked} /> : null}
        {trace?.length ? (
          <div className="trace-actions">
            {asked !== null ? <Button label="Show Last Prompt" icon="comment" onPress={() => send('showLastPrompt', {})} /> : null}
            <Button label="Export" icon="save" title="Save the record as JSON" onPress={() => send('exportTrace', {})} />
          </div>
        ) : null}
      </div>
      {trace?.length ? (
        <TraceTable trace={trace} />
      ) : (
        <Absent status={snapshot.status} icon="list-ordered" awaited="Nothing has run yet…" none="Nothing ran." />
      )}
    </div>
  );
}
