import { createContext, useCallback, useContext, useEffect, useRef } from 'react';
import { type Channel, openChannel } from '../../src/protocol/channel';
import type { ParamsOf } from '../../src/protocol/message';
import { type PanelTab, panelContract, type panelHostContract } from '../../src/protocol/panelApi';
import type { Host } from '../host';
import type { PanelAction, Reveal } from '../state';

type Commands = (typeof panelHostContract)['commands'];

/** Asks the extension host to do something. */
export type SendCommand = <K extends keyof Commands & string>(name: K, params: ParamsOf<Commands[K]>) => void;

/** Opens the channel, says that the view is ready, and hands what comes in to `dispatch`. */
export function usePanelChannel(host: Host, dispatch: (action: PanelAction) => void): SendCommand {
  const channel = useRef<Channel<typeof panelHostContract> | null>(null);
  useEffect(() => {
    const opened = openChannel<typeof panelContract, typeof panelHostContract>({
      transport: host.transport,
      inbound: panelContract,
      handlers: {
        requests: {},
        commands: {},
        notifications: {
          snapshot: (snapshot) => dispatch({ kind: 'snapshot', snapshot }),
          reveal: ({ tab, id }) => dispatch({ kind: 'show', tab, id }),
        },
      },
      onProblem: (message, cause) => console.warn(message, cause),
    });
    channel.current = opened;
    opened.command('ready', {});
    return () => opened.dispose();
  }, [host, dispatch]);
  return useCallback<SendCommand>((name, params) => channel.current?.command(name, params), []);
}

export interface PanelApi {
  readonly send: SendCommand;
  /** Shows a tab and, where given, brings an item of it into view. */
  readonly show: (tab: PanelTab, id: string | null) => void;
  /** The item to bring into view. */
  readonly reveal: Reveal | null;
}

const noApi: PanelApi = { send: () => undefined, show: () => undefined, reveal: null };

export const PanelApiContext = createContext<PanelApi>(noApi);

export const usePanelApi = (): PanelApi => useContext(PanelApiContext);
