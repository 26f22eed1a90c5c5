import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../../src/ui/app';
import { commandIds } from '../../../src/ui/commands';
import { panelViewType } from '../../../src/ui/panel';
import { sampleInvestigation } from '../../fakes/sampleInvestigation';
import { changeSettings, fake, Uri } from '../../fakes/vscode';
import { FakePanel, FakeStore } from '../../fakes/vscodeParts';
import { doneCode } from '../../fixtures/panelSnapshots';

const root = mkdtempSync(join(tmpdir(), 'aidog-app-'));
const apiKey = 'canary-api-key-0123456789';
const appKey = 'canary-app-key-0123456789';

/** An engine that repeats in its log and its answers whatever it was told, keys included, and ends its thread when asked about monitor 13. */
const engine = `
const { parentPort } = require('node:worker_threads');
let told = null;
parentPort.on('message', ({ type, id, name, params }) => {
  const post = (message) => parentPort.postMessage(message);
  const log = (message) => post({ type: 'signal', kind: 'notifications', name: 'log', params: { level: 'error', message } });
  if (name === 'connect') { told = JSON.stringify(params); log('connected ' + told); }
  if (name === 'listOpenIncidents') post({ type: 'reply', id, ok: false, error: { kind: 'forbidden', message: 'No ' + told } });
  if (name === 'readSeries') post({ type: 'reply', id, ok: true, value: [[4e9, 5.5e8]] });
  if (name !== 'investigate') return;
  if (params.target.id === 13) throw new Error('crashed with ' + told);
  const found = ${JSON.stringify(sampleInvestigation('/w', { forecasts: doneCode.found.forecasts?.slice(0, 1) ?? [] }))};
  post({ type: 'signal', kind: 'notifications', name: 'progress', params: { runId: params.runId, event: { kind: 'stage', stage: 'gather', status: 'running', note: told } } });
  post({ type: 'reply', id, ok: true, value: { ...found, problems: ['echo ' + told] } });
});`;

let app: App | null = null;
let stores: { secrets: FakeStore; workspaceState: FakeStore };

function start(workspaceState = new FakeStore()) {
  fake.reset();
  stores = { secrets: new FakeStore(), workspaceState };
  stores.secrets.values.set('aidog.datadog.apiKey', apiKey).set('aidog.datadog.appKey', appKey);
  app = createApp({ extensionUri: Uri.file(root), globalStorageUri: Uri.file(join(root, 'storage')), ...stores } as never);
  return app.api;
}

const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};
const ready = { type: 'signal', kind: 'commands', name: 'ready', params: {} };

