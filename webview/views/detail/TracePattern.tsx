import { tracePatterns } from '../../../src/domain/detailWords';
import type { TracePattern as Pattern } from '../../../src/domain/evidenceDetail';
import { formatCount, formatDuration, formatPlural } from '../../../src/domain/format';
import { Badge } from '../../ui/Badge';
import { Icon } from '../../ui/Icon';
import type { Label } from '../../words';

const icons: Readonly<Record<Pattern['pattern'], string>> = {
  'n+1': 'list-ordered',
  'fan-out': 'type-hierarchy-sub',
  'retry storm': 'sync',
  'error propagation': 'error',
  'hop gap': 'arrow-both',
};

/** A shape of calls that causes trouble: who calls whom, how often, how long. */
export function TracePattern({ pattern }: { readonly pattern: Pattern }) {
  const { service, operation, callee, count, totalMs, traceId, reached } = pattern;
  const label: Label = {
    text: tracePatterns[pattern.pattern] ?? pattern.pattern,
    icon: icons[pattern.pattern] ?? 'list-tree',
    tone: 'warn',
  };
  return (
    <div className="detail">
      <div className="detail-head">
        <Badge label={label} what="Pattern" />
        {traceId ? (
          <span className="muted small clipped" title={traceId}>
            trace <code>{traceId}</code>
          </span>
        ) : null}
      </div>
      <p className="call-shape">
        <span className="call-end" title={`${service} · ${operation}`}>
          <strong>{service}</strong> {operation}
        </span>
        <span className="call-arrow">
          <Icon name="arrow-right" />
          <span className="unseen">calls </span>
          <span className="number">
            {formatCount(count)} × <span className="muted">{formatDuration(totalMs)} in all</span>
          </span>
        </span>
        <span className="call-end" title={callee}>
          {callee}
        </span>
      </p>
      {reached === undefined ? null : (
        <p className="muted small">{formatPlural(reached, 'call')} reach the end of the chain for one request.</p>
      )}
    </div>
  );
}
