import type { OperationComparison as Comparison } from '../../../src/domain/evidenceDetail';
import { formatDuration, formatPercent, formatPlural } from '../../../src/domain/format';
import { BarRows } from '../../ui/BarRows';
import { ShowMore } from '../../ui/ShowMore';

const mostAtFirst = 6;

/** Operations of slow traces beside those of normal ones: two bars each, on one scale. */
export function OperationComparison({ comparison: { rows } }: { readonly comparison: Comparison }) {
  const longest = rows.reduce((most, { normalMs, slowMs }) => Math.max(most, normalMs || 0, slowMs || 0), 0) || 1;
  return (
    <div className="detail">
      <ShowMore more={`Show all ${formatPlural(rows.length, 'operation')}`} isNeeded={rows.length > mostAtFirst}>
        {(isWhole) => (
          <ul className="plain-list comparison">
            {rows.slice(0, isWhole ? undefined : mostAtFirst).map(({ service, operation, normalMs, slowMs, share }) => (
              <li key={`${service} ${operation}`}>
                <p className="comparison-head">
                  <span className="clipped" title={`${service} · ${operation}`}>
                    <strong>{service}</strong> {operation}
                  </span>
                  <span className="muted small">{formatPercent(share)} of the slow-down</span>
                </p>
                <BarRows
                  rows={[
                    { label: 'normal', text: formatDuration(normalMs), share: normalMs / longest, tone: 'neutral' },
                    { label: 'slow', text: formatDuration(slowMs), share: slowMs / longest, tone: 'warn' },
                  ]}
                />
              </li>
            ))}
          </ul>
        )}
      </ShowMore>
    </div>
  );
}
