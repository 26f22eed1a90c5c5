import assert from 'node:assert/strict';
import type { Step } from '../../../../src/domain/investigation';
import { renderPanel, useDom } from '../../../fakes/render';
import { withModel } from '../../../fixtures/modelRun';
import { doneCode, failed, healthy, starting } from '../../../fixtures/panelSnapshots';

const step = doneCode.found.steps?.[0] as Step;

describe('the steps', () => {
  useDom();

  it('are numbered, with rationale and minutes, and their sum', async () => {
    const panel = await renderPanel(doneCode, { tab: 'steps' });
    const rows = panel.all('.step').map(({ textContent }) => textContent ?? '');
    assert.equal(rows.length, 4);
    assert.match(rows[1] ?? '', /^2Roll checkout back to 1\.8\.1about 8 min1\.8\.1 ran for six days/);
    assert.match(panel.text(), /about 19 min in all/);
  });

  for (const [id, label] of [
    ['S1', 'Open code'],
    ['S4', 'Open check'],
  ] as const)
    it(`"${label}" asks the host to open step ${id}`, async () => {
      const panel = await renderPanel(doneCode, { tab: 'steps' });
      await panel.click('.step vscode-button', label);
      assert.deepEqual(panel.posted.at(-1), { name: 'openStep', params: { id } });
    });

  it('copy the query of the evidence where there is no page to open', async () => {
    const offline = { ...step, action: 'run_query' as const, hypothesis: null, link: null, evidence: ['E5'] };
    const panel = await renderPanel({ ...doneCode, found: { ...doneCode.found, steps: [offline] } }, { tab: 'steps' });
    await panel.click('.step vscode-button', 'Copy query');
    assert.deepEqual(panel.posted.at(-1), { name: 'copyQuery', params: { id: 'E5' } });
  });

  it('have no button where there is nothing to open', async () => {
    const bare = { ...step, link: null, hypothesis: null, evidence: [] };
    const panel = await renderPanel({ ...doneCode, found: { ...doneCode.found, steps: [bare] } }, { tab: 'steps' });
    assert.equal(panel.all('.step vscode-button').length, 0);
  });

  it('cite evidence, and a citation leads to the fact', async () => {
    const panel = await renderPanel(doneCode, { tab: 'steps' });
    await panel.click('.step .chip', 'E6');
    assert.equal(document.activeElement?.id, 'evidence-E6');
  });

  it('lead from a citation in their reason to the fact, as recommendations do', async () => {
    const rationale = 'The guard is gone [E7], [E99].';
    const [item] = doneCode.found.recommendations ?? [];
    const found = { ...doneCode.found, steps: [{ ...step, rationale }], recommendations: [{ ...item!, rationale }] };
    const panel = await renderPanel({ ...doneCode, found }, { tab: 'steps' });
    assert.equal(panel.get('.recommendation .citation').textContent, 'E7');
    assert.match(panel.get('.step').textContent ?? '', /The guard is gone E7, \[E99\]\./);
    await panel.click('.step .citation');
    assert.equal(document.activeElement?.id, 'evidence-E7');
  });

  it('name the section of a runbook that they come from, and open it', async () => {
    const panel = await renderPanel(withModel, { tab: 'steps' });
    assert.deepEqual(
      panel.all('.step .chip', '›').map(({ textContent }) => textContent),
      ['Checkout errors › Roll back'],
    );
    await panel.click('.step .chip', 'Roll back');
    assert.deepEqual(panel.posted.at(-1), { name: 'openRunbook', params: { id: 'K1' } });
  });

  it('come with the tests of the fix, which can be copied', async () => {
    const panel = await renderPanel(withModel, { tab: 'steps' });
    assert.match(
      panel.get('.recommendation', 'A cart without a coupon').textContent ?? '',
      /^HighA cart.*TC001, step by step.*Expect 200$/,
    );
    await panel.click('vscode-button', 'Copy as JSON');
    assert.deepEqual(panel.posted.at(-1), { name: 'copyTestPlan', params: {} });
    assert.equal((await renderPanel(doneCode, { tab: 'steps' })).all('h2', 'Test the fix').length, 0);
  });

  it('are followed by what to improve later', async () => {
    const panel = await renderPanel(doneCode, { tab: 'steps' });
    assert.deepEqual(
      panel.all('.recommendation .tag').map(({ textContent }) => textContent),
      ['Test', 'Monitor'],
    );
    assert.match(panel.text(), /Once the fire is out/);
  });

  it('are brought into view when the host asks for one', async () => {
    const panel = await renderPanel(doneCode);
    await panel.send('reveal', { tab: 'steps', id: 'S3' });
    assert.match(document.activeElement?.textContent ?? '', /^3Tell Maja Lind/);
  });

  it('say what they wait for, and why there are none', async () => {
    assert.match((await renderPanel(starting, { tab: 'steps' })).text(), /Planning steps…/);
    assert.match((await renderPanel(healthy, { tab: 'steps' })).text(), /there is nothing to do/);
    assert.match((await renderPanel(failed, { tab: 'steps' })).text(), /ended before it could suggest steps/);
  });
});
