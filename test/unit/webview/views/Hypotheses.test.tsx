import assert from 'node:assert/strict';
import type { Verdict } from '../../../../src/domain/incident';
import { renderPanel, useDom } from '../../../fakes/render';
import { withModel } from '../../../fixtures/modelRun';
import { doneCode, doneExternal, failed, healthy, running } from '../../../fixtures/panelSnapshots';

describe('the hypotheses', () => {
  useDom();

  it('are ranked with confidence, kind, service and commit', async () => {
    const panel = await renderPanel(doneCode, { tab: 'hypotheses' });
    const cards = panel.all('.hypothesis').map(({ textContent }) => textContent ?? '');
    assert.equal(cards.length, 3);
    assert.match(cards[0] ?? '', /^1Commit 3f2a91c dropped.*86 % high.*code change.*checkout.*3f2a91c by Maja Lind/);
    assert.match(cards[2] ?? '', /^3payments answers slowly.*6 % low.*dependency outage/);
  });

  it('open the line of the one that is clicked', async () => {
    const panel = await renderPanel(doneCode, { tab: 'hypotheses' });
    await panel.click('.hypothesis vscode-button', 'Open applyDiscount.js:45');
    assert.deepEqual(panel.posted.at(-1), { name: 'openHypothesis', params: { id: 'H1' } });
  });

  it('offer to draft a fix where a commit can be reverted, and only there', async () => {
    const panel = await renderPanel(doneCode, { tab: 'hypotheses' });
    const offered = panel.all('.hypothesis').map((card) => card.textContent?.includes('Draft a Fix…'));
    assert.deepEqual(
      offered,
      (doneCode.found.hypotheses ?? []).map(({ commit }) => commit !== null),
    );
    assert.ok(offered.includes(true) && offered.includes(false));
    await panel.click('.hypothesis:first-child vscode-button', 'Draft a Fix…');
    assert.deepEqual(panel.posted.at(-1), { name: 'draftFix', params: { id: 'H1' } });
  });

  it('ask of the first one whether it was the cause, with buttons that stay, and take another answer later', async () => {
    const panel = await renderPanel(doneCode, { tab: 'hypotheses' });
    assert.deepEqual(
      panel.all('.cause-question').map((group) => [group.getAttribute('role'), group.getAttribute('aria-label')]),
      [['group', 'Was this the cause?']],
    );
    await panel.click('.cause-question button', 'No');
    assert.deepEqual(panel.posted.at(-1), { name: 'judgeCause', params: { isRight: false } });
    const judged = await renderPanel({ ...doneCode, judgement: 'wrong' }, { tab: 'hypotheses' });
    assert.deepEqual(
      judged.all('.cause-question button').map((button) => [button.textContent, button.getAttribute('aria-pressed')]),
      [
        ['Yes', 'false'],
        ['No', 'true'],
      ],
    );
    await judged.click('.cause-question button', 'Yes');
    assert.deepEqual(judged.posted.at(-1), { name: 'judgeCause', params: { isRight: true } });
  });

  it('ask of what is no cause in its own words, and nothing where the cause is not known', async () => {
    const [top] = doneCode.found.hypotheses ?? [];
    const asked = async (kind: string) => {
      const found = { ...doneCode.found, hypotheses: [{ ...top!, kind }] };
      const panel = await renderPanel({ ...doneCode, found }, { tab: 'hypotheses' });
      return panel.all('.cause-question').map((group) => group.getAttribute('aria-label'));
    };
    assert.deepEqual(await asked('healthy'), ['Is nothing wrong?']);
    assert.deepEqual(await asked('localised_fault'), ['Did it begin here?']);
    assert.deepEqual(await asked('unknown'), []);
  });

  it('ask nothing while the investigation runs', async () => {
    const panel = await renderPanel({ ...doneCode, status: 'running' }, { tab: 'hypotheses' });
    assert.equal(panel.all('.cause-question').length, 0);
  });

  it('cite evidence for and against, and a citation leads to the fact', async () => {
    const panel = await renderPanel(doneCode, { tab: 'hypotheses' });
    const [first] = panel.all('.hypothesis');
    assert.deepEqual(
      [...(first?.querySelectorAll('.chip') ?? [])].map(({ textContent }) => textContent?.slice(0, 2)),
      ['E2', 'E3', 'E4', 'E6', 'E7', 'E8'],
    );
    await panel.act(() => first?.querySelector<HTMLElement>('.chip')?.click());
    assert.equal(document.activeElement?.id, 'evidence-E2');
  });

  it('leave out citations of facts that are not there', async () => {
    const [top] = doneCode.found.hypotheses ?? [];
    const found = { ...doneCode.found, hypotheses: [{ ...top!, evidenceFor: ['E404'], evidenceAgainst: [] }] };
    const panel = await renderPanel({ ...doneCode, found }, { tab: 'hypotheses' });
    assert.equal(panel.all('.hypothesis .chip').length, 0);
    assert.equal(panel.all('.hypothesis dt', 'For').length, 0);
  });

  it('say what was not checked', async () => {
    const panel = await renderPanel(doneCode, { tab: 'hypotheses' });
    assert.match(panel.all('.hypothesis')[0]?.textContent ?? '', /MissingWhether carts without a coupon fail in staging too/);
  });

  it('are explained with citations that lead to their facts', async () => {
    const panel = await renderPanel(withModel, { tab: 'hypotheses' });
    assert.deepEqual(
      panel.all('.explanation .citation').map(({ textContent }) => textContent),
      ['E7', 'E3'],
    );
    await panel.click('.explanation .citation', 'E3');
    assert.equal(document.activeElement?.id, 'evidence-E3');
  });

  it('say what to look at next: a page with a query to copy, or a person to ask', async () => {
    const panel = await renderPanel(withModel, { tab: 'hypotheses' });
    await panel.click('.next-look .link-button', 'Errors of checkout by version');
    await panel.click('.next-look vscode-toolbar-button');
    assert.deepEqual(panel.posted.slice(-2), [
      { name: 'openNextQuery', params: { id: 'H1' } },
      { name: 'copyNextQuery', params: { id: 'H1' } },
    ]);
    assert.equal(panel.all('.next-look')[1]?.textContent, 'Ask the team of web what 4.11.0 changedAsk');
  });

  it('are followed by what was ruled out, and why', async () => {
    const panel = await renderPanel(withModel, { tab: 'hypotheses' });
    assert.match(panel.get('section', /^Ruled out/).textContent ?? '', /Outage of a dependency of paymentsCalls to payments would fail/);
    assert.equal((await renderPanel(doneCode, { tab: 'hypotheses' })).all('h2', 'Ruled out').length, 0);
  });

  it('are followed by what was checked: the telling ones first, quiet ones and gaps on demand', async () => {
    const panel = await renderPanel(withModel, { tab: 'hypotheses' });
    const section = panel.get('section', /^What was checked/).textContent ?? '';
    assert.match(section, /^What was checked3 kinds of incidentErrors after a deploymentErrors of checkout rose.*2 checks found nothing/);
    assert.match(panel.get('.disclosure .check', 'Disk space').textContent ?? '', /Could not check: disk metrics of checkout\./);
  });

  it('say where the place is when the workspace does not have it', async () => {
    const panel = await renderPanel(doneCode, { tab: 'hypotheses' });
    assert.match(panel.all('.hypothesis')[1]?.textContent ?? '', /services\/web\/src\/cart\/serialize\.js:12not in the open folders/);
  });

  it('list the commits that were weighed and mark the one to blame', async () => {
    const panel = await renderPanel(doneCode, { tab: 'hypotheses' });
    const [first, second] = panel.all('.commit').map(({ textContent }) => textContent ?? '');
    assert.match(first ?? '', /3f2a91cSimplify discount calculationto blameScore 0\.88Maja Lind.*touches the failing line/);
    assert.doesNotMatch(second ?? '', /to blame/);
    await panel.click('.commit .link-button', '9be04d1');
    assert.deepEqual(panel.posted.at(-1), { name: 'openCommit', params: { sha: doneCode.found.suspectCommits?.[1]?.sha } });
  });

  it('blame no commit, and say why, when none is named', async () => {
    const panel = await renderPanel(doneExternal, { tab: 'hypotheses' });
    assert.match(panel.get('.notice').textContent ?? '', /No commit is to blame: the fault lies in a dependency\./);
    assert.equal(panel.all('.tag', 'to blame').length, 0);
  });

  for (const [verdict, words] of [
    ['code', /not enough to name one commit/],
    ['configuration', /a configuration change explains it/],
    ['infrastructure', /the infrastructure explains it/],
    ['inconclusive', /does not settle the cause/],
    ['healthy', /nothing is wrong/],
  ] as readonly (readonly [Verdict, RegExp])[])
    it(`have a sentence for no commit when the verdict is ${verdict}`, async () => {
      const panel = await renderPanel({ ...doneExternal, found: { ...doneExternal.found, verdict } }, { tab: 'hypotheses' });
      assert.match(panel.get('.notice').textContent ?? '', words);
    });

  it('judge no commit before the run is done', async () => {
    const panel = await renderPanel({ ...running, found: { ...running.found, verdict: 'external' } }, { tab: 'hypotheses' });
    assert.equal(panel.all('.notice').length, 0);
    assert.match(panel.text(), /Weighing causes…/);
  });

  it('say why there are none', async () => {
    assert.match((await renderPanel(healthy, { tab: 'hypotheses' })).text(), /There is nothing to explain\./);
    assert.match((await renderPanel(failed, { tab: 'hypotheses' })).text(), /ended before causes were weighed/);
    const found = { ...doneCode.found, hypotheses: [], verdict: 'inconclusive' as const };
    assert.match((await renderPanel({ ...doneCode, found }, { tab: 'hypotheses' })).text(), /No explanation fits the evidence\./);
  });

  it('say once why a commit was weighed', async () => {
    const commit = { sha: 'abc', score: 0.1, reasons: ['changed a.js:2', 'new', 'changed a.js:2'], title: '', author: '', committedAt: '' };
    const panel = await renderPanel({ ...doneCode, found: { ...doneCode.found, suspectCommits: [commit] } }, { tab: 'hypotheses' });
    assert.deepEqual(
      panel.all('.reasons li').map(({ textContent }) => textContent),
      ['changed a.js:2', 'new'],
    );
  });

  it('survive a commit with nothing but a name', async () => {
    const commit = { sha: 'abc', score: 0.1, reasons: [], title: '', author: '', committedAt: '' };
    const panel = await renderPanel({ ...doneCode, found: { ...doneCode.found, suspectCommits: [commit] } }, { tab: 'hypotheses' });
    assert.match(panel.get('.commit').textContent ?? '', /abc\(no message\)Score 0\.10$/);
  });
});
