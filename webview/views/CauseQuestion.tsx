import type { Hypothesis } from '../../src/domain/hypothesis';
import type { Judgement } from '../../src/protocol/snapshot';
import { usePanelApi } from '../hooks/usePanelApi';
import { LinkButton } from '../ui/LinkButton';

export interface CauseQuestionProps {
  readonly hypothesis: Hypothesis;
  /** What the person said; null before they did. */
  readonly judgement: Judgement | null;
}

const why = 'Later confidences are calibrated with your answer';

/** Asks whether the first hypothesis was right; the answer can be changed. Not knowing cannot be right or wrong. */
export function CauseQuestion({ hypothesis: { kind }, judgement }: CauseQuestionProps) {
  const { send } = usePanelApi();
  if (kind === 'unknown') return null;
  const question = kind === 'healthy' ? 'Is nothing wrong?' : kind === 'localised_fault' ? 'Did it begin here?' : 'Was this the cause?';
  const answer = (label: string, icon: string, given: Judgement) => (
    <LinkButton icon={icon} title={why} isPressed={judgement === given} onPress={() => send('judgeCause', { isRight: given === 'right' })}>
      {label}
    </LinkButton>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a box of its own
    <div className="cause-question" role="group" aria-label={question}>
      <span aria-hidden="true">{question}</span>
      {answer('Yes', 'thumbsup', 'right')}
      {answer('No', 'thumbsdown', 'wrong')}
      <span role="status">{judgement === null ? '' : 'Noted'}</span>
    </div>
  );
}
