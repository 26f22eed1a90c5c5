import type { Tone } from '../words';
import { Bar } from './Bar';

export interface BarRow {
  readonly label: string;
  /** The number that the bar stands for, as text. */
  readonly text: string;
  /** 0..1 of the longest. */
  readonly share: number;
  readonly tone: Tone;
}

/** Few numbers below each other, each with its bar: label, bar, number. */
export function BarRows({ rows }: { readonly rows: readonly BarRow[] }) {
  return (
    <dl className="bar-rows">
      {rows.map(({ label, text, share, tone }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Bar share={share} tone={tone} />
            <span className="number">{text}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
