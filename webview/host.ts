import type { Transport } from '../src/protocol/channel';

/** What the webview gets from the editor around it: a way to talk, and a place to keep the view's state. */
export interface Host {
  readonly transport: Transport;
  /** What was saved last, also before a reload; undefined when nothing was. */
  load(): unknown;
  save(state: unknown): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** VS Code hands its API out once; the only caller is `main.tsx`. */
export function createVsCodeHost(): Host {
  const api = acquireVsCodeApi();
  return {
    transport: {
      post: (message) => api.postMessage(message),
      listen: (receive) => {
        const onMessage = (event: MessageEvent) => receive(event.data);
        window.addEventListener('message', onMessage);
        return { dispose: () => window.removeEventListener('message', onMessage) };
      },
    },
    load: () => api.getState(),
    save: (state) => {
      api.setState(state);
    },
  };
}
