import type { MappedFrame } from '../../src/domain/evidence';
import { usePanelApi } from '../hooks/usePanelApi';
import { Badge } from '../ui/Badge';
import { LinkButton } from '../ui/LinkButton';
import { lineStatuses } from '../words';

export interface StackFrameProps {
  readonly frame: MappedFrame;
  /** Where the frame is in the evidence, for the command that opens it. */
  readonly reference: { readonly evidenceId: string; readonly exception: number; readonly frame: number };
}

/** A line of a stack trace: a button where the workspace has the file, plain text with the reason where it has not. */
export function StackFrame({ frame, reference }: StackFrameProps) {
  const { send } = usePanelApi();
  const { workspace } = frame;
  const isApp = frame.kind === 'app' || workspace !== null;
  return (
    <li className={isApp ? 'frame frame-app' : 'frame'}>
      <code className="frame-function clipped" title={frame.function ?? undefined}>
        {frame.function ?? '(anonymous)'}
      </code>
      {workspace ? (
        <span className="frame-place">
          <LinkButton title={`Open ${workspace.path}:${workspace.line}`} onPress={() => send('openFrame', reference)}>
            <code>
              {workspace.path}:{workspace.line}
            </code>
          </LinkButton>
          <Badge label={lineStatuses[workspace.status] ?? lineStatuses.unknown} what="Line" title={workspace.reason} />
        </span>
      ) : (
        <span className="frame-place">
          <code className="path muted">{placeOf(frame)}</code>
          {isApp ? <span className="muted small">{frame.reason}</span> : null}
        </span>
      )}
    </li>
  );
}

function placeOf({ file, line }: MappedFrame): string {
  if (!file) return 'unknown file';
  return line === null ? file : `${file}:${line}`;
}
