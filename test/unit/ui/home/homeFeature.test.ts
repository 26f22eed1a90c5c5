import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { HomeSnapshot } from '../../../../src/protocol/homeApi';
import { createHomeFeature, type HomeFeatureOptions } from '../../../../src/ui/home/homeFeature';
import { homeViewType } from '../../../../src/ui/home/homePanel';
import { homeParts, settled } from '../../../fakes/homeParts';
import { changeSettings, fake, Uri, window } from '../../../fakes/vscode';
import { FakePanel, FakeTreeView } from '../../../fakes/vscodeParts';

const MINUTE_MS = 60_000;

function open(settings: Record<string, unknown> = {}, answers: Parameters<typeof homeParts>[0] = {}) {
  fake.reset();
  changeSettings(settings);
  const parts = homeParts(answers);
  const tree = new FakeTreeView(null);
  const feature = createHomeFeature({
    ...parts,
    extensionUri: Uri.file('/ext'),
    log: { info: () => undefined, error: () => undefined },
    tree: { isVisible: () => tree.visible, onDidChangeVisibility: tree.onDidChangeVisibility },
    investigator: {},
    report: { problem: () => undefined, refuse: () => undefined },
    configure: async () => undefined,
    doctor: async () => undefined,
    showLog: () => undefined,
  } as unknown as HomeFeatureOptions);
  const pass = async (minutes: number) => {
    parts.state.nowMs += minutes * MINUTE_MS;
    mock.timers.tick(minutes * MINUTE_MS);
    await settled();
  };
  return { ...parts, feature, tree, pass, surveyed: () => parts.asked('surveyServices') };
}

const shown = (page = fake.panels.at(-1)!) => (page.sent as { params: HomeSnapshot }[]).at(-1)?.params;

