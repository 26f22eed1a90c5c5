import { formatScore } from '../../src/domain/format';
import type { ConfidenceFactor } from '../../src/domain/hypothesis';
import { Bar } from '../ui/Bar';

/** How a confidence came about, a factor a row; factors that lower it have a minus. */
export function Factors({ factors }: { readonly factors: readonly ConfidenceFactor[] }) {
  const highest = Math.max(...factors.map(({ value }) => Math.abs(value)));
  return (
    <table className="factors">
      <thead className="unseen">
        <tr>
          <th scope="col">Factor</th>
          <th scope="col">Value</th>
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
        {factors.map(({ name, value, reason }) => (
          <tr key={`${name} ${reason}`}>
            <th scope="row">
              {name}
              <Bar share={highest > 0 ? Math.abs(value) / highest : 0} tone={value < 0 ? 'warn' : 'info'} />
            </th>
            <td className="number">{formatScore(value)}</td>
            <td className="muted">{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
