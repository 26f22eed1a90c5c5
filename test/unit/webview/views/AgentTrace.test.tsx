import assert from 'node:assert/strict';
import { formatTime } from '../../../../src/domain/format';
import { renderPanel, useDom } from '../../../fakes/render';
import { withModel } from '../../../fixtures/modelRun';
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
    assert.match(panel.get('.stats').textContent ?? '', /ModelllamaTokens1,200 in, 340 outCostunknown$/);
  });

  it('says of each agent who answered, how much went in and out, and why it was code', async () => {
    const panel = await renderPanel(withModel, { tab: 'trace' });
    const [summarizer, ranker, steps] = panel.all('.call').map(({ textContent }) => textContent ?? '');
    assert.equal(summarizer, 'Answered by: modelanthropic:claude-sonnet5,212 characters in, 842 out1,480 tokens in, 231 out$0.0042');
    assert.match(ranker ?? '', /^Answered by: model, at the second try.*tokens in, 231 out/);
    assert.match(steps ?? '', /^Answered by: code.*842 outThe model did not answer within 30 s\.$/);
    assert.match(panel.get('.stats').textContent ?? '', /Cost\$0\.0084$/);
  });

  it('says once why it was code, and names the model that gave nothing', async () => {
    const [why, model] = ['ollama:llama3.2:3b failed with status 500.', 'ollama:llama3.2:3b'];
    const last = withModel.found.trace?.at(-1);
    const entry = { ...last!, ok: false, note: `fallback: ${why}`, call: { ...last!.call!, model, why } };
    const usage = { ms: 900, apiCalls: 3, tokensIn: 0, tokensOut: 0, model: null };
    const panel = await renderPanel({ ...doneCode, found: { ...doneCode.found, trace: [entry], usage } }, { tab: 'trace' });
    assert.equal(panel.text().split(why).length, 2);
    assert.match(panel.get('.stats').textContent ?? '', /Modelollama:llama3\.2:3b gave no answer that is fit, computed by code$/);
  });

  it('is exported, and leads to the last prompt where a model was asked', async () => {
    const panel = await renderPanel(withModel, { tab: 'trace' });
    await panel.click('vscode-button', 'Export');
    await panel.click('vscode-button', 'Show Last Prompt');
    assert.deepEqual(
      panel.posted.slice(-2).map(({ name }) => name),
      ['exportTrace', 'showLastPrompt'],
    );
    assert.equal((await renderPanel(doneCode, { tab: 'trace' })).all('vscode-button', 'Show Last Prompt').length, 0);
    assert.equal((await renderPanel(starting, { tab: 'trace' })).all('vscode-button', 'Export').length, 0);
  });

  it('shows what a failed run had tried', async () => {
    assert.match((await renderPanel(failed, { tab: 'trace' })).text(), /Failed: refused with status 403/);
  });

  it('says when nothing has run', async () => {
    assert.match((await renderPanel(starting, { tab: 'trace' })).text(), /Nothing has run yet…/);
    assert.match((await renderPanel({ ...failed, found: {} }, { tab: 'trace' })).text(), /Nothing ran\./);
  });
});