describe('Home', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('asks nobody before anybody sees it', async () => {
    const { pass, engine } = open();
    await pass(60);
    assert.deepEqual(engine.asked, []);
  });

  it('looks at alerts and services when it is opened, and shows what it finds', async () => {
    const { feature, surveyed, asked } = open();
    feature.open();
    fake.panels[0]!.receive({ type: 'signal', kind: 'commands', name: 'ready', params: {} });
    await settled();
    mock.timers.tick(200);
    assert.deepEqual([surveyed(), asked('listOpenIncidents')], [1, 1]);
    assert.deepEqual([shown()?.survey.status, shown()?.alerts.items.length, shown()?.account], ['ready', 1, 'present']);
  });

  it('does not repeat a survey that was made a minute ago when it is opened again', async () => {
    const { feature, surveyed, pass } = open({ 'aidog.home.refreshMinutes': 0 });
    feature.open();
    await settled();
    feature.open();
    await settled();
    assert.equal(surveyed(), 1);
    await pass(2);
    feature.open();
    await settled();
    assert.equal(surveyed(), 2);
  });

  it('looks again at the interval while it is seen and the window has the focus', async () => {
    const { feature, surveyed, pass } = open({ 'aidog.home.refreshMinutes': 5 });
    feature.open();
    await settled();
    await pass(5);
    assert.equal(surveyed(), 2);
    window.state.focused = false;
    await pass(5);
    assert.equal(surveyed(), 2);
    window.state.focused = true;
    fake.panels[0]!.setVisible(false);
    await pass(5);
    assert.equal(surveyed(), 2);
    fake.panels[0]!.setVisible(true);
    await settled();
    assert.equal(surveyed(), 3);
  });

  it('looks for the sake of the tree alone too, and leaves alerts to it', async () => {
    const { tree, surveyed, asked, pass } = open({ 'aidog.home.refreshMinutes': 5 });
    tree.setVisible(true);
    await settled();
    assert.deepEqual([surveyed(), asked('listOpenIncidents')], [1, 0]);
    await pass(5);
    assert.equal(surveyed(), 2);
    tree.setVisible(false);
    tree.setVisible(true);
    await settled();
    assert.equal(surveyed(), 2);
  });

  it('looks only by hand with an interval of 0', async () => {
    const { tree, feature, surveyed, pass } = open({ 'aidog.home.refreshMinutes': 0 });
    tree.setVisible(true);
    await pass(600);
    assert.equal(surveyed(), 0);
    feature.open();
    await pass(600);
    assert.equal(surveyed(), 1);
    fake.panels[0]!.receive({ type: 'signal', kind: 'commands', name: 'refresh', params: {} });
    await settled();
    assert.equal(surveyed(), 2);
  });

  it('takes longer after failures', async () => {
    const { tree, surveyed, pass } = open({ 'aidog.home.refreshMinutes': 5 }, { surveyServices: () => Promise.reject(new Error('no')) });
    tree.setVisible(true);
    await settled();
    await pass(5);
    assert.equal(surveyed(), 2);
    await pass(5);
    assert.equal(surveyed(), 2);
    await pass(5);
    assert.equal(surveyed(), 3);
  });

  it('comes back after a reload of the window, and looks anew', async () => {
    const { surveyed } = open();
    const restored = new FakePanel(homeViewType, '');
    await fake.serializers.get(homeViewType)?.deserializeWebviewPanel(restored, null);
    restored.receive({ type: 'signal', kind: 'commands', name: 'ready', params: {} });
    await settled();
    mock.timers.tick(200);
    assert.deepEqual([surveyed(), shown(restored)?.survey.status, restored.title], [1, 'ready', 'AIDog: Home']);
  });

  it('comes back without a call where surveys are made by hand, with the alerts', async () => {
    const { surveyed, asked } = open({ 'aidog.home.refreshMinutes': 0 });
    await fake.serializers.get(homeViewType)?.deserializeWebviewPanel(new FakePanel(homeViewType, ''), null);
    await settled();
    assert.deepEqual([surveyed(), asked('listOpenIncidents')], [0, 1]);
  });

  it('says that keys are missing, and begins by itself when they come', async () => {
    const { feature, state, surveyed } = open();
    state.keys = null;
    feature.open();
    await settled();
    mock.timers.tick(200);
    assert.deepEqual([shown()?.account, surveyed()], ['missing', 0]);
    state.keys = { site: 'datadoghq.eu', baseUrl: null, apiKey: 'a', appKey: 'b', timeoutSec: 5 };
    feature.restart();
    await settled();
    mock.timers.tick(200);
    assert.deepEqual([shown()?.account, shown()?.survey.status, surveyed()], ['present', 'ready', 1]);
  });

  it('forgets at once what another account had', async () => {
    const { feature, surveys, incidents } = open({}, { surveyServices: () => new Promise(() => undefined) });
    feature.open();
    await settled();
    await incidents.reset();
    feature.restart();
    assert.equal(surveys.state.report, null);
    await settled();
    mock.timers.tick(200);
    assert.deepEqual([shown()?.survey.status, shown()?.alerts.status], ['running', 'ready']);
  });

  it('follows another interval', async () => {
    const { feature, surveyed, pass } = open({ 'aidog.home.refreshMinutes': 0 });
    feature.open();
    await settled();
    await pass(60);
    assert.equal(surveyed(), 1);
    changeSettings({ 'aidog.home.refreshMinutes': 1 });
    feature.reschedule();
    await settled();
    assert.equal(surveyed(), 2);
    await pass(1);
    assert.equal(surveyed(), 3);
  });

  it('lets go of everything when it is disposed', async () => {
    const { feature, surveyed, pass } = open();
    feature.open();
    await settled();
    feature.dispose();
    await pass(60);
    assert.deepEqual([surveyed(), fake.panels[0]!.isDisposed], [1, true]);
  });
});

describe('Home in two windows', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('asks for each in its own time, and only in the one that has the focus', async () => {
    const first = open({ 'aidog.home.refreshMinutes': 5 });
    first.tree.setVisible(true);
    await settled();
    const second = open({ 'aidog.home.refreshMinutes': 5 });
    second.tree.setVisible(true);
    await settled();
    window.state.focused = false;
    await first.pass(5);
    assert.deepEqual([first.surveyed(), second.surveyed()], [1, 1]);
  });
});
