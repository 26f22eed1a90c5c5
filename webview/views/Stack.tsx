import type { MappedException, MappedFrame } from '../../src/domain/evidence';
import { formatPlural } from '../../src/domain/format';
import { Disclosure } from '../ui/Disclosure';
import { LongText } from '../ui/LongText';
import { StackFrame } from './StackFrame';

const relations: Readonly<Record<string, string>> = {
  cause: 'Caused by',
  context: 'While handling',
  suppressed: 'Suppressed',
  group: 'Together with',
};

/** A stack trace, exception by exception: the app's own frames stand out, runs of library frames are folded. */
export function Stack({ evidenceId, exceptions }: { readonly evidenceId: string; readonly exceptions: readonly MappedException[] }) {
  return (
    <ol className="stack" aria-label="Stack trace">
      {exceptions.map((exception, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: exceptions have no identity but their place
        <li key={position} className="exception">
          <p className="exception-head">
            {exception.relation ? <span className="muted">{relations[exception.relation] ?? exception.relation} </span> : null}
            <strong>{exception.type}</strong>
            {exception.message ? (
              <span className="exception-message">
                : <LongText text={exception.message} />
              </span>
            ) : null}
          </p>
          <Frames evidenceId={evidenceId} exception={position} frames={exception.frames} />
        </li>
      ))}
    </ol>
  );
}

interface FramesProps {
  readonly evidenceId: string;
  readonly exception: number;
  readonly frames: readonly MappedFrame[];
}

function Frames({ evidenceId, exception, frames }: FramesProps) {
  const row = (position: number, frame: MappedFrame) => (
    <StackFrame key={position} frame={frame} reference={{ evidenceId, exception, frame: position }} />
  );
  return (
    <ol className="frames">
      {runs(frames).map((run) =>
        run.isApp ? (
          run.members.map(({ position, frame }) => row(position, frame))
        ) : (
          <li key={`library ${run.members[0]?.position}`}>
            <Disclosure
              name={`frames ${evidenceId} ${exception} ${run.members[0]?.position}`}
              summary={formatPlural(run.members.length, 'library frame')}
            >
              <ol className="frames">{run.members.map(({ position, frame }) => row(position, frame))}</ol>
            </Disclosure>
          </li>
        ),
      )}
    </ol>
  );
}

interface Run {
  readonly isApp: boolean;
  readonly members: { readonly position: number; readonly frame: MappedFrame }[];
}

/** Neighbours of the same sort together; a frame that maps to the workspace is the app's whatever it is called. */
function runs(frames: readonly MappedFrame[]): readonly Run[] {
  const found: Run[] = [];
  frames.forEach((frame, position) => {
    const isApp = frame.kind === 'app' || frame.workspace !== null;
    const last = found.at(-1);
    if (last?.isApp === isApp) last.members.push({ position, frame });
    else found.push({ isApp, members: [{ position, frame }] });
  });
  return found;
}
