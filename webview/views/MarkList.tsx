import { formatTime } from '../../src/domain/format';
import type { ChartMark } from '../charts/chartView';

/** The numbered marks of a chart in words. */
export function MarkList({ marks }: { readonly marks: readonly ChartMark[] }) {
  if (marks.length === 0) return null;
  return (
    <ul className="mark-list">
      {marks.map(({ atSec, symbol, label, kind }) => (
        <li key={`${atSec} ${symbol} ${label}`} title={label}>
          <span className={`mark-symbol mark-${kind}`}>{symbol}</span>
          <span className="muted">{formatTime(atSec * 1000)}</span> <span className="clipped">{label}</span>
        </li>
      ))}
    </ul>
  );
}
