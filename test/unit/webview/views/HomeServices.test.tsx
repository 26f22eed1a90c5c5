import assert from 'node:assert/strict';
import { useDom } from '../../../fakes/render';
import { renderHome } from '../../../fakes/renderHome';
import { homeSnapshots, report, service } from '../../../fixtures/homeSnapshots';

const { busy, noData, byHand, quiet } = homeSnapshots;
const rowTexts = (rows: readonly HTMLElement[]) => rows.map(({ textContent }) => (textContent ?? '').replace(/\s+/g, ' '));

describe('the services of Home', () => {
  useDom();

  it('are a table, the ones in trouble first, with what is measured and what is usual', async () => {
    const home = await renderHome(busy);
    const [checkout, recommendations, ...others] = rowTexts(home.all('tbody tr'));
    assert.match(
      checkout ?? '',
      /^checkoutState: Alertingprod49 % of requests fail, usually 0\.2 %1\.1\/s, usually 0\.9\/s49 %, usually 0\.2 %150 ms, usually 74 ms$/,
    );
    assert.match(recommendations ?? '', /Going silent/);
    assert.equal(others.length, 4);
    assert.equal(home.all('tbody th[scope=row]').length, 6);
  });

  it('mark the measure that is at fault', async () => {
    const home = await renderHome(busy);
    assert.deepEqual(
      home.all('.home-measure-bad, .home-measure-warn').map(({ textContent }) => textContent),
      ['49 %', '0.4/s', '1.5 s'],
    );
  });

  it('are investigated and opened by their rows', async () => {
    const home = await renderHome(busy);
    await home.click('button[title="Investigate payments"]');
    await home.click('vscode-toolbar-button[title="Open payments in Datadog"]');
    assert.deepEqual(home.posted.slice(1), [
      { name: 'investigateService', params: { id: 'S-payments' } },
      { name: 'openService', params: { id: 'S-payments' } },
    ]);
    assert.equal(home.all('vscode-toolbar-button[title="Open vouchers in Datadog"]').length, 0);
  });

  it('name the environment where there are several', async () => {
    assert.doesNotMatch(rowTexts((await renderHome(quiet)).all('tbody tr')).join(), /prod/);
  });

  it('are shown in part when they are many, and whole on request', async () => {
    const services = Array.from({ length: 45 }, (_, at) => service({ service: `s${at}`, id: `S${at}` }));
    const home = await renderHome({ ...quiet, survey: { ...quiet.survey, report: report({ services, anomalies: [] }) } });
    assert.equal(home.all('tbody tr').length, 30);
    await home.click('vscode-button', 'Show all 45 services');
    assert.equal(home.all('tbody tr').length, 45);
    assert.equal(home.all('vscode-button', 'Show all').length, 0);
  });

  it('say where nothing was traced, and offer the doctor', async () => {
    const home = await renderHome(noData);
    assert.match(home.text(), /Datadog traced no request in the environment prod in the last 6 hours/);
    await home.click('vscode-button', 'Find out why');
    assert.deepEqual(home.posted.at(-1), { name: 'doctor', params: {} });
    assert.match((await renderHome(byHand)).text(), /No service has been looked at yet/);
  });
});
