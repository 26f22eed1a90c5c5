import { type ReactNode, useState } from 'react';
import { useOpened } from '../hooks/useOpened';
import { Icon } from './Icon';

export interface DisclosureProps {
  /** Tells it from every other one of the page, in this run and after a reload. */
  readonly name: string;
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** Content that opens on demand, and stays open where the page remembers it. */
export function Disclosure({ name, summary, children }: DisclosureProps) {
  const opened = useOpened();
  const [isOpenHere, setIsOpenHere] = useState(false);
  const isOpen = opened ? opened.names.includes(name) : isOpenHere;
  const toggle = (wanted: boolean) => (opened ? opened.put(name, wanted) : setIsOpenHere(wanted));
  return (
    <details className="disclosure" open={isOpen} onToggle={(event) => toggle(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron-right" />
        <span>{summary}</span>
      </summary>
      <div className="disclosure-body">{children}</div>
    </details>
  );
}
