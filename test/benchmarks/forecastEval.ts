import { defaultForecastSettings } from '../../src/domain/forecast';
import type { ForecastRequest } from '../../src/domain/ports';
import { createForecaster } from '../../src/engine/forecaster';
import { embeddedModel } from '../../src/engine/forecastModels';
import { modelContext } from '../../src/signals/forecast/modelContext';
import { selectForecast } from '../../src/signals/forecast/selector';
import { classicalForecasters } from './classicalForecasters';
import { type Quantiles, type SourceScore, scoreForecasts, seasonalNaive } from './forecastScore';
import type { ForecastWindow } from './forecastWindows';

export interface MethodScore {
  readonly name: string;
  /** Windows that were scored, and those without an answer, for which seasonal-naive stands in. */
  readonly windows: number;
  readonly missing: number;
  readonly sources: readonly SourceScore[];
}

export const requestOf = ({ context, season, stepSec, seriesId }: ForecastWindow): ForecastRequest => ({
  id: seriesId,
  title: seriesId,
  query: '',
  series: {
    metric: '',
    tags: [],
    unit: null,
    intervalSec: stepSec,
    points: context.map((value, index) => [index * stepSec, value] as const),
  },
  threshold: null,
  season: season > 1 ? season : null,
});

/**
 * Forecasts every window with what AIDog ships and with its parts, and every `classicalEvery`-th with the classical packages, for
 * which half a second a series adds up.
 */
export async function evaluateForecasts(windows: readonly ForecastWindow[], classicalEvery: number): Promise<MethodScore[]> {
  const subset = windows.filter((_, index) => index % classicalEvery === 0);
  return [
    scored('seasonal-naive', windows, windows.map(seasonalNaive)),
    scored(
      'statistical selector',
      windows,
      windows.map(({ context, season }) => selectForecast(context, 60, season > 1 ? season : null).band),
    ),
    scored('embedded model alone', windows, await modelAlone(windows)),
    scored('what AIDog ships', windows, await shipped(windows)),
    ...(subset.length < windows.length ? [scored(`what AIDog ships, every ${classicalEvery}th`, subset, await shipped(subset))] : []),
    ...classicalForecasters().map(({ name, forecast }) => scored(`${name}, every ${classicalEvery}th`, subset, subset.map(forecast))),
  ];
}

async function shipped(windows: readonly ForecastWindow[]): Promise<readonly Quantiles[]> {
  const problems: string[] = [];
  const forecaster = createForecaster(defaultForecastSettings, { info: () => {}, error: (message) => problems.push(message) });
  try {
    const found = await forecaster.forecastAll(windows.map(requestOf));
    if (problems.length > 0) throw new Error(`The embedded model could not be used: ${problems.join(' ')}`);
    return found;
  } finally {
    forecaster.dispose();
  }
}

async function modelAlone(windows: readonly ForecastWindow[]): Promise<readonly (Quantiles | null)[]> {
  const { model } = embeddedModel();
  const contexts = windows.map(({ context }) => modelContext(context));
  try {
    const bands = await model.predict(contexts.flatMap((context) => (context === null ? [] : [context.values])));
    let next = 0;
    return contexts.map((context) => {
      const band = context === null ? undefined : bands[next++];
      return context && band ? context.toBand(band) : null;
    });
  } finally {
    model.dispose();
  }
}

function scored(name: string, windows: readonly ForecastWindow[], found: readonly (Quantiles | null)[]): MethodScore {
  const missing = found.filter((quantiles) => quantiles === null).length;
  const all = found.map((quantiles, index) => quantiles ?? seasonalNaive(windows[index] as ForecastWindow));
  return { name, windows: windows.length, missing, sources: scoreForecasts(windows, all) };
}
