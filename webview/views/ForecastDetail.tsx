import type { Forecast } from '../../src/domain/forecast';
import type { ForecastActuals } from '../../src/domain/forecastActuals';
import { anomalyWord, breachWords, forecasterNames } from '../../src/domain/forecastWords';
import { formatDuration, formatNumber } from '../../src/domain/format';
import { forecastChart } from '../charts/forecastChart';
import { Legend } from '../charts/Legend';
import { LineChart } from '../charts/LineChart';
import { Badge } from '../ui/Badge';
import { Disclosure } from '../ui/Disclosure';
import { Notice } from '../ui/Notice';
import { anomalyLabel, dropLabel } from '../words';
import { Actuals } from './Actuals';
import { ForecastTable } from './ForecastTable';

/** So few values make a band that is mostly a guess. */
const shortHistory = 30;

/** One forecast: in a sentence, in figures, as a drawing and as a table. */
export function ForecastDetail({ forecast, actuals }: { readonly forecast: Forecast; readonly actuals: ForecastActuals | null }) {
  const points = actuals?.points ?? [];
  const view = forecastChart(forecast, points);
  const known = forecast.history.filter(([, value]) => value !== null).length;
  return (
    <>
      <p className="lead">{forecast.summary}</p>
      <Figures forecast={forecast} />
      {known < shortHistory ? <Notice tone="info">{shortSentence(known)}</Notice> : null}
      {known === 0 ? null : (
        <>
          <Legend items={view.legend} />
          <LineChart view={view} />
        </>
      )}
      {actuals ? <Actuals forecast={forecast} actuals={actuals} /> : null}
      <p className="muted small">{view.summary}</p>
      <Disclosure name="forecast table" summary="The numbers as a table">
        <ForecastTable forecast={forecast} actuals={points} />
      </Disclosure>
    </>
  );
}

function shortSentence(known: number): string {
  if (known === 0) return 'The series has no values to predict from.';
  return `The series has only ${known === 1 ? 'one value' : `${known} values`}: the forecast says little more than where it is now.`;
}

function Figures({ forecast }: { readonly forecast: Forecast }) {
  const { anomalyScore, isDrop, answeredBy, model } = forecast;
  const isCalm = anomalyWord(anomalyScore) === 'as expected';
  const detail = model.replace(/^statistical:\s*/, '');
  return (
    <dl className="stats">
      <div>
        <dt>Threshold</dt>
        <dd>{breachWords(forecast) ?? 'none is set'}</dd>
      </div>
      <div>
        <dt>Anomaly score</dt>
        <dd>
          {formatNumber(anomalyScore)} of 100 {isCalm && isDrop ? null : <Badge label={anomalyLabel(anomalyScore)} />}
          {isDrop ? (
            <Badge label={dropLabel} title="The latest values lie below what earlier ones predict, as when traffic is lost" />
          ) : null}
        </dd>
      </div>
      <div>
        <dt>Horizon</dt>
        <dd>{formatDuration(forecast.median.length * forecast.intervalSec * 1000)}</dd>
      </div>
      <div>
        <dt>Forecaster</dt>
        <dd>
          <span title={model}>
            {forecasterNames[answeredBy] ?? answeredBy}
            {detail === '' ? null : <span className="muted small"> {detail}</span>}
          </span>
        </dd>
      </div>
    </dl>
  );
}
