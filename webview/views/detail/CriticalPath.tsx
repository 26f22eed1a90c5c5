import type { CSSProperties } from 'react';
import type { CriticalHop, CriticalPath as Path } from '../../../src/domain/evidenceDetail';
import { formatDuration, formatPlural } from '../../../src/domain/format';
import { seriesColours } from '../../charts/chartView';
import { Icon } from '../../ui/Icon';
import { ShowMore } from '../../ui/ShowMore';

const mostAtFirst = 12;

/** Red is for what failed. */
const serviceColours = seriesColours.filter((colour) => colour !== 'red');

/** The spans that decide how long a trace takes, as a waterfall: where each lies in time, with its own time in full colour. */
export function CriticalPath({ path }: { readonly path: Path }) {
  const { hops, totalMs, traceId } = path;
  const services = [...new Set(hops.map(({ service }) => service))];
  const weightiest = new Set(hops.toSorted((a, b) => weight(b) - weight(a)).slice(0, mostAtFirst));
  return (
    <div className="detail">
      <p className="detail-head muted small">
        <span>
          {formatPlural(hops.length, 'hop')} in {formatDuration(totalMs)}; own time is in full colour, and at the right
        </span>
        <span className="clipped" title={traceId}>
          trace <code>{traceId}</code>
        </span>
      </p>
      <ShowMore more={`Show all ${formatPlural(hops.length, 'hop')}`} isNeeded={hops.length > mostAtFirst}>
        {(isWhole) => (
          <ol className="waterfall" aria-label="Critical path, in the order of time">
            {hops.map((hop, position) =>
              isWhole || weightiest.has(hop) ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: hops have no identity but their place on the path
                <HopRow key={position} hop={hop} totalMs={totalMs} service={services.indexOf(hop.service)} />
              ) : null,
            )}
          </ol>
        )}
      </ShowMore>
    </div>
  );
}

/** What a reader looks for first: errors, then much own time. */
const weight = ({ selfMs, isError }: CriticalHop): number => (isError ? 1e12 : 0) + (Number.isFinite(selfMs) ? selfMs : 0);

interface HopRowProps {
  readonly hop: CriticalHop;
  readonly totalMs: number;
  /** Which of the path's services it is, for its colour. */
  readonly service: number;
}

function HopRow({ hop, totalMs, service }: HopRowProps) {
  const { operation, startMs, durationMs, selfMs, isError } = hop;
  const colour = serviceColours[service % serviceColours.length];
  const from = shareOf(startMs, totalMs);
  const style = {
    '--from': `${from * 100}%`,
    '--length': `${Math.min(shareOf(durationMs, totalMs), 1 - from) * 100}%`,
    '--self': `${shareOf(selfMs, durationMs) * 100}%`,
  } as CSSProperties;
  return (
    <li className="hop">
      <span className="hop-name" title={`${hop.service} · ${operation}`}>
        <span className={`hop-service swatch-${colour}`}>{hop.service}</span> <span className="muted">{operation}</span>
        {isError ? <HopError /> : null}
      </span>
      <span className={`hop-track swatch-${colour}`} aria-hidden="true" style={style}>
        <span className={isError ? 'hop-bar hop-bar-error' : 'hop-bar'}>
          <span className="hop-self" />
        </span>
      </span>
      <span className="number hop-time">
        <span className="unseen">
          starts at {formatDuration(startMs)}, takes {formatDuration(durationMs)}, own time{' '}
        </span>
        {formatDuration(selfMs)}
      </span>
    </li>
  );
}

const HopError = () => (
  <span className="hop-error" title="This span failed">
    <Icon name="error" tone="bad" />
    <span className="unseen">failed</span>
  </span>
);

/** 0..1, also for times that a skewed clock made negative or longer than the whole. */
function shareOf(part: number, whole: number): number {
  const share = whole > 0 ? part / whole : 0;
  return Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) : 0;
}
