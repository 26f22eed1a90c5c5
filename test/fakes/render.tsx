import type { ReactNode } from 'react';
import type { PanelTab } from '../../src/protocol/panelApi';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import type { Host } from '../../webview/host';
import { installDom, pageDocument, pageErrors, pageWindow, removeDom } from './dom';

/** What the panel posted, without the envelope. */
export interface Posted {
  readonly name: string;
  readonly params: unknown;
}

/** A piece of page with what tests ask of it. */
export interface Rendered {
  readonly container: HTMLElement;
  /** All text of the page, shadow trees left out, white space made single. */
  text(): string;
  /** The only element that matches the selector and has the text, if one is given. */
  get(selector: string, text?: string | RegExp): HTMLElement;
  all(selector: string, text?: string | RegExp): HTMLElement[];
  click(selector: string, text?: string | RegExp): Promise<void>;
  press(selector: string, key: string): Promise<void>;
  /** Runs what changes the page and waits until React has followed. */
  act(change: () => unknown): Promise<void>;
}

export interface RenderedPanel extends Rendered {
  readonly posted: Posted[];
  saved(): unknown;
  send(name: 'snapshot' | 'reveal', params: unknown): Promise<void>;
}

const unmounts: (() => Promise<void>)[] = [];

/** Call once in a `describe`: gives its tests a browser's page, empty for each. */
export function useDom(): void {
  before(installDom);
  afterEach(async () => {
    for (const unmount of unmounts.splice(0)) await unmount();
    pageDocument.body.replaceChildren();
    const errors = pageErrors.splice(0);
    if (errors.length > 0) throw new AggregateError(errors, `The page threw: ${errors.join(', ')}`);
  });
  after(removeDom);
}

/** Renders what `load` gives; it is called when the page is there, so that it can import modules that need one. */
export async function render(load: () => Promise<ReactNode>): Promise<Rendered> {
  const { act } = await import('react');
  const { createRoot } = await import('react-dom/client');
  const node = await load();
  const container = pageDocument.createElement('div');
  pageDocument.body.append(container);
  const root = createRoot(container);
  const settle = (change: () => unknown) =>
    act(async () => {
      await change();
      await new Promise((resolve) => setTimeout(resolve, 0));
    });
  await settle(() => root.render(node));
  unmounts.push(() => settle(() => root.unmount()));
  return queriesOf(container, settle);
}

function queriesOf(container: HTMLElement, settle: (change: () => unknown) => Promise<void>): Rendered {
  const textOf = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  const matches = (element: Element, text: string | RegExp | undefined) => {
    if (text === undefined) return true;
    const own = textOf(element) || element.getAttribute('aria-label') || '';
    return typeof text === 'string' ? own.includes(text) : text.test(own);
  };
  const all = (selector: string, text?: string | RegExp) =>
    [...container.querySelectorAll<HTMLElement>(selector)].filter((element) => matches(element, text));
  const get = (selector: string, text?: string | RegExp) => {
    const found = all(selector, text);
    if (found.length === 1 && found[0]) return found[0];
    throw new Error(`${found.length} elements match ${selector} with ${text ?? 'any text'} in: ${textOf(container)}`);
  };
  return {
    container,
    text: () => textOf(container),
    get,
    all,
    click: (selector, text) => settle(() => get(selector, text).click()),
    press: (selector, key) =>
      settle(() => void get(selector).dispatchEvent(new pageWindow.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))),
    act: settle,
  };
}

export interface PanelOptions {
  readonly tab?: PanelTab;
  /** What the view saved before. */
  readonly saved?: unknown;
}

/** The whole panel with a host that hands it the snapshot and records what it posts. */
export async function renderPanel(snapshot: PanelSnapshot | null, { tab, saved }: PanelOptions = {}): Promise<RenderedPanel> {
  const posted: Posted[] = [];
  let receive: (message: unknown) => void = () => undefined;
  let state = saved;
  const tell = (name: string, params: unknown) => receive(structuredClone({ type: 'signal', kind: 'notifications', name, params }));
  const host: Host = {
    transport: {
      post: (message) => posted.push(structuredClone(message as Posted)),
      listen: (listener) => {
        receive = listener;
        return { dispose: () => (receive = () => undefined) };
      },
    },
    load: () => state,
    save: (value) => (state = structuredClone(value)),
  };
  const rendered = await render(async () => {
    const { App } = await import('../../webview/App');
    return <App host={host} />;
  });
  await rendered.act(() => {
    if (snapshot) tell('snapshot', snapshot);
    if (tab) tell('reveal', { tab, id: null });
  });
  return {
    ...rendered,
    get posted() {
      return posted.map(({ name, params }) => ({ name, params }));
    },
    saved: () => state,
    send: (name, params) => rendered.act(() => tell(name, params)),
  };
}
