import type { Hypothesis } from '../../src/domain/hypothesis';
import { usePanelApi } from '../hooks/usePanelApi';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { lineStatuses } from '../words';

/** Opens the hypothesis' line in the working tree; says so when it is not to be found there. */
export function PlaceButton({ hypothesis, isPrimary = false }: { readonly hypothesis: Hypothesis; readonly isPrimary?: boolean }) {
  const { send } = usePanelApi();
  const { location, workspace, id } = hypothesis;
  if (workspace) {
    const path = `${workspace.path}:${workspace.line}`;
    return (
      <div className="place">
        <Button
          label={`Open ${fileName(workspace.path)}:${workspace.line}`}
          icon="go-to-file"
          isPrimary={isPrimary}
          title={path}
          onPress={() => send('openHypothesis', { id })}
        />
        <Badge label={lineStatuses[workspace.status] ?? lineStatuses.unknown} what="Line" title={workspace.reason} />
        <code className="path" title={path}>
          {path}
        </code>
      </div>
    );
  }
  if (!location) return null;
  const path = `${location.file}:${location.line}`;
  return (
    <div className="place">
      <code className="path" title={path}>
        {path}
      </code>
      <span className="muted">not in the open folders</span>
    </div>
  );
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
