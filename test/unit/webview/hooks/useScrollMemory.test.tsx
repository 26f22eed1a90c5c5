import assert from 'node:assert/strict';
import { pageWindow } from '../../../fakes/dom';
import { renderPanel, useDom } from '../../../fakes/render';
import { doneCode } from '../../../fixtures/panelSnapshots';

describe('the place to which a tab is scrolled', () => {
  useDom();

  const original = pageWindow.scrollTo;
  let scrolledTo: number[] = [];
  beforeEach(() => {
    scrolledTo = [];
    Object.assign(pageWindow, { scrollTo: (_: number, top: number) => scrolledTo.push(top) });
  });
  afterEach(() => {
    Object.assign(pageWindow, { scrollTo: original, scrollY: 0 });
  });

  it('is saved once the scrolling has settled', async () => {
    const panel = await renderPanel(doneCode, { tab: 'evidence' });
    Object.assign(pageWindow, { scrollY: 240 });
    await panel.act(() => pageWindow.dispatchEvent(new pageWindow.Event('scroll')));
    assert.deepEqual((panel.saved() as { scroll: object }).scroll, {});
    await panel.act(() => new Promise((resolve) => setTimeout(resolve, 200)));
    assert.deepEqual((panel.saved() as { scroll: object }).scroll, { evidence: 240 });
  });

  it('is found again after a reload', async () => {
    const saved = {
      runId: doneCode.runId,
      tab: 'evidence',
      scroll: { evidence: 310 },
      evidenceKind: null,
      forecastId: null,
      chartIndex: 0,
    };
    await renderPanel(doneCode, { saved });
    assert.deepEqual(scrolledTo, [310]);
  });

  it('is left to the item when one is brought into view', async () => {
    const panel = await renderPanel(doneCode);
    scrolledTo = [];
    await panel.send('reveal', { tab: 'evidence', id: 'E4' });
    assert.deepEqual(scrolledTo, []);
  });
});
