import type { ReactNode } from 'react';
import { Icon } from './Icon';

/** Content that opens on demand. */
export function Disclosure({ summary, children }: { readonly summary: ReactNode; readonly children: ReactNode }) {
  return (
    <details className="disclosure">
      <summary>
        <Icon name="chevron-right" />
        <span>{summary}</span>
      </summary>
      <div className="disclosure-body">{children}</div>
    </details>
  );
}
