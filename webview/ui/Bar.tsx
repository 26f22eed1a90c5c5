import type { CSSProperties } from 'react';
import type { Tone } from '../words';

/** A bar as long as `share` (0..1) of its track; the number stands beside it as text. */
export function Bar({ share, tone = 'info' }: { readonly share: number; readonly tone?: Tone }) {
  const percent = Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) * 100 : 0;
  return (
    <span className={`bar fill-${tone}`} aria-hidden="true">
      <span className="bar-fill" style={{ '--share': `${percent}%` } as CSSProperties} />
    </span>
  );
}
