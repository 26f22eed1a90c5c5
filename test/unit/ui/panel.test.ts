import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Uri as RealUri } from 'vscode';
import type { PanelSnapshot } from '../../../src/protocol/snapshot';
import { Panel, type PanelOptions, panelViewType } from '../../../src/ui/panel';
import { beginSnapshot } from '../../../src/ui/snapshotState';
import { fake, Uri } from '../../fakes/vscode';
import { FakePanel } from '../../fakes/vscodeParts';

interface Sent {
  readonly name: string;
  readonly params: { readonly subject?: string; readonly tab?: string; readonly id?: string };
}

const say = (name: string, params: object = {}) => ({ type: 'signal', kind: 'commands', name, params });

function open(snapshot: PanelSnapshot | null = beginSnapshot('run', 'Checkout', 0)) {
  const did: unknown[][] = [];
  const problems: string[] = [];
  const state = { snapshot, hidden: 0 };
  const note =
    (name: string) =>
    (params: unknown): void =>
      void did.push([name, params]);
  const names = [
    'openHypothesis',
    'openFrame',
    'openEvidence',
    'openStep',
    'openCommit',
    'copyQuery',
    'copyReport',
    'cancel',
    'runAgain',
    'showLog',
  ];
  const panel = new Panel({
    extensionUri: Uri.file('/ext') as unknown as RealUri,
    snapshot: () => state.snapshot,
    handlers: Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as PanelOptions['handlers'],
    log: { info: () => undefined, error: (message) => void problems.push(message) },
    onHidden: () => void state.hidden++,
  });
  return { panel, state, did, problems };
}

const sent = (page = fake.panels[0]!) => page.sent as Sent[];
const snapshotsSent = (page?: FakePanel) => sent(page).filter(({ name }) => name === 'snapshot');

