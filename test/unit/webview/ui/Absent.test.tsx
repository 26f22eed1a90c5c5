import assert from 'node:assert/strict';
import type { PanelSnapshot } from '../../../../src/protocol/snapshot';
import { render, useDom } from '../../../fakes/render';

async function renderAbsent(status: PanelSnapshot['status']) {
  const { Absent } = await import('../../../../webview/ui/Absent');
  return render(async () => <Absent status={status} icon="inbox" awaited="Looking…" none="There is none." />);
}

describe('what stands where there is nothing', () => {
  useDom();

  it('is a skeleton, hidden from screen readers, while it may still come', async () => {
    const page = await renderAbsent('running');
    assert.equal(page.text(), 'Looking…');
    assert.equal(page.get('.skeleton').getAttribute('aria-hidden'), 'true');
  });

  for (const status of ['done', 'failed', 'cancelled'] as const)
    it(`is a sentence once the run is ${status}`, async () => {
      const page = await renderAbsent(status);
      assert.equal(page.text(), 'There is none.');
      assert.equal(page.all('.skeleton').length, 0);
    });
});
