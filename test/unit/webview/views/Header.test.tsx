import assert from 'node:assert/strict';
import { renderPanel, useDom } from '../../../fakes/render';
import { cancelledEarly, doneCode, failed, healthy, running, starting } from '../../../fixtures/panelSnapshots';

describe('the header', () => {
  useDom();

  it('gives title, severity and verdict in words, service, start, duration and API calls', async () => {
    const panel = await renderPanel(doneCode);
    assert.equal(panel.get('h1').textContent, 'Checkout fails for carts without a coupon');
    const facts = panel.get('.facts').textContent ?? '';
    for (const fact of ['Severity: Critical', 'Verdict: Code change', 'checkout', 'since ', 'done in 1.2 s with 9 API calls'])
      assert.ok(facts.includes(fact), `${fact} in ${facts}`);
  });

  it('has the subject as title before anything is known', async () => {
    const panel = await renderPanel({ ...starting, startedAtMs: Date.now() });
    assert.equal(panel.get('h1').textContent, 'Monitor 10452');
    assert.match(panel.text(), /just started/);
  });

  it('shows how far the five stages are while it runs', async () => {
    const panel = await renderPanel(running);
    assert.deepEqual(
      panel.all('.stage').map(({ textContent }) => textContent),
      ['Gather, done', 'Perceive, running', 'Diagnose, waiting', 'Guide, waiting', 'Recommend, waiting'],
    );
    assert.equal(panel.get('[aria-current=step]').textContent, 'Perceive, running');
    assert.match(panel.text(), /Following failing traces through 3 services/);
  });

  it('says for how long it has been running', async () => {
    const panel = await renderPanel({ ...running, startedAtMs: Date.now() - 65_000 });
    assert.match(panel.text(), /running for 1 min 5 s/);
  });

  it('has a progress bar once a run takes longer than a second', async () => {
    const bar = (await renderPanel({ ...running, startedAtMs: Date.now() - 1500 })).get('[role=progressbar]');
    assert.equal(bar.getAttribute('aria-valuenow'), '30');
    assert.equal(bar.getAttribute('aria-valuetext'), 'Perceive, stage 2 of 5');
  });

  it('has none at first, nor when the run is over', async () => {
    assert.equal((await renderPanel({ ...running, startedAtMs: Date.now() })).all('[role=progressbar]').length, 0);
    assert.equal((await renderPanel(doneCode)).all('[role=progressbar]').length, 0);
  });

  it('withholds the verdict until the run is done', async () => {
    const panel = await renderPanel({ ...running, found: { ...running.found, verdict: 'code' } });
    assert.doesNotMatch(panel.get('.facts').textContent ?? '', /Verdict/);
  });

  it('cancels a run', async () => {
    const panel = await renderPanel(running);
    await panel.click('vscode-button', 'Cancel');
    assert.deepEqual(panel.posted.at(-1), { name: 'cancel', params: {} });
  });

  for (const [label, name] of [
    ['Copy report', 'copyReport'],
    ['Run again', 'runAgain'],
    ['Show log', 'showLog'],
  ] as const)
    it(`offers "${label}" once it is done`, async () => {
      const panel = await renderPanel(doneCode);
      await panel.click(`vscode-toolbar-button[title="${label}"]`);
      assert.deepEqual(panel.posted.at(-1), { name, params: {} });
    });

  it('shows the sentence of a failure with a way on', async () => {
    const panel = await renderPanel(failed);
    assert.match(panel.get('.notice').textContent ?? '', /does not accept these keys/);
    assert.match(panel.get('.stage-failed').textContent ?? '', /Gather, failed/);
    await panel.click('vscode-button', 'Run again');
    await panel.click('vscode-button', 'Show log');
    assert.deepEqual(
      panel.posted.slice(1).map(({ name }) => name),
      ['runAgain', 'showLog'],
    );
  });

  it('has a sentence for a failure without one', async () => {
    const panel = await renderPanel({ ...failed, problem: null });
    assert.match(panel.get('.notice').textContent ?? '', /The investigation failed\./);
  });

  it('keeps what was found when the run was cancelled, and says so', async () => {
    const panel = await renderPanel(cancelledEarly);
    assert.match(panel.text(), /what was found so far is kept/);
    assert.match(panel.text(), /38 % of POST/);
    assert.match(panel.text(), /ended after 700 ms/);
  });

  it('leaves out the start of an incident that has none or a strange one', async () => {
    const without = await renderPanel(healthy);
    assert.doesNotMatch(without.text(), /since /);
    const incident = { ...doneCode.found.incident!, startedAt: 'yesterday', primarySymptom: '' };
    const strange = await renderPanel({ ...doneCode, found: { ...doneCode.found, incident } });
    assert.doesNotMatch(strange.get('.facts').textContent ?? '', /since /);
  });

  it('gives the age of a recent incident', async () => {
    const incident = { ...doneCode.found.incident!, startedAt: new Date(Date.now() - 18 * 60_000).toISOString() };
    const panel = await renderPanel({ ...doneCode, found: { ...doneCode.found, incident } });
    assert.match(panel.get('.facts').textContent ?? '', /\(18 min ago\)/);
  });

  it('survives a severity and a verdict that it does not know', async () => {
    const incident = { ...doneCode.found.incident!, severity: 'apocalyptic' as never };
    const panel = await renderPanel({ ...doneCode, found: { ...doneCode.found, incident, verdict: 'magic' as never } });
    assert.match(panel.get('.facts').textContent ?? '', /Severity unknown.*Inconclusive/);
  });
});
