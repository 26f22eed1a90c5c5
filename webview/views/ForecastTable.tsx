import type { Forecast } from '../../src/domain/forecast';
import { formatQuantity, formatTime } from '../../src/domain/format';
import type { Point } from '../../src/domain/timeSeries';

const mostRows = 13;

/** The forecast in at most thirteen rows, the first and the last step included; with what really came, where that is known. */
export function ForecastTable({ forecast, actuals = [] }: { readonly forecast: Forecast; readonly actuals?: readonly Point[] }) {
  const { unit, intervalSec, startSec, median, p10, p90 } = forecast;
  const every = Math.max(1, Math.ceil((median.length - 1) / (mostRows - 1)));
  const steps = median.map((_, step) => step).filter((step) => step % every === 0 || step === median.length - 1);
  const seen = new Map(actuals.map(([atSec, value]) => [Math.round((atSec - startSec) / intervalSec), value]));
  return (
    <table className="data-table">
      <caption className="unseen">Forecast of {forecast.title}</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col" className="number">
            Low (p10)
          </th>
          <th scope="col" className="number">
            Median
          </th>
          <th scope="col" className="number">
            High (p90)
          </th>
          {seen.size > 0 ? (
            <th scope="col" className="number">
              Came
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step}>
            <th scope="row">{formatTime((startSec + step * intervalSec) * 1000)}</th>
            <td className="number">{formatQuantity(p10[step] ?? null, unit)}</td>
            <td className="number">{formatQuantity(median[step] ?? null, unit)}</td>
            <td className="number">{formatQuantity(p90[step] ?? null, unit)}</td>
            {seen.size > 0 ? <td className="number">{seen.has(step) ? formatQuantity(seen.get(step) ?? null, unit) : '–'}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
