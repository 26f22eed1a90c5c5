import assert from 'node:assert/strict';
import type { Event } from 'vscode';
import type { MarkedEdit } from '../../../src/ui/editor/editingMarker';
import { Incidents } from '../../../src/ui/incidents';
import { Investigations } from '../../../src/ui/investigations';
import { createStatusBar } from '../../../src/ui/statusBar';
import { createFakeEngine, sampleIncident, sampleInvestigation } from '../../fakes/sampleInvestigation';
import { EventEmitter, fake } from '../../fakes/vscode';

const silent = { info: () => undefined, error: () => undefined };
const connection = { site: 'datadoghq.eu', baseUrl: null, apiKey: 'api', appKey: 'app', timeoutSec: 5 };
const request = { target: { kind: 'monitor', id: 1 } as const, subject: 'Checkout $(x)', repositories: [], link: null };

function open(investigate: () => unknown) {
  fake.reset();
  const engine = createFakeEngine({ listOpenIncidents: () => [sampleIncident(1), sampleIncident(2)], investigate });
  const incidents = new Incidents({ engine, connection: async () => connection, env: () => null });
  const investigations = new Investigations(engine, { nowMs: () => 0 }, silent);
  const edits = new EventEmitter<void>();
  const marker: { current: MarkedEdit | null; onDidChange: Event<void> } = { current: null, onDidChange: edits.event as never };
  const bar = createStatusBar(incidents, investigations, marker);
  const edit = (current: MarkedEdit | null) => {
    marker.current = current;
    edits.fire();
  };
  return { engine, incidents, investigations, bar, edit, item: fake.statusBarItems[0]! };
}

describe('the status bar', () => {
  it('has one item, which is hidden while there is nothing to say', () => {
    const { item } = open(() => undefined);
    assert.deepEqual([fake.statusBarItems.length, item.isVisible], [1, false]);
  });

  it('counts the alerts and leads to them', async () => {
    const { incidents, item } = open(() => undefined);
    await incidents.refresh();
    assert.deepEqual([item.isVisible, item.text, item.command], [true, '$(bell) 2', 'aidog.incidents.focus']);
  });

  it('says beside the run what language models took of what they may take', () => {
    const { engine, investigations, item } = open(() => new Promise(() => undefined));
    const { runId } = investigations.start(request).snapshot;
    assert.doesNotMatch(item.tooltip, /Language models/);
    const spending = {
      requests: 2,
      tokens: 9000,
      tokensLimit: 100_000,
      costUsd: 0.0042,
      costLimitUsd: 1,
      isCostKnown: true,
      seconds: 12.4,
      secondsLimit: 300,
    };
    engine.tellSpending(runId, spending);
    assert.match(item.tooltip, /Language models: requests: 2 · tokens: 9,000 of 100,000 · \$0\.0042 of \$1\.00 · 12 of 300 s$/);
    engine.tellSpending(runId, { ...spending, isCostKnown: false });
    assert.match(item.tooltip, /· cost unknown, so the limit of \$1\.00 cannot hold: see aidog\.model\.prices ·/);
  });

  it('names the stage of the run under way, then the verdict, and leads to the panel', async () => {
    let finish = (_: unknown) => undefined as unknown;
    const { engine, investigations, item } = open(() => new Promise((resolve) => (finish = resolve as typeof finish)));
    const run = investigations.start(request);
    assert.equal(item.text, '$(loading~spin) AIDog: starting');
    engine.tell(run.snapshot.runId, { kind: 'stage', stage: 'diagnose', status: 'running', note: '' });
    assert.equal(item.text, '$(loading~spin) AIDog: diagnosing');
    await new Promise(setImmediate);
    finish(sampleInvestigation('/w'));
    await investigations.ended(run);
    assert.equal(item.text, '$(search) AIDog: code change');
    assert.deepEqual((item.command as { arguments: unknown[] }).arguments, [run.snapshot.runId]);
    assert.deepEqual(item.accessibilityInformation, { label: 'AIDog: Checkout $(x): code change', role: 'button' });
  });

  it('says that code under an open incident is edited, leads to its evidence, and then goes back to the verdict', async () => {
    const { investigations, edit, item } = open(() => sampleInvestigation('/w'));
    const run = investigations.start(request);
    const { snapshot } = await investigations.ended(run);
    edit({ run: { ...run, snapshot }, file: '/w/src/cart.js' });
    assert.equal(item.text, '$(warning) AIDog: open incident here');
    assert.equal(item.tooltip, 'You are editing code under an open incident: Checkout $(x)');
    assert.deepEqual(item.command, {
      command: 'aidog.showEvidence',
      title: 'Show the evidence',
      arguments: [{ runId: snapshot.runId, file: '/w/src/cart.js' }],
    });
    edit(null);
    assert.equal(item.text, '$(search) AIDog: code change');
  });

  it('does not stay running after a failure or a cancel', async () => {
    let runs = 0;
    const { investigations, item } = open(() => (++runs === 1 ? Promise.reject(new Error('boom')) : new Promise(() => undefined)));
    await investigations.ended(investigations.start(request));
    assert.equal(item.text, '$(error) AIDog: failed');
    const run = investigations.start(request);
    investigations.cancel(run.snapshot.runId);
    await investigations.ended(run);
    assert.equal(item.text, '$(circle-slash) AIDog: cancelled');
  });

  it('goes when it is disposed', () => {
    const { bar, item } = open(() => undefined);
    bar.dispose();
    assert.equal(item.isDisposed, true);
  });
});
