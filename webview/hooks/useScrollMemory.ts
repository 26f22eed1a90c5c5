import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { PanelAction, Reveal, ViewMemory } from '../state';

const settleMs = 150;

/** Puts each tab back to where it was scrolled to. The returned ref is for the sticky row of tabs, which keeps its place. */
export function useScrollMemory(
  memory: ViewMemory,
  reveal: Reveal | null,
  dispatch: (action: PanelAction) => void,
): RefObject<HTMLDivElement | null> {
  const { tab } = memory;
  const tabs = useRef<HTMLDivElement>(null);
  const saved = useRef(memory.scroll);
  saved.current = memory.scroll;
  const isRevealing = reveal !== null;

  useLayoutEffect(() => {
    if (isRevealing) return;
    window.scrollTo(0, saved.current[tab] ?? Math.min(window.scrollY, stickyTop(tabs.current)));
  }, [tab, isRevealing]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(() => dispatch({ kind: 'scrolled', tab, top: window.scrollY }), settleMs);
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener('scroll', onScroll);
    };
  }, [tab, dispatch]);
  return tabs;
}

/** Where the row sits in the page when it does not stick. */
function stickyTop(row: HTMLElement | null): number {
  return row?.parentElement?.offsetTop ?? 0;
}
