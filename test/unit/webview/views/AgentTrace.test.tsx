import assert from 'node:assert/strict';
import { formatTime } from '../../../../src/domain/format';
import { renderPanel, useDom } from '../../../fakes/render';
import { doneCode, failed, NOW_MS, starting } from '../../../fixtures/panelSnapshots';

describe('the agent trace', () => {
  useDom();

  it('lists what ran with time, stage, duration and result', async () => {
    const panel = await renderPanel(doneCode, { tab: 'trace' });
    const rows = panel.all('.trace-table tbody tr').map(({ textContent }) => textContent);
    assert.equal(rows.length, doneCode.found.trace?.length);
    assert.equal(rows[0], `${formatTime(NOW_MS, { withSeconds: true })}Gatherdatadog.monitor84 msWorked. monitor 10452, alerting`);
  });

  it('says in words what failed', async () => {
    const panel = await renderPanel(doneCode, { tab: 'trace' });
    assert.match(panel.get('.trace-failed').textContent ?? '', /datadog\.dependencies97 msFailed: the application key needs/);
  });

  it('gives what it cost', async () => {
    const panel = await renderPanel(doneCode, { tab: 'trace' });
    assert.equal(panel.get('.stats').textContent, 'Time1.2 sAPI calls9Modelnone, computed by code');
  });

  it('names the model and its tokens where one took part', async () => {
    const usage = { ms: 900, apiCalls: 3, tokensIn: 1200, tokensOut: 340, model: 'llama' };
    const panel = await renderPanel({ ...doneCode, found: { ...doneCode.found, usage } }, { tab: 'trace' });
    assert.match(panel.get('.stats').textContent ?? '', /ModelllamaTokens1,200 in, 340 out$/);
  });

  it('shows what a failed run had tried', async () => {
    assert.match((await renderPanel(failed, { tab: 'trace' })).text(), /Failed: refused with status 403/);
  });

  it('says when nothing has run', async () => {
    assert.match((await renderPanel(starting, { tab: 'trace' })).text(), /Nothing has run yet…/);
    assert.match((await renderPanel({ ...failed, found: {} }, { tab: 'trace' })).text(), /Nothing ran\./);
  });
});
