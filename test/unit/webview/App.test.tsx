import assert from 'node:assert/strict';
import { renderPanel, useDom } from '../../fakes/render';
import { doneCode, hostile, running, starting } from '../../fixtures/panelSnapshots';

describe('the panel', () => {
  useDom();

  it('says that it is ready and waits for the first snapshot', async () => {
    const panel = await renderPanel(null);
    assert.deepEqual(panel.posted, [{ name: 'ready', params: {} }]);
    assert.match(panel.text(), /Waiting for the investigation/);
  });

  it('opens at the overview and counts what is behind the other tabs', async () => {
    const panel = await renderPanel(doneCode);
    assert.equal(panel.get('[role=tab][aria-selected=true]').textContent, 'Overview');
    assert.deepEqual(
      panel.all('[role=tab]').map(({ textContent }) => textContent),
      ['Overview', 'Evidence11', 'Forecast2', 'Hypotheses3', 'Steps4', 'Agent trace'],
    );
  });

  it('shows another tab when it is clicked and ties it to its panel', async () => {
    const panel = await renderPanel(doneCode);
    await panel.click('[role=tab]', 'Steps');
    assert.equal(panel.get('[role=tabpanel]').getAttribute('aria-labelledby'), 'tab-steps');
    assert.equal(panel.get('[role=tab]', 'Steps').getAttribute('aria-controls'), panel.get('[role=tabpanel]').id);
    assert.match(panel.text(), /Roll checkout back to 1.8.1/);
  });

  it('shows facts as they come', async () => {
    const panel = await renderPanel(starting);
    assert.doesNotMatch(panel.text(), /38 %/);
    await panel.send('snapshot', { ...running, runId: starting.runId });
    assert.match(panel.text(), /38 % of POST \/checkout requests answer 500/);
  });

  it('announces a stage and the verdict politely', async () => {
    const panel = await renderPanel({ ...starting, runId: 'r' });
    await panel.send('snapshot', { ...running, runId: 'r' });
    assert.equal(panel.get('[aria-live=polite]').textContent, 'Perceive has started.');
    await panel.send('snapshot', { ...doneCode, runId: 'r' });
    assert.match(panel.get('[aria-live=polite]').textContent ?? '', /^A code change is to blame\. Most likely: Commit 3f2a91c/);
  });

  it('remembers the tab over a reload of the same run', async () => {
    const first = await renderPanel(doneCode);
    await first.click('[role=tab]', 'Evidence');
    const second = await renderPanel(doneCode, { saved: first.saved() });
    assert.equal(second.get('[role=tab][aria-selected=true]').id, 'tab-evidence');
  });

  it('starts at the overview again when another run comes', async () => {
    const panel = await renderPanel(doneCode, { tab: 'trace' });
    await panel.send('snapshot', { ...running, runId: 'another' });
    assert.equal(panel.get('[role=tab][aria-selected=true]').id, 'tab-overview');
  });

  it('shows what the host asks for, brings it into view and focuses it', async () => {
    const panel = await renderPanel(doneCode);
    await panel.send('reveal', { tab: 'evidence', id: 'E5' });
    assert.equal(document.activeElement?.id, 'evidence-E5');
  });

  it('drops messages that are no notifications of its own', async () => {
    const warn = console.warn;
    const warnings: unknown[] = [];
    console.warn = (message: unknown) => warnings.push(message);
    try {
      const panel = await renderPanel(doneCode);
      await panel.send('reveal', { tab: 'nowhere', id: 7 });
      assert.equal(panel.get('[role=tab][aria-selected=true]').id, 'tab-overview');
      assert.equal(warnings.length, 1);
    } finally {
      console.warn = warn;
    }
  });

  it('keeps the other tabs alive when one cannot be drawn, and offers the log', async () => {
    const error = console.error;
    console.error = () => undefined;
    try {
      const broken = { ...doneCode, found: { ...doneCode.found, steps: [null] } };
      const panel = await renderPanel(broken as never, { tab: 'steps' });
      assert.match(panel.text(), /cannot be drawn/);
      await panel.click('vscode-button', 'Show log');
      assert.deepEqual(panel.posted.at(-1), { name: 'showLog', params: {} });
      await panel.click('[role=tab]', 'Hypotheses');
      assert.match(panel.text(), /web 4.11.0 sends carts/);
    } finally {
      console.error = error;
    }
  });

  for (const tab of ['overview', 'evidence', 'forecast', 'hypotheses', 'steps', 'trace'] as const)
    it(`makes nothing but text of hostile telemetry in ${tab}`, async () => {
      const panel = await renderPanel(hostile, { tab });
      assert.doesNotMatch(panel.text(), /cannot be drawn/);
      assert.equal(panel.container.querySelector('script, img, a, b, iframe'), null);
      for (const character of ['\u202e', '\u0000', '\u001b']) assert.equal(panel.container.innerHTML.includes(character), false);
    });

  it('draws every tab of a snapshot in which nothing was found', async () => {
    const panel = await renderPanel({ ...doneCode, found: {} });
    for (const tab of ['Evidence', 'Forecast', 'Hypotheses', 'Steps', 'Agent trace', 'Overview']) {
      await panel.click('[role=tab]', tab);
      assert.doesNotMatch(panel.text(), /cannot be drawn/);
      assert.ok(panel.get('[role=tabpanel]').textContent, tab);
    }
  });
});
