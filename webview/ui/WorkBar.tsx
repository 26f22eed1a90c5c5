import { Button } from './Button';
import { ProgressBar } from './ProgressBar';

export interface WorkBarProps {
  /** What is being done. */
  readonly doing: string;
  /** 0..1; null while that is not known. */
  readonly share: number | null;
  readonly onCancel: () => void;
}

/** How far long work is, in words and as a bar, and a way to call it off. */
export function WorkBar({ doing, share, onCancel }: WorkBarProps) {
  return (
    <div className="work">
      <div className="work-words">
        <span className="muted clipped" title={doing}>
          {doing}…
        </span>
        <ProgressBar label="Looking at the services" share={share} text={doing} />
      </div>
      <Button label="Cancel" icon="debug-stop" onPress={onCancel} />
    </div>
  );
}