describe('the app', () => {
  before(() => {
    mkdirSync(join(root, 'dist'));
    writeFileSync(join(root, 'dist', 'engine.js'), engine);
  });
  afterEach(() => app?.dispose());
  after(() => rmSync(root, { recursive: true, force: true }));

  it('investigates in a worker and shows the outcome in panel, tree, status bar and context', async () => {
    const api = start();
    const snapshot = await api.investigate({ kind: 'monitor', id: 1 });
    assert.deepEqual([snapshot.status, snapshot.found.verdict], ['done', 'code']);
    assert.equal(api.lastSnapshot(), snapshot);
    assert.equal(fake.panels[0]!.title, 'AIDog: Monitor 1');
    assert.match(fake.statusBarItems[0]!.text, /code change/);
    assert.deepEqual(
      ['aidog.hasInvestigation', 'aidog.isRunning', 'aidog.hasOffendingFile', 'aidog.hasLink'].map((key) => fake.contexts.get(key)),
      [true, false, true, false],
    );
  });

  it('has the panel open with its heading before the engine has said anything', () => {
    const api = start();
    void api.investigate({ kind: 'monitor', id: 1 });
    fake.panels[0]!.receive(ready);
    const [message] = fake.panels[0]!.sent as { name: string; params: { subject: string; status: string } }[];
    assert.deepEqual([message!.name, message!.params.subject, message!.params.status], ['snapshot', 'Monitor 1', 'running']);
  });

  it('writes no key anywhere, though the engine repeats them', async () => {
    const api = start();
    await api.investigate({ kind: 'monitor', id: 1 });
    await api.investigate({ kind: 'monitor', id: 13 });
    await fake.commands.get(commandIds.refresh)?.(undefined);
    await settled();
    const kept = JSON.stringify([fake.logLines, [...stores.workspaceState.values], fake.executed]);
    assert.ok(fake.logLines.some((line) => line.includes('connected')));
    assert.doesNotMatch(kept, /canary/);
  });

  it('says once and clearly that the engine crashed, and works again afterwards', async () => {
    const api = start();
    const failed = await api.investigate({ kind: 'monitor', id: 13 });
    assert.equal(failed.status, 'failed');
    assert.match(failed.problem ?? '', /engine stopped unexpectedly/);
    assert.deepEqual(
      fake.messages.map(({ text }) => /engine stopped unexpectedly/.test(text)),
      [true],
    );
    assert.equal((await api.investigate({ kind: 'monitor', id: 1 })).status, 'done');
  });

  it('brings the panel back after a reload with what it showed', async () => {
    const before = await start().investigate({ kind: 'monitor', id: 1 });
    const { workspaceState } = stores;
    app?.dispose();
    const api = start(workspaceState);
    assert.equal(api.lastSnapshot(), null);
    const restored = new FakePanel(panelViewType, '');
    await fake.serializers.get(panelViewType)?.deserializeWebviewPanel(restored, null);
    restored.receive(ready);
    assert.equal(api.lastSnapshot()?.runId, before.runId);
    assert.equal((restored.sent as { params: { runId: string } }[]).at(-1)!.params.runId, before.runId);
    assert.equal(restored.title, 'AIDog: Monitor 1');
  });

  it('compares the forecast in view with what comes, and still knows it after a reload', async () => {
    const first = start();
    await first.investigate({ kind: 'monitor', id: 1 });
    fake.panels[0]!.receive(ready);
    fake.panels[0]!.receive({ ...ready, name: 'watchForecast', params: { id: 'F1' } });
    const points = () => first.lastSnapshot()?.actuals?.F1?.points;
    while (points()?.length !== 1) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(points(), [[4e9, 5.5e8]]);
    await settled();
    const { workspaceState } = stores;
    app?.dispose();
    const api = start(workspaceState);
    await fake.serializers.get(panelViewType)?.deserializeWebviewPanel(new FakePanel(panelViewType, ''), null);
    assert.deepEqual(api.lastSnapshot()?.actuals?.F1?.points, [[4e9, 5.5e8]]);
  });

  it('opens Home, which follows a change of the account', async () => {
    start();
    await fake.commands.get(commandIds.openHome)?.(undefined);
    const [page] = fake.panels;
    assert.equal(page!.title, 'AIDog: Home');
    page!.receive(ready);
    const shows = async (wanted: string) => {
      const last = () => (page!.sent as { params: { account: string } }[]).at(-1)?.params.account;
      while (last() !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await shows('present');
    stores.secrets.values.clear();
    changeSettings({ 'aidog.datadog.site': 'datadoghq.eu' });
    await shows('missing');
  });

  it('looks anew when the keys or the address change, while the view is seen', async () => {
    start();
    fake.treeViews[0]!.setVisible(true);
    const state = async (wanted: string) => {
      while (fake.contexts.get('aidog.incidents') !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await state('failed');
    assert.equal(fake.contexts.get('aidog.problem'), 'forbidden');
    stores.secrets.values.clear();
    changeSettings({ 'aidog.datadog.site': 'datadoghq.eu' });
    await state('unconfigured');
    assert.equal(fake.contexts.get('aidog.problem'), 'none');
  });
});
