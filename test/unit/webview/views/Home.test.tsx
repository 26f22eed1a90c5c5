import assert from 'node:assert/strict';
import { useDom } from '../../../fakes/render';
import { renderHome } from '../../../fakes/renderHome';
import { homeSnapshots } from '../../../fixtures/homeSnapshots';

describe('Home without keys', () => {
  useDom();

  it('offers to enter them, or the demo, and shows nothing else', async () => {
    const home = await renderHome(homeSnapshots.unconfigured);
    assert.equal(home.all('h2').length, 0);
    await home.click('vscode-button', 'Configure Datadog');
    await home.click('vscode-button', 'Try the demo incident');
    assert.deepEqual(
      home.posted.slice(1).map(({ name }) => name),
      ['configure', 'tryDemo'],
    );
  });
});

describe('Home with faults', () => {
  useDom();

  it('lists what could not be looked at while the rest is shown', async () => {
    const home = await renderHome(homeSnapshots.partial);
    assert.match(home.get('section', 'Could not be looked at').textContent ?? '', /failed with status 503/);
    assert.match(home.text(), /checkout/);
  });

  it('has no such section when everything was looked at', async () => {
    assert.doesNotMatch((await renderHome(homeSnapshots.busy)).text(), /Could not be looked at/);
  });
});
