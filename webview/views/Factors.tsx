import { formatScore } from '../../src/domain/format';
import type { ConfidenceFactor } from '../../src/domain/hypothesis';
import { Bar } from '../ui/Bar';

/** How a confidence came about: its factors, a row each. Their product is the confidence, so a full bar is a factor of 1. */
export function Factors({ factors }: { readonly factors: readonly ConfidenceFactor[] }) {
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
              <Bar share={value} />
            </th>
            <td className="number">× {formatScore(value)}</td>
            <td className="muted">{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
