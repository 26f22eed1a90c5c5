import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AutoETS, initSync as initEts } from '@bsull/augurs/ets';
import { initSync as initMstl, MSTL } from '@bsull/augurs/mstl';
import type { Quantiles } from './forecastScore';
import type { ForecastWindow } from './forecastWindows';

/** A forecaster to compare with; null where it finds no answer. */
export interface ClassicalForecaster {
  readonly name: string;
  forecast(window: ForecastWindow): Quantiles | null;
}

const LEVEL = 0.8;
/** z of the 90 % quantile. */
const Z90 = 1.2815515655446;

const packaged = createRequire(__filename);

interface ArimaModel {
  fit(values: readonly number[]): ArimaModel;
  predict(steps: number): [values: number[], variances: number[]];
}

/** AutoETS and MSTL of @bsull/augurs, and AutoARIMA of the package arima, which takes about half a second a series. */
export function classicalForecasters(): ClassicalForecaster[] {
  initEts({ module: readFileSync(packaged.resolve('@bsull/augurs/ets').replace(/ets\.js$/, 'ets_bg.wasm')) });
  initMstl({ module: readFileSync(packaged.resolve('@bsull/augurs/mstl').replace(/mstl\.js$/, 'mstl_bg.wasm')) });
  const Arima = packaged('arima') as new (options: Record<string, unknown>) => ArimaModel;
  const ets = ({ context, target }: ForecastWindow) => {
    const model = new AutoETS(1, 'ZZN');
    model.fit(Float64Array.from(context));
    return augursQuantiles(model.predict(target.length, LEVEL));
  };
  const mstl = (window: ForecastWindow) => {
    if (window.season < 2 || 2 * window.season > window.context.length) return ets(window);
    const model = MSTL.ets(Uint32Array.of(window.season), {});
    model.fit(Float64Array.from(window.context));
    return augursQuantiles(model.predict(window.target.length, LEVEL));
  };
  const arima = ({ context, target }: ForecastWindow) => {
    const [median, variances] = new Arima({ auto: true, verbose: false }).fit(context).predict(target.length);
    const width = variances.map((variance) => Z90 * Math.sqrt(Math.max(0, variance)));
    return finite({
      median,
      p10: median.map((value, step) => value - (width[step] ?? 0)),
      p90: median.map((value, step) => value + (width[step] ?? 0)),
    });
  };
  const all = { 'augurs MSTL': mstl, 'augurs ETS': ets, arima: arima };
  return Object.entries(all).map(([name, forecast]) => ({ name, forecast: orNull(forecast) }));
}

function orNull(forecast: ClassicalForecaster['forecast']): ClassicalForecaster['forecast'] {
  return (window) => {
    try {
      return forecast(window);
    } catch {
      return null;
    }
  };
}

function augursQuantiles({ point, intervals }: { point: number[]; intervals: { lower: number[]; upper: number[] } | undefined }) {
  return finite({ median: point, p10: intervals?.lower ?? point, p90: intervals?.upper ?? point });
}

const finite = (found: Quantiles) => ([...found.p10, ...found.median, ...found.p90].every(Number.isFinite) ? found : null);
