import type { Forecast } from '../../src/domain/forecast';
import { formatDuration, formatNumber, formatQuantity } from '../../src/domain/format';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { forecastChart } from '../charts/forecastChart';
import { Legend } from '../charts/Legend';
import { LineChart } from '../charts/LineChart';
import { Absent } from '../ui/Absent';
import { Badge } from '../ui/Badge';
import { Disclosure } from '../ui/Disclosure';
import { Section } from '../ui/Section';
import { Select } from '../ui/Select';
import type { Label } from '../words';
import { ForecastTable } from './ForecastTable';

export interface ForecastsProps {
  readonly snapshot: PanelSnapshot;
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
}

/** Where the metrics are going. */
export function Forecasts({ snapshot, chosenId, onChoose }: ForecastsProps) {
  const forecasts = snapshot.found.forecasts ?? [];
  const chosen = forecasts.find(({ id }) => id === chosenId) ?? forecasts[0];
  if (!chosen)
    return (
      <Absent
        status={snapshot.status}
        icon="graph"
        awaited="Forecasting…"
        none="There is no forecast: no metric of this incident has enough history to predict from."
      />
    );
  const options = forecasts.map(({ id, title }) => ({ value: id, text: title }));
  const picker = <Select label="Series" options={options} value={chosen.id} onChoose={onChoose} />;
  return (
    <Section
      title={forecasts.length > 1 ? 'Series' : chosen.title}
      className="chart-section"
      aside={forecasts.length > 1 ? picker : undefined}
    >
      <ForecastDetail forecast={chosen} />
    </Section>
  );
}

function ForecastDetail({ forecast }: { readonly forecast: Forecast }) {
  const view = forecastChart(forecast);
  return (
    <>
      <p className="lead">{forecast.summary}</p>
      <dl className="stats">
        <div>
          <dt>{forecast.threshold === null ? 'Threshold' : `Threshold of ${formatQuantity(forecast.threshold, forecast.unit)}`}</dt>
          <dd>{breachText(forecast)}</dd>
        </div>
        <div>
          <dt>Anomaly score</dt>
          <dd>
            {formatNumber(forecast.anomalyScore)} of 100 <Badge label={anomalyLabel(forecast.anomalyScore)} />
          </dd>
        </div>
        <div>
          <dt>Horizon</dt>
          <dd>{formatDuration(forecast.median.length * forecast.intervalSec * 1000)}</dd>
        </div>
        <div>
          <dt>Forecaster</dt>
          <dd>{forecast.model}</dd>
        </div>
      </dl>
      <Legend items={view.legend} />
      <LineChart view={view} />
      <p className="muted small">{view.summary}</p>
      <Disclosure summary="The numbers as a table">
        <ForecastTable forecast={forecast} />
      </Disclosure>
    </>
  );
}

/** Scores over 70 are anomalous; see `Forecast`. */
function anomalyLabel(score: number): Label {
  if (score > 70) return { text: 'anomalous', icon: 'warning', tone: 'bad' };
  return score > 40 ? { text: 'unusual', icon: 'info', tone: 'warn' } : { text: 'as usual', icon: 'pass', tone: 'good' };
}

function breachText({ threshold, breachInSec }: Forecast): string {
  if (threshold === null) return 'none is set';
  if (breachInSec === null) return 'not crossed within the horizon';
  return breachInSec <= 0 ? 'crossed already' : `crossed in ${formatDuration(breachInSec * 1000)}`;
}
