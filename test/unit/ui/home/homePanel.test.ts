import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Uri as RealUri } from 'vscode';
import type { HomeSnapshot } from '../../../../src/protocol/homeApi';
import { type HomeHandlers, HomePanel, homeViewType } from '../../../../src/ui/home/homePanel';
import { fake, Uri } from '../../../fakes/vscode';
import { FakePanel } from '../../../fakes/vscodeParts';
import { homeSnapshots } from '../../../fixtures/homeSnapshots';

const say = (name: string, params: object = {}) => ({ type: 'signal', kind: 'commands', name, params });
const NAMES = ['refresh', 'cancel', 'investigateAlert', 'openAlert', 'investigateService', 'openService', 'openAnomaly', 'copyQuery'];

function open() {
  const did: unknown[][] = [];
  const problems: string[] = [];
  const seen: boolean[] = [];
  const state = { snapshot: homeSnapshots.busy as HomeSnapshot };
  const panel = new HomePanel({
    extensionUri: Uri.file('/ext') as unknown as RealUri,
    snapshot: () => state.snapshot,
    handlers: Object.fromEntries(
      NAMES.map((name) => [name, (params: unknown) => void did.push([name, params])]),
    ) as unknown as HomeHandlers,
    log: { info: () => undefined, error: (message) => void problems.push(message) },
  });
  panel.onDidChangeVisibility((isVisible) => void seen.push(isVisible));
  return { panel, did, problems, seen, state };
}

const sent = (page = fake.panels[0]!) => page.sent as { name: string; params: HomeSnapshot }[];

describe('the panel of Home', () => {
  beforeEach(() => {
    fake.reset();
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  it('is built when first shown, with our own folder only, and brought to the front later', () => {
    const { panel, seen } = open();
    assert.equal(panel.isVisible, false);
    panel.show();
    panel.show();
    const [page, ...others] = fake.panels;
    assert.deepEqual([others.length, page!.viewType, page!.title, page!.revealed.length], [0, homeViewType, 'AIDog: Home', 1]);
    const { localResourceRoots } = page!.webview.options as { localResourceRoots: Uri[] };
    assert.deepEqual(localResourceRoots.map(String), ['file:///ext/dist']);
    assert.match(page!.webview.html, /data-page="home"/);
    assert.deepEqual([panel.isVisible, seen], [true, [true]]);
  });

  it('sends the whole snapshot when its page is ready, visible again, or the theme has changed', () => {
    const { panel } = open();
    panel.show();
    const page = fake.panels[0]!;
    page.receive(say('ready'));
    page.setVisible(false);
    assert.equal(sent().length, 1);
    page.setVisible(true);
    fake.events.theme.fire({});
    assert.deepEqual(
      sent().map(({ name, params }) => [name, params.hours]),
      [
        ['snapshot', 4],
        ['snapshot', 4],
        ['snapshot', 4],
      ],
    );
  });

  it('sends at most ten snapshots a second while a survey tells how far it is, the last one included', () => {
    const { panel, state } = open();
    panel.show();
    fake.panels[0]!.receive(say('ready'));
    for (let step = 1; step <= 200; step += 1) {
      state.snapshot = { ...homeSnapshots.again, hours: step };
      panel.update();
      mock.timers.tick(5);
    }
    mock.timers.tick(200);
    assert.ok(sent().length <= 13, `${sent().length} snapshots`);
    assert.equal(sent().at(-1)?.params.hours, 200);
  });

  it('tells when it comes into view and leaves it, and sends nothing while hidden', () => {
    const { panel, seen } = open();
    panel.show();
    const page = fake.panels[0]!;
    page.setVisible(false);
    panel.update();
    mock.timers.tick(1000);
    assert.deepEqual([panel.isVisible, sent().length], [false, 0]);
    page.setVisible(true);
    page.dispose();
    assert.deepEqual(seen, [true, false, true, false]);
  });

  it('hands what the page asks for to its handler, and drops what is malformed', () => {
    const { panel, did, problems } = open();
    panel.show();
    const page = fake.panels[0]!;
    page.receive(say('investigateService', { id: 'S1' }));
    for (const message of [null, say('investigateService', { id: 7 }), say('openAnomaly'), say('constructor')]) page.receive(message);
    assert.deepEqual(did, [['investigateService', { id: 'S1' }]]);
    assert.equal(problems.length, 4);
  });

  it('takes over a panel that VS Code restored, in place of an open one', () => {
    const { panel } = open();
    panel.show();
    const restored = new FakePanel(homeViewType, '');
    panel.adopt(restored as never);
    assert.equal(fake.panels[0]!.isDisposed, true);
    restored.receive(say('ready'));
    assert.equal(sent(restored).length, 1);
    assert.equal(panel.isVisible, true);
  });

  it('is built anew after it was closed, hears nothing when closed, and closes with the extension', () => {
    const { panel, did } = open();
    panel.show();
    fake.panels[0]!.dispose();
    fake.panels[0]!.receive(say('refresh'));
    panel.update();
    assert.deepEqual([did, fake.events.theme.listenerCount], [[], 0]);
    panel.show();
    assert.equal(fake.panels.length, 2);
    panel.dispose();
    assert.equal(fake.panels[1]!.isDisposed, true);
  });
});
