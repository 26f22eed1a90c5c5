import type { AgentCall } from '../../src/domain/agentTrace';
import { formatCount, formatDollars } from '../../src/domain/format';
import { Badge } from '../ui/Badge';
import { answerStages } from '../words';

/** Who answered a call of an agent, how much went in and out, and why it was not the model where it was not. */
export function CallDetail({ call }: { readonly call: AgentCall }) {
  const { inputCharacters, outputCharacters, tokensIn, tokensOut, costUsd, model, answeredBy, why } = call;
  return (
    <div className="call">
      <div className="meta">
        <Badge label={answerStages[answeredBy]} what="Answered by" />
        {model === null ? null : <span>{model}</span>}
        <span>
          {formatCount(inputCharacters)} characters in, {formatCount(outputCharacters)} out
        </span>
        {tokensIn + tokensOut > 0 ? (
          <span>
            {formatCount(tokensIn)} + {formatCount(tokensOut)} tokens
          </span>
        ) : null}
        {typeof costUsd === 'number' && costUsd > 0 ? <span>{formatDollars(costUsd)}</span> : null}
      </div>
      {why === null ? null : <p className="muted">{why}</p>}
    </div>
  );
}