describe('the panel', () => {
  beforeEach(() => {
    fake.reset();
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  it('is built when first shown, with scripts and our own folder only, and brought to the front later', () => {
    const { panel } = open();
    panel.show();
    panel.show();
    assert.equal(fake.panels.length, 1);
    const [page] = fake.panels;
    assert.equal(page!.viewType, panelViewType);
    assert.equal(page!.revealed.length, 1);
    const { enableScripts, localResourceRoots, ...others } = page!.webview.options as { enableScripts: boolean; localResourceRoots: Uri[] };
    assert.deepEqual([enableScripts, localResourceRoots.map(String), others], [true, ['file:///ext/dist'], {}]);
  });

  it('is named after what is investigated', () => {
    const { panel, state } = open();
    panel.show();
    assert.equal(fake.panels[0]!.title, 'AIDog: Checkout');
    state.snapshot = beginSnapshot('next', 'x\ny', 0);
    panel.update();
    assert.equal(fake.panels[0]!.title, 'AIDog: x y');
  });

  it('sends the whole snapshot when its page is ready, visible again, or the theme has changed', () => {
    const { panel } = open();
    panel.show();
    const page = fake.panels[0]!;
    page.receive(say('ready'));
    assert.equal(snapshotsSent().length, 1);
    page.setVisible(false);
    assert.equal(snapshotsSent().length, 1);
    page.setVisible(true);
    assert.equal(snapshotsSent().length, 2);
    fake.events.theme.fire({});
    assert.equal(snapshotsSent().length, 3);
    assert.equal(snapshotsSent()[2]!.params.subject, 'Checkout');
  });

  it('sends at most ten snapshots a second, the last one included', () => {
    const { panel, state } = open();
    panel.show();
    fake.panels[0]!.receive(say('ready'));
    for (let ms = 0; ms < 1000; ms += 5) {
      state.snapshot = beginSnapshot('run', `at ${ms}`, 0);
      panel.update();
      mock.timers.tick(5);
    }
    mock.timers.tick(200);
    assert.ok(snapshotsSent().length <= 13, `${snapshotsSent().length} snapshots`);
    assert.equal(snapshotsSent().at(-1)!.params.subject, 'at 995');
  });

  it('sends nothing while it is hidden', () => {
    const { panel } = open();
    panel.show();
    const page = fake.panels[0]!;
    page.receive(say('ready'));
    page.setVisible(false);
    panel.update();
    mock.timers.tick(1000);
    assert.equal(snapshotsSent().length, 1);
  });

  it('tells when its page goes out of view, by being hidden or closed', () => {
    const { panel, state } = open();
    panel.show();
    const page = fake.panels[0]!;
    page.receive(say('ready'));
    assert.equal(state.hidden, 0);
    page.setVisible(false);
    assert.equal(state.hidden, 1);
    page.setVisible(true);
    page.dispose();
    assert.equal(state.hidden, 2);
  });

  it('brings an item into view after the snapshot that holds it, once the page is ready', () => {
    const { panel } = open();
    panel.show();
    panel.reveal('evidence', 'E1');
    assert.deepEqual(
      sent().filter(({ name }) => name === 'reveal'),
      [],
    );
    fake.panels[0]!.receive(say('ready'));
    assert.deepEqual(
      sent()
        .map(({ name }) => name)
        .slice(-2),
      ['snapshot', 'reveal'],
    );
    panel.reveal('hypotheses', 'H1');
    assert.deepEqual(sent().at(-1)!.params, { tab: 'hypotheses', id: 'H1' });
    panel.update();
    mock.timers.tick(1000);
    assert.equal(sent().filter(({ name }) => name === 'reveal').length, 2);
  });

  it('hands what the page asks for to its handler', () => {
    const { panel, did } = open();
    panel.show();
    fake.panels[0]!.receive(say('openHypothesis', { id: 'H1' }));
    fake.panels[0]!.receive(say('openFrame', { evidenceId: 'E1', exception: 0, frame: 2 }));
    assert.deepEqual(did, [
      ['openHypothesis', { id: 'H1' }],
      ['openFrame', { evidenceId: 'E1', exception: 0, frame: 2 }],
    ]);
  });

  it('drops what is malformed or unknown and writes that down', () => {
    const { panel, did, problems } = open();
    panel.show();
    for (const message of [
      null,
      'x',
      { type: 'signal' },
      say('openHypothesis', { id: 7 }),
      say('openFrame', { evidenceId: 'E1', exception: -1, frame: 0 }),
      say('constructor'),
    ]) {
      fake.panels[0]!.receive(message);
    }
    assert.deepEqual(did, []);
    assert.equal(problems.length, 6);
  });

  it('is built anew after it was closed, and a closed one hears nothing more', () => {
    const { panel, did } = open();
    panel.show();
    fake.panels[0]!.dispose();
    fake.panels[0]!.receive(say('cancel'));
    panel.update();
    assert.deepEqual(did, []);
    assert.equal(fake.events.theme.listenerCount, 0);
    panel.show();
    assert.equal(fake.panels.length, 2);
  });

  it('takes over a panel that VS Code restored, in place of an open one', () => {
    const { panel } = open();
    panel.show();
    const restored = new FakePanel(panelViewType, '');
    panel.adopt(restored as never);
    assert.equal(fake.panels[0]!.isDisposed, true);
    restored.receive(say('ready'));
    assert.equal(snapshotsSent(restored).length, 1);
    panel.show();
    assert.equal(restored.revealed.length, 1);
  });

  it('shows an empty page before anything was investigated', () => {
    const { panel } = open(null);
    panel.show();
    fake.panels[0]!.receive(say('ready'));
    assert.deepEqual([sent(), fake.panels[0]!.title], [[], 'AIDog']);
  });

  it('closes with the extension', () => {
    const { panel } = open();
    panel.show();
    panel.dispose();
    assert.equal(fake.panels[0]!.isDisposed, true);
  });
});
