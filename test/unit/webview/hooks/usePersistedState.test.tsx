import assert from 'node:assert/strict';
import { renderPanel, useDom } from '../../../fakes/render';
import { doneCode } from '../../../fixtures/panelSnapshots';

describe('what the view remembers', () => {
  useDom();

  it('is saved with the host when it changes', async () => {
    const panel = await renderPanel(doneCode);
    await panel.click('[role=tab]', 'Agent trace');
    assert.deepEqual(panel.saved(), {
      runId: doneCode.runId,
      tab: 'trace',
      scroll: {},
      evidenceKind: null,
      forecastId: null,
      chartIndex: 0,
      opened: [],
    });
  });

  it('holds nothing of what was found', async () => {
    const panel = await renderPanel(doneCode);
    assert.doesNotMatch(JSON.stringify(panel.saved()), /coupon/);
  });

  it('is forgotten when it is of no known shape', async () => {
    const panel = await renderPanel(doneCode, { saved: { runId: doneCode.runId, tab: 'studio' } });
    assert.equal(panel.get('[role=tab][aria-selected=true]').id, 'tab-overview');
  });
});
