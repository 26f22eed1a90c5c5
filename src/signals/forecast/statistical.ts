import type { Forecast } from '../../domain/forecast';
import type { Forecaster, ForecastRequest } from '../../domain/ports';
import { answerOf } from './answer';
import { prepareSeries } from './prepare';
import { selectForecast } from './selector';
import { CONTEXT, HORIZON, JUDGED_STEPS } from './window';

/** A forecaster without a model; see `selectForecast`. */
export function createStatisticalForecaster(): Forecaster {
  return {
    async forecast(request, signal) {
      signal?.throwIfAborted();
      return statisticalForecast(request);
    },
    async forecastAll(requests, signal, onDone) {
      return requests.map((request, index) => {
        signal?.throwIfAborted();
        const forecast = statisticalForecast(request);
        onDone?.(index + 1);
        return forecast;
      });
    },
  };
}

/** Continues a series by what did best in it before. */
export function statisticalForecast(request: ForecastRequest): Forecast {
  const prepared = prepareSeries(request.series.points, request.series.intervalSec);
  const { band, method } = selectForecast(prepared.values.slice(-CONTEXT), HORIZON, request.season);
  const earlier = selectForecast(prepared.values.slice(0, -JUDGED_STEPS), JUDGED_STEPS, request.season).band;
  return answerOf(request, prepared, { band, earlier, answeredBy: 'statistical', model: `statistical: ${method}` });
}
