import assert from 'node:assert/strict';
import type { Investigation } from '../../../../src/domain/investigation';
import { renderPanel, useDom } from '../../../fakes/render';
import { withModel } from '../../../fixtures/modelRun';
import { doneCode, doneExternal, failed, healthy, hostile, running } from '../../../fixtures/panelSnapshots';

const withFound = (found: Partial<Investigation>) => ({ ...doneCode, found: { ...doneCode.found, ...found } });

describe('the overview', () => {
  useDom();

  it('is summed up in words whose citations lead to the facts; what is no fact stays text', async () => {
    const panel = await renderPanel(withModel);
    assert.match(panel.get('.lead').textContent ?? '', /since version 1\.8\.2 E2E6\. Payments is healthy E8; \[E99\] is no fact\.$/);
    assert.equal(panel.all('.lead .citation').length, 3);
    await panel.click('.lead .citation', 'E6');
    assert.equal(document.activeElement?.id, 'evidence-E6');
  });

  it('shows the symptom and who is to blame', async () => {
    const panel = await renderPanel(doneCode);
    assert.match(panel.get('.symptom').textContent ?? '', /38 % of POST \/checkout.*A code change is to blame\./);
  });

  it('shows the most likely cause with confidence in figures and a word', async () => {
    const panel = await renderPanel(doneCode);
    const card = panel.get('.top-cause').textContent ?? '';
    for (const part of ['86 %', 'high', 'dropped the guard', 'code change', '3f2a91c by Maja Lind', '5 facts for it, 1 against', 'moved'])
      assert.ok(card.includes(part), `${part} in ${card}`);
  });

  it('opens the line of the cause', async () => {
    const panel = await renderPanel(doneCode);
    await panel.click('.top-cause vscode-button', 'Open applyDiscount.js:45');
    assert.deepEqual(panel.posted.at(-1), { name: 'openHypothesis', params: { id: 'H1' } });
  });

  it('opens the commit of the cause', async () => {
    const panel = await renderPanel(doneCode);
    await panel.click('.top-cause .link-button', '3f2a91c');
    assert.deepEqual(panel.posted.at(-1), { name: 'openCommit', params: { sha: doneCode.found.rootCauseCommit } });
  });

  it('leads to the hypothesis with its evidence', async () => {
    const panel = await renderPanel(doneCode);
    await panel.click('.link-button', '5 facts for it');
    assert.equal(panel.get('[role=tab][aria-selected=true]').id, 'tab-hypotheses');
    assert.match(document.activeElement?.textContent ?? '', /dropped the guard/);
  });

  it('tells how the confidence came about, factor by factor, with bars on a scale that a factor over 1 does not stretch', async () => {
    const panel = await renderPanel(doneCode);
    const rows = panel.all('.top-cause .factors tbody tr').map(({ textContent }) => textContent);
    assert.equal(rows.length, 4);
    assert.match(rows[0] ?? '', /evidence class× 0\.97applyDiscount\.js:42/);
    assert.match(rows[3] ?? '', /calibration× 1\.48/);
    assert.deepEqual(
      panel.all('.top-cause .factors .bar-fill').map(({ style }) => style.getPropertyValue('--share')),
      ['97%', '100%', '60%', '100%'],
    );
  });

  it('shows the deployed place as text when the workspace has no such file', async () => {
    const panel = await renderPanel(hostile);
    assert.equal(panel.all('.top-cause vscode-button').length, 0);
    assert.match(panel.get('.top-cause').textContent ?? '', /passwd:1not in the open folders/);
  });

  it('names neither place nor commit where there is none', async () => {
    const panel = await renderPanel(doneExternal);
    assert.equal(panel.all('.top-cause vscode-button, .top-cause .codicon-git-commit').length, 0);
    assert.match(panel.text(), /A dependency outside is at fault/);
  });

  it('describes the metric for those who do not see the chart', async () => {
    const panel = await renderPanel(doneCode);
    const label = panel.get('canvas').getAttribute('aria-label') ?? '';
    assert.match(label, /checkout: .* errors\/s at first, .* errors\/s at last, highest/);
    assert.match(panel.get('.legend').textContent ?? '', /checkout.*web.*threshold 1 error\/s/);
    assert.match(panel.get('.mark-list').textContent ?? '', /checkout 1\.8\.2 deployed.*web 4\.11\.0 deployed.*the alert fired/);
  });

  it('shows another metric when it is chosen, and remembers it', async () => {
    const panel = await renderPanel(doneCode);
    const select = panel.get('vscode-single-select') as HTMLElement & { value: string };
    await panel.act(() => {
      select.value = '1';
      select.dispatchEvent(new window.Event('change'));
    });
    assert.match(panel.get('.legend').textContent ?? '', /p95 latency of checkout/);
    assert.equal((panel.saved() as { chartIndex: number }).chartIndex, 1);
  });

  it('lists the services that suffer and marks the one at fault', async () => {
    const panel = await renderPanel(doneCode);
    assert.deepEqual(
      panel.all('.service-row').map(({ textContent }) => textContent),
      ['checkoutat fault', 'web', 'mobile-gateway'],
    );
  });

  it('ranks the services with their scores and says how many are left out', async () => {
    const culprits = Array.from({ length: 11 }, (_, index) => ({ service: `s${index}`, score: 1 - index / 20 }));
    const panel = await renderPanel(withFound({ culprits }));
    const rows = panel.all('.bar-table tbody tr').map(({ textContent }) => textContent);
    assert.deepEqual(rows.slice(0, 2), ['s01.00', 's10.95']);
    assert.equal(rows.length, 8);
    assert.match(panel.text(), /and 3 more with a lower score/);
  });

  it('does not claim that there are no metrics when it was called off before they were read', async () => {
    const { charts: _, ...found } = doneCode.found;
    assert.match(
      (await renderPanel({ ...doneCode, status: 'cancelled', found })).text(),
      /The investigation ended before metrics were read\./,
    );
    assert.match((await renderPanel({ ...doneCode, found })).text(), /No metric was found for this incident\./);
  });

  it('lists what could not be looked at', async () => {
    const panel = await renderPanel(doneCode);
    assert.match(panel.get('.notices').textContent ?? '', /needs the permission “apm_service_catalog_read”/);
  });

  it('holds a place for what is still to come', async () => {
    const panel = await renderPanel(running);
    assert.match(panel.text(), /Weighing causes…/);
    assert.equal(panel.all('.skeleton').length, 1);
  });

  it('says that there is no cause when all is well', async () => {
    const panel = await renderPanel(healthy);
    assert.match(panel.text(), /Nothing is wrong, so there is no cause to name\./);
    assert.equal(panel.all('.service-row, .bar-table, .notices').length, 0);
  });

  it('says that the evidence points nowhere when it does not', async () => {
    const panel = await renderPanel(withFound({ hypotheses: [], verdict: 'inconclusive' }));
    assert.match(panel.text(), /The evidence points to no cause/);
  });

  it('says in one sentence that nothing was found', async () => {
    const panel = await renderPanel(failed);
    assert.match(panel.get('.absent').textContent ?? '', /Nothing was found before the investigation ended/);
  });

  it('takes the alert for the symptom until that is known', async () => {
    const panel = await renderPanel({ ...running, found: { alert: doneCode.found.alert } });
    assert.match(panel.get('.symptom').textContent ?? '', /Errors of checkout are above 1\/s/);
  });
});
