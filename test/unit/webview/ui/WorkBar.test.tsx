import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('a work bar', () => {
  useDom();

  it('says what is done and how far it is, and can call it off', async () => {
    let isCancelled = false;
    const bar = await render(async () => {
      const { WorkBar } = await import('../../../../webview/ui/WorkBar');
      return (
        <WorkBar
          doing="Reading"
          share={0.456}
          onCancel={() => {
            isCancelled = true;
          }}
        />
      );
    });
    assert.match(bar.text(), /Reading…/);
    const progress = bar.get('[role=progressbar]');
    assert.deepEqual([progress.getAttribute('aria-valuenow'), progress.getAttribute('aria-valuetext')], ['46', 'Reading']);
    await bar.click('vscode-button', 'Cancel');
    assert.equal(isCancelled, true);
  });
});
