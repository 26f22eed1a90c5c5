import assert from 'node:assert/strict';
import { type Rendered, render, renderPanel, useDom } from '../../../fakes/render';
import { doneCode } from '../../../fixtures/panelSnapshots';

const isOpen = (page: Rendered) => (page.get('.top-cause details') as HTMLDetailsElement).open;

/** As a click does: the browser opens it and then tells. */
const open = (page: Rendered, wanted = true) =>
  page.act(() => {
    const details = page.get('.top-cause details') as HTMLDetailsElement;
    details.open = wanted;
    details.dispatchEvent(new Event('toggle'));
  });

describe('content that opens on demand', () => {
  useDom();

  it('stays open when news come, when the tab changes and over a reload', async () => {
    const panel = await renderPanel(doneCode);
    assert.equal(isOpen(panel), false);
    await open(panel);
    await panel.send('snapshot', { ...doneCode, found: { ...doneCode.found } });
    assert.equal(isOpen(panel), true);
    await panel.click('[role=tab]', 'Steps');
    await panel.click('[role=tab]', 'Overview');
    assert.equal(isOpen(panel), true);
    assert.equal(isOpen(await renderPanel(doneCode, { saved: panel.saved() })), true);
  });

  it('is closed again when it was closed, and in another run', async () => {
    const panel = await renderPanel(doneCode);
    await open(panel);
    await panel.send('snapshot', { ...doneCode, runId: 'another' });
    assert.equal(isOpen(panel), false);
    await open(panel);
    await open(panel, false);
    assert.equal(isOpen(await renderPanel({ ...doneCode, runId: 'another' }, { saved: panel.saved() })), false);
  });

  it('opens where nobody remembers it, too', async () => {
    const { Disclosure } = await import('../../../../webview/ui/Disclosure');
    const page = await render(async () => (
      <div className="top-cause">
        <Disclosure name="a" summary="More">
          text
        </Disclosure>
      </div>
    ));
    await open(page);
    assert.equal(isOpen(page), true);
  });
});
