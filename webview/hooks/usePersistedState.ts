import { useEffect, useReducer } from 'react';
import type { Host } from '../host';
import { initialState, type PanelAction, type PanelState, reduce } from '../state';

/** The panel's state; what the view remembers is saved with the host whenever it changes. */
export function usePersistedState(host: Host): [PanelState, (action: PanelAction) => void] {
  const [state, dispatch] = useReducer(reduce, undefined, () => initialState(host.load()));
  const { memory } = state;
  useEffect(() => {
    host.save(memory);
  }, [host, memory]);
  return [state, dispatch];
}
