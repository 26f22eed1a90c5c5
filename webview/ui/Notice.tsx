import type { ReactNode } from 'react';
import type { Tone } from '../words';
import { Icon } from './Icon';

const icons: Readonly<Record<Tone, string>> = { bad: 'error', warn: 'warning', info: 'info', good: 'pass', neutral: 'info' };

/** A sentence that stands out, with what can be done about it. */
export function Notice({ tone, children, actions }: { readonly tone: Tone; readonly children: ReactNode; readonly actions?: ReactNode }) {
  return (
    <div className={`notice tone-${tone}`}>
      <Icon name={icons[tone]} tone={tone} />
      <div className="notice-text">{children}</div>
      {actions ? <div className="notice-actions">{actions}</div> : null}
    </div>
  );
}
