import type { HomeSnapshot } from '../../src/protocol/homeApi';
import type { Host } from '../../webview/host';
import { type Posted, type Rendered, render } from './render';

export interface RenderedHome extends Rendered {
  readonly posted: readonly Posted[];
  saved(): unknown;
  send(snapshot: unknown, name?: string): Promise<void>;
}

/** All of Home with a host that hands it the snapshot and records what it posts. */
export async function renderHome(snapshot: HomeSnapshot | null, saved?: unknown): Promise<RenderedHome> {
  const posted: Posted[] = [];
  let receive: (message: unknown) => void = () => undefined;
  let state = saved;
  const tell = (name: string, params: unknown) => receive(structuredClone({ type: 'signal', kind: 'notifications', name, params }));
  const host: Host = {
    transport: {
      post: (message) => posted.push(structuredClone(message as Posted)),
      listen: (listener) => {
        receive = listener;
        return { dispose: () => undefined };
      },
    },
    load: () => state,
    save(value) {
      state = structuredClone(value);
    },
  };
  const rendered = await render(async () => {
    const { HomeApp } = await import('../../webview/HomeApp');
    return <HomeApp host={host} />;
  });
  if (snapshot) await rendered.act(() => tell('snapshot', snapshot));
  return {
    ...rendered,
    get posted() {
      return posted.map(({ name, params }) => ({ name, params }));
    },
    saved: () => state,
    send: (next, name = 'snapshot') => rendered.act(() => tell(name, next)),
  };
}
