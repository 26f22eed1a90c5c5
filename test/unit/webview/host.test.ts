import assert from 'node:assert/strict';
import { createVsCodeHost } from '../../../webview/host';
import { pageWindow } from '../../fakes/dom';
import { useDom } from '../../fakes/render';

describe('the host of the webview', () => {
  useDom();

  const posted: unknown[] = [];
  let state: unknown;
  before(() => {
    Object.defineProperty(globalThis, 'acquireVsCodeApi', {
      configurable: true,
      value: () => ({
        postMessage: (message: unknown) => posted.push(message),
        getState: () => state,
        setState: (value: unknown) => (state = value),
      }),
    });
  });
  after(() => {
    Reflect.deleteProperty(globalThis, 'acquireVsCodeApi');
  });

  it('posts to VS Code and hears what VS Code posts until it is disposed', () => {
    const host = createVsCodeHost();
    const heard: unknown[] = [];
    const listening = host.transport.listen((message) => heard.push(message));
    host.transport.post({ hello: 1 });
    pageWindow.dispatchEvent(new pageWindow.MessageEvent('message', { data: { hello: 2 } }));
    listening.dispose();
    pageWindow.dispatchEvent(new pageWindow.MessageEvent('message', { data: { hello: 3 } }));
    assert.deepEqual([posted, heard], [[{ hello: 1 }], [{ hello: 2 }]]);
  });

  it('keeps the state with VS Code and returns nothing from saving', () => {
    const host = createVsCodeHost();
    assert.equal(host.save({ tab: 'steps' }), undefined);
    assert.deepEqual(host.load(), { tab: 'steps' });
  });
});
