import assert from 'node:assert/strict';
import { useDom } from '../../../fakes/render';
import { renderHome } from '../../../fakes/renderHome';
import { homeSnapshots } from '../../../fixtures/homeSnapshots';

const { busy, quiet, first, failed } = homeSnapshots;

describe('the alerts of Home', () => {
  useDom();

  it('are listed with state, service, environment and age', async () => {
    const lines = (await renderHome(busy)).all('.home-line');
    assert.match(lines[0]?.textContent ?? '', /State: Alerting.*Orders fail.*checkout.*prod.*since/);
    assert.match(lines[1]?.textContent ?? '', /State: Warning.*Catalog is slow/);
  });

  it('are investigated, and opened in Datadog where there is a page', async () => {
    const home = await renderHome(busy);
    await home.click('.home-line vscode-button[title="Investigate Catalog is slow"]');
    await home.click('vscode-toolbar-button[title="Open Orders fail in Datadog"]');
    assert.deepEqual(home.posted.slice(1), [
      { name: 'investigateAlert', params: { id: 'monitor:2' } },
      { name: 'openAlert', params: { id: 'monitor:1' } },
    ]);
    assert.equal(home.all('vscode-toolbar-button[title="Open Catalog is slow in Datadog"]').length, 0);
  });

  it('are said to be none only when somebody looked', async () => {
    assert.match((await renderHome(quiet)).text(), /No monitor is alerting/);
    assert.match((await renderHome(first)).text(), /Looking for alerts/);
  });

  it('say why they could not be looked for, and offer the doctor', async () => {
    const home = await renderHome(failed);
    const alerts = home.get('section', /^Alerts/);
    assert.match(alerts.textContent ?? '', /limiting requests/);
    assert.doesNotMatch(home.text(), /No monitor is alerting/);
    await home.act(() => alerts.querySelector<HTMLElement>('vscode-button')?.click());
    assert.deepEqual(home.posted.at(-1), { name: 'doctor', params: {} });
  });
});
