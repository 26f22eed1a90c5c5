import type { ReactNode } from 'react';
import { Icon } from './Icon';

export interface LinkButtonProps {
  readonly children: ReactNode;
  readonly icon?: string;
  readonly title?: string;
  readonly onPress: () => void;
}

/** Looks like a link and posts a command; nothing in the panel navigates. */
export function LinkButton({ children, icon, title, onPress }: LinkButtonProps) {
  return (
    <button type="button" className="link-button" title={title} onClick={onPress}>
      {icon ? <Icon name={icon} /> : null}
      <span className="link-text">{children}</span>
    </button>
  );
}
