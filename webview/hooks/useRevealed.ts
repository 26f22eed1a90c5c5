import { type RefObject, useEffect, useRef } from 'react';
import { usePanelApi } from './usePanelApi';

/** Scrolls the element to the middle and focuses it when the item with this id is asked for. */
export function useRevealed<T extends HTMLElement>(id: string): { ref: RefObject<T | null>; isRevealed: boolean } {
  const { reveal } = usePanelApi();
  const ref = useRef<T>(null);
  const isRevealed = reveal?.id === id;
  const count = isRevealed ? reveal.count : 0;
  useEffect(() => {
    if (count === 0 || !ref.current) return;
    ref.current.scrollIntoView({ block: 'center' });
    ref.current.focus({ preventScroll: true });
  }, [count]);
  return { ref, isRevealed };
}
