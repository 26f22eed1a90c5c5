import type { StageProgress } from '../../src/protocol/snapshot';
import { Icon } from '../ui/Icon';
import { stageLabels, stageStatuses } from '../words';

/** How far the five stages are, and what the current one is doing. */
export function StageStepper({ stages }: { readonly stages: readonly StageProgress[] }) {
  const current = stages.find(({ status }) => status === 'running');
  return (
    <div className="stepper">
      <ol aria-label="Stages of the investigation">
        {stages.map(({ stage, status, note }) => (
          <li
            key={stage}
            className={`stage stage-${status}`}
            title={note || undefined}
            aria-current={status === 'running' ? 'step' : undefined}
          >
            <Icon name={stageStatuses[status].icon} tone={stageStatuses[status].tone} spin={status === 'running'} />
            <span className="stage-name">{stageLabels[stage]}</span>
            <span className="unseen">, {stageStatuses[status].text}</span>
          </li>
        ))}
      </ol>
      {current ? <p className="stepper-note muted">{current.note || `${stageLabels[current.stage]} is at work…`}</p> : null}
    </div>
  );
}
