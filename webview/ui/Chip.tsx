import { Icon } from './Icon';

export interface ChipProps {
  readonly text: string;
  readonly icon?: string;
  readonly title?: string;
  /** Whether it is chosen; left out for chips that are no choice. */
  readonly isPressed?: boolean;
  readonly count?: number;
  readonly onPress: () => void;
}

export function Chip({ text, icon, title, isPressed, count, onPress }: ChipProps) {
  return (
    <button type="button" className="chip" aria-pressed={isPressed} title={title} onClick={onPress}>
      {icon ? <Icon name={icon} /> : null}
      <span className="clipped">{text}</span>
      {count === undefined ? null : <span className="chip-count">{count}</span>}
    </button>
  );
}
