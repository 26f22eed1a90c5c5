import type { CSSProperties } from 'react';
import { leadWords } from '../../../src/domain/detailWords';
import type { MovingTogether as Moving } from '../../../src/domain/evidenceDetail';
import { formatPlural, formatScore } from '../../../src/domain/format';
import { ShowMore } from '../../ui/ShowMore';

const mostAtFirst = 8;

/** Series that move with the alerting one: how closely, and which of the two moves first. */
export function MovingTogether({ moving: { reference, rows } }: { readonly moving: Moving }) {
  return (
    <div className="detail">
      <p className="muted small">
        Compared with <span className="path">{reference}</span>; bars to the left move the other way.
      </p>
      <ShowMore more={`Show all ${formatPlural(rows.length, 'series', 'series')}`} isNeeded={rows.length > mostAtFirst}>
        {(isWhole) => (
          <ul className="plain-list moving">
            {rows.slice(0, isWhole ? undefined : mostAtFirst).map((row, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two hosts can have series of one title
              <MovingRow key={position} row={row} />
            ))}
          </ul>
        )}
      </ShowMore>
    </div>
  );
}

function MovingRow({ row: { title, correlation, leadSec } }: { readonly row: Moving['rows'][number] }) {
  const size = Number.isFinite(correlation) ? Math.min(Math.abs(correlation), 1) : 0;
  const style = { '--length': `${size * 50}%`, '--from': `${correlation < 0 ? 50 - size * 50 : 50}%` } as CSSProperties;
  return (
    <li className="moving-row">
      <span className="clipped" title={title}>
        {title}
      </span>
      <span className="moving-track" aria-hidden="true" style={style}>
        <span className={correlation < 0 ? 'moving-bar moving-against' : 'moving-bar'} />
      </span>
      <span className="number">
        <span className="unseen">correlation </span>
        {formatScore(correlation)}
      </span>
      <span className="muted small moving-lead">{`moves ${correlation < 0 ? 'the other way ' : ''}${leadWords(leadSec)}`}</span>
    </li>
  );
}
