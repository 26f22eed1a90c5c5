import { useEffect } from 'react';
import type { Forecast } from '../../src/domain/forecast';
import { forecastFlags } from '../../src/domain/forecastWords';
import { formatPlural } from '../../src/domain/format';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { usePanelApi } from '../hooks/usePanelApi';
import { Absent } from '../ui/Absent';
import { Section } from '../ui/Section';
import { Select } from '../ui/Select';
import { ForecastDetail } from './ForecastDetail';

export interface ForecastsProps {
  readonly snapshot: PanelSnapshot;
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
}

/** Where the metrics are going. */
export function Forecasts({ snapshot, chosenId, onChoose }: ForecastsProps) {
  const forecasts = snapshot.found.forecasts ?? [];
  const chosen = forecasts.find(({ id }) => id === chosenId) ?? forecasts[0];
  useWatched(snapshot, chosen?.id ?? null);
  if (!chosen) return <Absent status={snapshot.status} icon="graph" awaited="Forecasting…" none={noneSentence(snapshot)} />;
  const isMany = forecasts.length > 1;
  const options = forecasts.map((forecast) => ({ value: forecast.id, text: optionText(forecast) }));
  const picker = <Select label="Series" options={options} value={chosen.id} onChoose={onChoose} />;
  return (
    <Section title={isMany ? 'Series' : chosen.title} className="chart-section" aside={isMany ? picker : undefined}>
      {isMany ? <h3 className="forecast-title">{chosen.title}</h3> : null}
      <ForecastDetail forecast={chosen} actuals={snapshot.actuals?.[chosen.id] ?? null} />
      {isMany ? <p className="muted small">{overviewOf(forecasts)}</p> : null}
    </Section>
  );
}

/** Tells the host which forecast is in view, so that it looks for new values of that one only. */
function useWatched({ runId, status }: PanelSnapshot, id: string | null): void {
  const { send } = usePanelApi();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run, or its end, makes the host look anew
  useEffect(() => {
    if (id === null) return;
    send('watchForecast', { id });
    return () => send('watchForecast', { id: null });
  }, [send, id, runId, status]);
}

/** The name with what is remarkable about it: `checkout · errors (anomalous, crosses in 12 min)`. */
function optionText(forecast: Forecast): string {
  const flags = forecastFlags(forecast);
  return flags.length === 0 ? forecast.title : `${forecast.title} (${flags.join(', ')})`;
}

function overviewOf(forecasts: readonly Forecast[]): string {
  const remarkable = forecasts.filter((forecast) => forecastFlags(forecast).length > 0).length;
  const all = formatPlural(forecasts.length, 'series', 'series');
  if (remarkable === 0) return `None of ${all} is anomalous, drops or crosses a threshold.`;
  return `${remarkable} of ${all} ${remarkable === 1 ? 'is' : 'are'} anomalous, dropping or crossing a threshold; the list says which.`;
}

function noneSentence({ found, status }: PanelSnapshot): string {
  const failure = found.trace?.find(({ agent, ok }) => agent === 'signals.forecast' && !ok);
  if (failure) return `The forecast failed: ${failure.note}`;
  if (status !== 'done') return 'The investigation ended before anything was forecast.';
  return 'There is no forecast: no metric of this incident has enough history to predict from.';
}
