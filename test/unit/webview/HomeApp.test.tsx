import assert from 'node:assert/strict';
import { useDom } from '../../fakes/render';
import { renderHome } from '../../fakes/renderHome';
import { homeSnapshots } from '../../fixtures/homeSnapshots';

const { busy, quiet, first, again, failed, hostile } = homeSnapshots;

describe('Home', () => {
  useDom();

  it('says that it is ready and waits for the first snapshot', async () => {
    const home = await renderHome(null);
    assert.deepEqual(home.posted, [{ name: 'ready', params: {} }]);
    assert.match(home.text(), /Opening Home/);
  });

  it('has one heading that says how things stand, and a section for each part', async () => {
    const home = await renderHome(busy);
    assert.equal(home.all('h1').length, 1);
    assert.deepEqual(
      home.all('h2').map(({ textContent }) => textContent),
      ['Alerts', 'Anomalies', 'Services'],
    );
  });

  it('announces what a survey found, and nothing when nothing changed', async () => {
    const home = await renderHome(first);
    const announced = () => home.get('[aria-live=polite]').textContent;
    assert.equal(announced(), 'Looking at the services.');
    await home.send(busy);
    assert.equal(announced(), '3 anomalies now.');
    await home.send(busy);
    assert.equal(announced(), '');
    await home.send(again);
    await home.send(quiet);
    assert.equal(announced(), 'Nothing is unusual now.');
    await home.send(failed);
    assert.match(announced() ?? '', /is limiting requests/);
  });

  it('remembers the chosen environment over a reload', async () => {
    const home = await renderHome(busy, { env: 'staging' });
    assert.doesNotMatch(home.text(), /checkout/);
    assert.match(home.text(), /vouchers/);
    assert.deepEqual(home.saved(), { env: 'staging' });
  });

  it('shows everything when what was remembered is no environment any more, or no memory at all', async () => {
    for (const saved of [{ env: 'gone' }, { env: 7 }, 'x'])
      assert.match((await renderHome(busy, saved)).text(), /checkout.*vouchers/, JSON.stringify(saved));
  });

  it('makes nothing but text of hostile telemetry', async () => {
    const home = await renderHome(hostile);
    assert.doesNotMatch(home.text(), /cannot be drawn/);
    assert.equal(home.container.querySelector('script, img, a, b, iframe'), null);
    for (const character of ['\u202e', '\u0000', '\u001b', 'NaN', 'Infinity'])
      assert.equal(home.container.innerHTML.includes(character), false);
  });

  it('offers the log when it cannot be drawn', async () => {
    const error = console.error;
    console.error = () => undefined;
    try {
      const home = await renderHome({ ...busy, alerts: null } as never);
      assert.match(home.text(), /cannot be drawn/);
      await home.click('vscode-button', 'Show log');
      assert.deepEqual(home.posted.at(-1), { name: 'showLog', params: {} });
    } finally {
      console.error = error;
    }
  });

  it('drops messages that are no notifications of its own', async () => {
    const warn = console.warn;
    const warnings: unknown[] = [];
    console.warn = (message: unknown) => warnings.push(message);
    try {
      const home = await renderHome(busy);
      await home.send({ tab: 'overview' }, 'reveal');
      await home.send(null);
      assert.match(home.text(), /checkout/);
      assert.equal(warnings.length, 2);
    } finally {
      console.warn = warn;
    }
  });
});
