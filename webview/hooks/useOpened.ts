import { createContext, useContext } from 'react';

/** Which of the things that open on demand are open; null where nobody remembers it. */
export interface Opened {
  readonly names: readonly string[];
  put(name: string, isOpen: boolean): void;
}

export const OpenedContext = createContext<Opened | null>(null);

export const useOpened = (): Opened | null => useContext(OpenedContext);
