import type { Forecaster } from '../../domain/ports';
import { planForecast } from './plan';

/** A forecaster without a model; see `selectForecast`. */
export function createStatisticalForecaster(): Forecaster {
  return {
    async forecast(request, signal) {
      signal?.throwIfAborted();
      return planForecast(request).finishAlone(null);
    },
    async forecastAll(requests, signal, onDone) {
      return requests.map((request, index) => {
        signal?.throwIfAborted();
        const forecast = planForecast(request).finishAlone(null);
        onDone?.(index + 1);
        return forecast;
      });
    },
  };
}
