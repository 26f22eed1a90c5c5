import assert from 'node:assert/strict';
import type { HomeSnapshot } from '../../../../src/protocol/homeApi';
import { useDom } from '../../../fakes/render';
import { renderHome } from '../../../fakes/renderHome';
import { homeSnapshots, report } from '../../../fixtures/homeSnapshots';

const { busy, quiet, first, again, byHand, failed, failedAgain, cancelled, noData } = homeSnapshots;

describe('the header of Home', () => {
  useDom();

  it('says the worst first, and quiet only when all is quiet', async () => {
    const headline = async (snapshot: HomeSnapshot) => (await renderHome(snapshot)).get('h1').textContent;
    const noTrouble = report({ services: report().services.filter(({ state }) => state === 'normal') });
    const onlyAnomalies = { ...quiet, survey: { ...quiet.survey, report: noTrouble } };
    assert.equal(await headline(busy), 'AIDog Home: 1 alert, 3 services in trouble');
    assert.equal(await headline(onlyAnomalies), 'AIDog Home: 3 anomalies');
    assert.equal(await headline(quiet), 'AIDog Home: All quiet');
    assert.equal(await headline(first), 'AIDog Home: Looking around');
    assert.equal(await headline(byHand), 'AIDog Home: Not looked at yet');
    assert.equal(await headline(failed), 'AIDog Home: Not looked at yet');
    assert.equal(await headline(noData), 'AIDog Home: No services seen');
    assert.equal(await headline({ ...quiet, alerts: { ...quiet.alerts, status: 'failed' } }), 'AIDog Home: Partly unknown');
  });

  it('says as of when, and how much was looked at', async () => {
    assert.match((await renderHome(busy)).get('header').textContent ?? '', /as of .*last 4 hours.*6 services.*15 series looked at/);
  });

  it('looks again on request', async () => {
    const home = await renderHome(busy);
    await home.click('vscode-toolbar-button[title="Look again"]');
    assert.deepEqual(home.posted.at(-1), { name: 'refresh', params: {} });
  });

  it('shows how far a survey is, which can be called off and not be started twice', async () => {
    const home = await renderHome(again);
    assert.match(home.text(), /Looking at checkout \(3 of 12\)…/);
    assert.equal(home.get('[role=progressbar]').getAttribute('aria-valuenow'), '80');
    assert.equal(home.all('vscode-toolbar-button[title="Look again"]').length, 0);
    await home.click('vscode-button', 'Cancel');
    assert.deepEqual(home.posted.at(-1), { name: 'cancel', params: {} });
    assert.match(home.text(), /Orders fail/);
  });

  it('says why a survey failed and what can be done, and that what is shown is older', async () => {
    const home = await renderHome(failedAgain);
    assert.match(home.text(), /did not answer within 20 s\. Try again\. What is shown is from the look before\./);
    await home.click('vscode-button', 'Find out why');
    await home.click('vscode-button', 'Look again');
    assert.deepEqual(
      home.posted.slice(1).map(({ name }) => name),
      ['doctor', 'refresh'],
    );
  });

  it('says that a survey was cancelled', async () => {
    assert.match((await renderHome(cancelled)).text(), /was cancelled\. What is shown is from the look before\./);
  });

  it('offers the environments where there are several, and shows the chosen one only', async () => {
    const home = await renderHome(busy);
    const select = home.get('vscode-single-select');
    await home.act(() => {
      Object.defineProperty(select, 'value', { configurable: true, value: 'staging' });
      select.dispatchEvent(new Event('change'));
    });
    assert.doesNotMatch(home.text(), /checkout/);
    assert.deepEqual(home.saved(), { env: 'staging' });
    assert.equal((await renderHome(quiet)).all('vscode-single-select').length, 0);
  });
});
