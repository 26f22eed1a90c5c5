import { createContext, useCallback, useContext, useEffect, useRef } from 'react';
import { type Channel, openChannel } from '../../src/protocol/channel';
import { homeContract, type homeHostContract } from '../../src/protocol/homeApi';
import type { ParamsOf } from '../../src/protocol/message';
import type { HomeAction } from '../homeState';
import type { Host } from '../host';

type Commands = (typeof homeHostContract)['commands'];

/** Asks the extension host to do something. */
export type SendHomeCommand = <K extends keyof Commands & string>(name: K, params: ParamsOf<Commands[K]>) => void;

/** Opens the channel, says that the page is ready, and hands what comes in to `dispatch`. */
export function useHomeChannel(host: Host, dispatch: (action: HomeAction) => void): SendHomeCommand {
  const channel = useRef<Channel<typeof homeHostContract> | null>(null);
  useEffect(() => {
    const opened = openChannel<typeof homeContract, typeof homeHostContract>({
      transport: host.transport,
      inbound: homeContract,
      handlers: { requests: {}, commands: {}, notifications: { snapshot: (snapshot) => dispatch({ kind: 'snapshot', snapshot }) } },
      onProblem: (message, cause) => console.warn(message, cause),
    });
    channel.current = opened;
    opened.command('ready', {});
    return () => opened.dispose();
  }, [host, dispatch]);
  return useCallback<SendHomeCommand>((name, params) => channel.current?.command(name, params), []);
}

export const HomeApiContext = createContext<SendHomeCommand>(() => undefined);

export const useHomeApi = (): SendHomeCommand => useContext(HomeApiContext);
