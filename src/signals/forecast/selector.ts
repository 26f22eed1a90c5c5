import { mean } from '../statistics';
import { type Band, bandOf } from './band';
import { bandWidths } from './bandWidths';
import { candidateMethods, type Method } from './methods';

const ORIGINS = 5;
const ORIGIN_SPACING = 24;

export interface Selected {
  readonly band: Band;
  /** In words. */
  readonly method: string;
}

/** Backtests simple methods inside the series and continues it by the best; the band comes from the errors there. */
export function selectForecast(known: readonly number[], steps: number, season: number | null): Selected {
  const tried = candidateMethods(known, season).map((method) => backtest(method, known, steps));
  const best = tried.reduce((a, b) => (b.error < a.error ? b : a));
  const middle = best.method.predict(known, steps);
  const widths = bandWidths(best.residuals, known);
  return {
    method: best.method.name,
    band: bandOf(steps, (step) => {
      const value = middle[step] ?? 0;
      return [value - widths.down(step), value, value + widths.up(step)];
    }),
  };
}

interface Backtest {
  readonly method: Method;
  readonly error: number;
  /** Errors by step ahead. */
  readonly residuals: readonly (readonly number[])[];
}

function backtest(method: Method, known: readonly number[], steps: number): Backtest {
  const residuals: number[][] = Array.from({ length: steps }, () => []);
  const room = Math.min(steps, Math.floor(known.length / 2));
  for (let index = 0; index < ORIGINS; index++) {
    const origin = known.length - room - index * ORIGIN_SPACING;
    if (origin < Math.max(method.needs, 3)) break;
    const predicted = method.predict(known.slice(0, origin), room);
    predicted.forEach((value, step) => {
      residuals[step]?.push((known[origin + step] ?? value) - value);
    });
  }
  const errors = residuals.flat().map(Math.abs);
  return { method, residuals, error: errors.length > 0 ? mean(errors) : method.needs === 1 ? 1e300 : Number.MAX_VALUE };
}
