import type { AgentCall } from '../../src/domain/agentTrace';
import { formatCount, formatDollars } from '../../src/domain/format';
import { Badge } from '../ui/Badge';
import { answerStages } from '../words';

/** Who answered a call of an agent, how much went in and out, and why it was not the model, unless the note beside it says so. */
export function CallDetail({ call, note }: { readonly call: AgentCall; readonly note: string }) {
  const { inputCharacters, outputCharacters, tokensIn, tokensOut, costUsd, model, answeredBy, why } = call;
  return (
    <div className="call">
      <div className="meta">
        <Badge label={answerStages[answeredBy]} what="Answered by" />
        {model === null ? null : <span>{model}</span>}
        <span>{inAndOut(inputCharacters, outputCharacters, 'characters')}</span>
        {tokensIn + tokensOut > 0 ? <span>{inAndOut(tokensIn, tokensOut, 'tokens')}</span> : null}
        {typeof costUsd === 'number' && costUsd > 0 ? <span>{formatDollars(costUsd)}</span> : null}
      </div>
      {why === null || note.includes(why) ? null : <p className="muted">{why}</p>}
    </div>
  );
}

const inAndOut = (into: number, out: number, unit: string): string => `${formatCount(into)} ${unit} in, ${formatCount(out)} out`;
