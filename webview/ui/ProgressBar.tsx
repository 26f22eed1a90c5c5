import type { CSSProperties } from 'react';

export interface ProgressBarProps {
  readonly label: string;
  /** 0..1; null while nobody knows. */
  readonly share: number | null;
  /** What is done now, for screen readers. */
  readonly text?: string;
}

/** A thin bar for work that takes longer than a glance. */
export function ProgressBar({ label, share, text }: ProgressBarProps) {
  const percent = share === null || !Number.isFinite(share) ? null : Math.round(Math.min(Math.max(share, 0), 1) * 100);
  return (
    <div
      className={percent === null ? 'progress progress-unknown' : 'progress'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      aria-valuetext={text}
    >
      <span className="progress-fill" style={{ '--share': `${percent ?? 30}%` } as CSSProperties} />
    </div>
  );
}
