import type { Judgement } from '../../src/protocol/snapshot';
import { usePanelApi } from '../hooks/usePanelApi';
import { LinkButton } from '../ui/LinkButton';

const said: Readonly<Record<Judgement, string>> = {
  right: 'You said that this was the cause.',
  wrong: 'You said that it was something else.',
};

/** Asks whether the first hypothesis was right; later confidences are calibrated with the answer. The answer can be changed. */
export function CauseQuestion({ judgement }: { readonly judgement: Judgement | null }) {
  const { send } = usePanelApi();
  return (
    <div className="cause-question">
      <span role="status">{judgement === null ? 'Was this the cause?' : said[judgement]}</span>
      {judgement === 'right' ? null : (
        <LinkButton icon="thumbsup" title="Later confidences are calibrated with it" onPress={() => send('judgeCause', { isRight: true })}>
          {judgement === null ? 'Yes' : 'It was this after all'}
        </LinkButton>
      )}
      {judgement === 'wrong' ? null : (
        <LinkButton
          icon="thumbsdown"
          title="Later confidences are calibrated with it"
          onPress={() => send('judgeCause', { isRight: false })}
        >
          {judgement === null ? 'No' : 'It was something else'}
        </LinkButton>
      )}
    </div>
  );
}
