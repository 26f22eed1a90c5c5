import type { ReactNode } from 'react';
import { Icon } from './Icon';

export interface LinkButtonProps {
  readonly children: ReactNode;
  readonly icon?: string;
  readonly title?: string;
  /** For one of several answers: whether it is the one that was given. */
  readonly isPressed?: boolean;
  readonly onPress: () => void;
}

/** Looks like a link and posts a command; nothing in the panel navigates. */
export function LinkButton({ children, icon, title, isPressed, onPress }: LinkButtonProps) {
  return (
    <button type="button" className="link-button" title={title} aria-pressed={isPressed} onClick={onPress}>
      {icon ? <Icon name={icon} /> : null}
      <span className="link-text">{children}</span>
    </button>
  );
}
