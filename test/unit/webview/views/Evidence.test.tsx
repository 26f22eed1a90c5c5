import assert from 'node:assert/strict';
import type { Evidence } from '../../../../src/domain/evidence';
import { renderPanel, useDom } from '../../../fakes/render';
import { details, doneCode, failed, hostile, starting } from '../../../fixtures/panelSnapshots';

const show = (facts: readonly Evidence[]) =>
  renderPanel({ ...doneCode, found: { ...doneCode.found, evidence: facts } }, { tab: 'evidence' });
const fact = doneCode.found.evidence?.find(({ id }) => id === 'E3') as Evidence;

describe('the evidence', () => {
  useDom();

  it('is grouped by kind', async () => {
    const panel = await renderPanel(doneCode, { tab: 'evidence' });
    assert.deepEqual(
      panel.all('.evidence h2').map(({ textContent }) => textContent),
      ['Monitor', 'Metrics', 'Errors', 'Spans', 'Traces', 'Logs', 'Changes', 'Commits', 'Dependencies', 'Forecasts'],
    );
    assert.equal(panel.all('.fact-card').length, 11);
  });

  it('is filtered by kind, and the filter is remembered', async () => {
    const panel = await renderPanel(doneCode, { tab: 'evidence' });
    await panel.click('.filter .chip', 'Logs');
    assert.deepEqual(
      panel.all('.fact-card').map(({ id }) => id),
      ['evidence-E5'],
    );
    assert.equal(panel.get('.chip[aria-pressed=true]').textContent, 'Logs1');
    assert.equal((panel.saved() as { evidenceKind: string }).evidenceKind, 'logs');
    await panel.click('.filter .chip', 'All');
    assert.equal(panel.all('.fact-card').length, 11);
  });

  it('shows all when the remembered kind is not there', async () => {
    const saved = { runId: doneCode.runId, tab: 'evidence', scroll: {}, evidenceKind: 'profile', forecastId: null, chartIndex: 0 };
    const panel = await renderPanel(doneCode, { saved });
    assert.equal(panel.all('.fact-card').length, 11);
    assert.equal(panel.get('.chip[aria-pressed=true]').textContent, 'All11');
  });

  it('gives summary, source, time and query of each', async () => {
    const panel = await show([fact]);
    const card = panel.get('.fact-card').textContent ?? '';
    for (const part of ['E3', 'New in 1.8.2', 'Datadog', ' – ', 'service:checkout status:error @error.type:TypeError', '"count": 2431'])
      assert.ok(card.includes(part), `${part} in ${card}`);
  });

  it('copies a query', async () => {
    const panel = await show([fact]);
    await panel.click('vscode-toolbar-button[title="Copy the query of E3"]');
    assert.deepEqual(panel.posted.at(-1), { name: 'copyQuery', params: { id: 'E3' } });
  });

  it('opens the page of a fact that has one', async () => {
    const panel = await show([fact, { ...fact, id: 'E4', link: null }]);
    await panel.click('.link-button', 'Open in Datadog');
    assert.deepEqual(panel.posted.at(-1), { name: 'openEvidence', params: { id: 'E3' } });
  });

  it('offers no page for a link that is none', async () => {
    const panel = await renderPanel(hostile, { tab: 'evidence' });
    assert.equal(panel.all('.link-button', 'Open in').length, 0);
  });

  it('opens the frame that is clicked, by its place in the trace', async () => {
    const panel = await show([fact]);
    await panel.click('.frame .link-button', 'applyDiscount.js:45');
    assert.deepEqual(panel.posted.at(-1), { name: 'openFrame', params: { evidenceId: 'E3', exception: 1, frame: 0 } });
  });

  it('says what became of each line since it was deployed', async () => {
    const panel = await show([fact]);
    assert.deepEqual(
      panel.all('.frame .badge').map(({ textContent }) => textContent),
      ['Line: exact', 'Line: edited since', 'Line: moved', 'Line: deleted since'],
    );
  });

  it('folds runs of library frames and keeps the positions of those behind them', async () => {
    const frames = [...fact.stack![0]!.frames.slice(2), fact.stack![1]!.frames[0]!];
    const panel = await show([{ ...fact, stack: [{ ...fact.stack![0]!, frames }] }]);
    assert.equal(panel.get('.stack summary').textContent, '3 library frames');
    await panel.click('.frame .link-button', 'applyDiscount.js:45');
    assert.deepEqual(panel.posted.at(-1)?.params, { evidenceId: 'E3', exception: 0, frame: 3 });
  });

  it('shows a frame that is not in the workspace as text with the reason', async () => {
    const panel = await show([fact]);
    const row = panel.get('.frame', 'vendor/coupon.js');
    assert.equal(row.querySelector('button'), null);
    assert.match(row.textContent ?? '', /coupon\/opt\/app\/vendor\/coupon\.js:210No file of the workspace has this path\./);
  });

  it('survives a frame of which nothing is known', async () => {
    const bare = { function: null, file: null, line: null, column: null, kind: 'app', workspace: null, reason: 'no file is named' };
    const panel = await show([
      { ...fact, stack: [{ type: 'Error', message: '', relation: null, frames: [bare, { ...bare, file: 'a.js' }] }] },
    ]);
    assert.match(panel.get('.stack').textContent ?? '', /\(anonymous\)unknown fileno file is named\(anonymous\)a\.jsno file is named/);
  });

  it('says how the exceptions of a chain hang together', async () => {
    const panel = await show([fact]);
    assert.deepEqual(
      panel.all('.exception-head').map(({ textContent }) => textContent),
      [
        'CheckoutError: could not price cart 81f2 for customer 5521',
        "Caused by TypeError: Cannot read properties of undefined (reading 'percentOff')",
      ],
    );
  });

  it('cuts a very long text and shows the rest on demand', async () => {
    const panel = await renderPanel(hostile, { tab: 'evidence' });
    const head = () => panel.get('.exception-head').textContent ?? '';
    assert.ok(head().length < 700, String(head().length));
    await panel.click('.exception-head .link-button', /Show all/);
    assert.ok(head().length > 4000, String(head().length));
    assert.match(head(), /6,000 more characters/);
  });

  it('is drawn where there is something to draw, between its query and its values', async () => {
    const panel = await show([{ ...fact, detail: details.logPattern, stack: [] }]);
    const parts = [...panel.get('.fact-card').children].map(({ className }) => className);
    assert.deepEqual(parts, ['fact-head', 'meta', 'query', 'detail', 'disclosure']);
  });

  it('leaves out times that are none and values that are empty', async () => {
    const panel = await show([{ ...fact, from: null, to: null, value: {}, stack: [], query: '' }]);
    assert.equal(panel.all('.fact-card details, .query, .stack').length, 0);
    assert.doesNotMatch(panel.get('.meta').textContent ?? '', /unknown/);
  });

  it('has a group for a kind that it does not know', async () => {
    const panel = await show([{ ...fact, kind: 'profile' as never }]);
    assert.equal(panel.get('.evidence h2').textContent, 'profile');
  });

  it('says what it waits for, and that there is nothing', async () => {
    assert.match((await renderPanel(starting, { tab: 'evidence' })).text(), /Gathering evidence…/);
    assert.match((await renderPanel(failed, { tab: 'evidence' })).text(), /No evidence was gathered/);
  });
});
