import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { Icon } from './Icon';

export interface AbsentProps {
  readonly status: PanelSnapshot['status'];
  readonly icon: string;
  /** What is awaited while the investigation runs. */
  readonly awaited: string;
  /** Why there is nothing once it has ended. */
  readonly none: string;
}

/** What stands where there is nothing to show: a skeleton while it may still come, a sentence when it will not. */
export function Absent({ status, icon, awaited, none }: AbsentProps) {
  if (status !== 'running')
    return (
      <div className="absent">
        <Icon name={icon} />
        <p>{none}</p>
      </div>
    );
  return (
    <div className="absent-running">
      <p className="muted">{awaited}</p>
      <div className="skeleton" aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}
