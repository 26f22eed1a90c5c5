import type { Forecast } from '../../src/domain/forecast';
import { bandWords, checkBand, type ForecastActuals, horizonEndMs } from '../../src/domain/forecastActuals';
import { formatTime } from '../../src/domain/format';
import { Icon } from '../ui/Icon';

/** Whether what came since is what was predicted, in words. */
export function Actuals({ forecast, actuals }: { readonly forecast: Forecast; readonly actuals: ForecastActuals }) {
  const check = checkBand(forecast, actuals.points);
  const isAsPredicted = check.total > 0 && check.inside / check.total >= 0.7;
  return (
    <div className="actuals">
      <Icon
        name={check.total === 0 ? 'watch' : isAsPredicted ? 'pass' : 'warning'}
        tone={check.total === 0 ? undefined : isAsPredicted ? 'good' : 'warn'}
      />
      <p>
        {bandWords(check) || 'No new point has come yet.'} <span className="muted">{lookWords(forecast, actuals)}</span>
      </p>
    </div>
  );
}

function lookWords(forecast: Forecast, { readAtMs, problem }: ForecastActuals): string {
  if (readAtMs === null) return 'Looking for new values…';
  if (problem !== null) return `The last look failed: ${problem}`;
  const at = formatTime(readAtMs, { withSeconds: true });
  return readAtMs >= horizonEndMs(forecast)
    ? `Last looked at ${at}; the forecast is over.`
    : `Last looked at ${at}; this goes on while the tab is open.`;
}
