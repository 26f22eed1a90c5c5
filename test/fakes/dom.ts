import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { JSDOM, VirtualConsole } from 'jsdom';

/** Outside a browser `@lit/react` takes its server build, which sets no properties; the panel runs in a browser. */
const browserBuild = resolve('node_modules/@lit/react/index.js');
registerHooks({
  resolve: (specifier, context, next) => next(specifier === '@lit/react' ? browserBuild : specifier, context),
});

/** What was thrown where nobody catches it: in event listeners and custom elements. */
export const pageErrors: unknown[] = [];
const virtualConsole = new VirtualConsole();
virtualConsole.on('jsdomError', (error) => pageErrors.push(error));

const dom = new JSDOM('<!doctype html><link rel="stylesheet" href="codicon.css" id="vscode-codicon-stylesheet"><body></body>', {
  pretendToBeVisual: true,
  virtualConsole,
  url: 'http://panel.test/',
});
const { window } = dom;

// jsdom lacks what these stand for; nothing in a test depends on their effect unless it replaces them.
window.HTMLCanvasElement.prototype.getContext = () => null;
window.Element.prototype.scrollIntoView = () => undefined;
class NoResizes {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
Object.assign(window, { ResizeObserver: NoResizes });
Object.assign(window.ElementInternals.prototype, { setFormValue: () => undefined, setValidity: () => undefined });
window.scrollTo = () => undefined;
Object.defineProperty(window.HTMLElement.prototype, 'innerText', {
  configurable: true,
  get(this: HTMLElement) {
    return this.textContent;
  },
});

const names = [
  ...['window', 'document', 'customElements', 'getComputedStyle', 'requestAnimationFrame', 'cancelAnimationFrame', 'Node', 'Element'],
  ...['HTMLElement', 'HTMLButtonElement', 'HTMLSlotElement', 'SVGElement', 'ShadowRoot', 'Document', 'DocumentFragment', 'CSSStyleSheet'],
  ...['MutationObserver', 'ResizeObserver', 'Event', 'CustomEvent', 'KeyboardEvent', 'MouseEvent', 'FocusEvent', 'PointerEvent'],
];

let before: (PropertyDescriptor | undefined)[] = [];

/** The page that `installDom` puts in place. */
export const pageDocument = window.document;
export const pageWindow = window;

/** Makes a browser's globals out of jsdom's. Modules that look for a browser when they load must be loaded after this. */
export function installDom(): void {
  before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  for (const name of names)
    Object.defineProperty(globalThis, name, {
      configurable: true,
      writable: true,
      value: name === 'window' ? window : Reflect.get(window, name),
    });
  Object.defineProperty(globalThis, 'IS_REACT_ACT_ENVIRONMENT', { configurable: true, writable: true, value: true });
}

/** Takes them away again, so that other tests run where there is no browser. */
export function removeDom(): void {
  Reflect.deleteProperty(globalThis, 'IS_REACT_ACT_ENVIRONMENT');
  names.forEach((name, index) => {
    Reflect.deleteProperty(globalThis, name);
    const descriptor = before[index];
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
  });
}
