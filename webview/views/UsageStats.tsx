import { formatCount, formatDollars, formatDuration } from '../../src/domain/format';
import type { Usage } from '../../src/domain/investigation';

export interface UsageStatsProps {
  readonly usage: Usage;
  /** The model that was asked, whether or not an answer of it was used. */
  readonly asked: string | null;
}

/** What an investigation took, and what it cost where a model was asked. */
export function UsageStats({ usage, asked }: UsageStatsProps) {
  const { ms, apiCalls, model, tokensIn, tokensOut, costUsd } = usage;
  return (
    <dl className="stats">
      <Stat name="Time">{formatDuration(ms)}</Stat>
      <Stat name="API calls">{formatCount(apiCalls)}</Stat>
      <Stat name="Model">
        {model ?? (asked === null ? 'none, computed by code' : `${asked} gave no answer that is fit, computed by code`)}
      </Stat>
      {tokensIn + tokensOut > 0 ? (
        <>
          <Stat name="Tokens">
            {formatCount(tokensIn)} in, {formatCount(tokensOut)} out
          </Stat>
          <Stat name="Cost">{typeof costUsd === 'number' ? formatDollars(costUsd) : unknownCost(usage)}</Stat>
        </>
      ) : null}
    </dl>
  );
}

/** What cannot be counted cannot be limited either. */
const unknownCost = ({ spending }: Usage): string =>
  typeof spending?.costLimitUsd === 'number'
    ? `unknown, so the limit of ${formatDollars(spending.costLimitUsd)} could not hold`
    : 'unknown';

function Stat({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
