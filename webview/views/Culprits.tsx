import { formatScore } from '../../src/domain/format';
import type { Culprit } from '../../src/domain/hypothesis';
import { Bar } from '../ui/Bar';
import { Section } from '../ui/Section';

const mostShown = 8;

/** Services by how much the signals speak against them; bars are relative to the first. */
export function Culprits({ culprits }: { readonly culprits: readonly Culprit[] }) {
  if (culprits.length === 0) return null;
  const highest = Math.max(...culprits.map(({ score }) => score));
  const more = culprits.length - mostShown;
  return (
    <Section title="Suspicion by service">
      <table className="bar-table">
        <colgroup>
          <col />
          <col className="score-column" />
        </colgroup>
        <thead className="unseen">
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Score</th>
          </tr>
        </thead>
        <tbody>
          {culprits.slice(0, mostShown).map(({ service, score }) => (
            <tr key={service}>
              <th scope="row" title={service}>
                <span className="clipped">{service}</span>
                <Bar share={highest > 0 ? score / highest : 0} />
              </th>
              <td className="number">{formatScore(score)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="muted small">and {more} more with a lower score</p> : null}
    </Section>
  );
}
