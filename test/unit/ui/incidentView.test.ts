import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { AppError } from '../../../src/domain/errors';
import type { DatadogConnection, OpenIncident } from '../../../src/protocol/engineApi';
import { createContextKeys } from '../../../src/ui/contextKeys';
import { Incidents } from '../../../src/ui/incidents';
import type { IncidentTree } from '../../../src/ui/incidentTree';
import { createIncidentView } from '../../../src/ui/incidentView';
import { Investigations } from '../../../src/ui/investigations';
import { createFakeEngine, sampleIncident } from '../../fakes/sampleInvestigation';
import { changeSettings, EventEmitter, fake, window } from '../../fakes/vscode';

const clock = { nowMs: () => 0 };
const silent = { info: () => undefined, error: () => undefined };
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
};

function open(list: () => Promise<OpenIncident[]>, settings: Record<string, unknown> = {}) {
  fake.reset();
  changeSettings(settings);
  let keys: DatadogConnection | null = { site: 'datadoghq.eu', baseUrl: null, apiKey: 'api', appKey: 'app', timeoutSec: 5 };
  const engine = createFakeEngine({ listOpenIncidents: list });
  const incidents = new Incidents({ engine, connection: async () => keys, env: () => null });
  const investigations = new Investigations(engine, clock, silent);
  const view = createIncidentView({ incidents, investigations, contextKeys: createContextKeys(), clock });
  const forgetKeys = () => {
    keys = null;
  };
  return { engine, view, tree: fake.treeViews[0]!, forgetKeys };
}

describe('the view of incidents', () => {
  it('asks nobody until it is seen', async () => {
    const { engine, tree } = open(async () => [sampleIncident(1)]);
    await settled();
    assert.deepEqual(engine.asked, []);
    tree.setVisible(true);
    await settled();
    assert.equal(engine.asked.length, 1);
    tree.setVisible(false);
    await settled();
    assert.equal(engine.asked.length, 1);
  });

  it('counts the open incidents on its badge', async () => {
    const { tree } = open(async () => [sampleIncident(1), sampleIncident(2)]);
    tree.setVisible(true);
    await settled();
    assert.deepEqual(tree.badge, { value: 2, tooltip: 'Open incidents: 2' });
    assert.equal(fake.contexts.get('aidog.incidents'), 'listed');
  });

  it('says that nothing is open only when nothing is', async () => {
    const { tree } = open(async () => []);
    tree.setVisible(true);
    await settled();
    assert.equal(fake.contexts.get('aidog.incidents'), 'ready');
  });

  it('chooses the welcome text for an account that is not set up', async () => {
    const { tree, forgetKeys } = open(async () => []);
    forgetKeys();
    tree.setVisible(true);
    await settled();
    assert.equal(fake.contexts.get('aidog.incidents'), 'unconfigured');
    assert.equal(tree.badge, undefined);
  });

  it('chooses the welcome text for the kind of failure, which a message would hide', async () => {
    const { tree } = open(() => Promise.reject(new AppError('forbidden', 'Wrong keys.')));
    tree.setVisible(true);
    await settled();
    assert.deepEqual(
      [fake.contexts.get('aidog.incidents'), fake.contexts.get('aidog.problem'), tree.message],
      ['failed', 'forbidden', undefined],
    );
  });

  it('says above rows that are out of date what went wrong, until it works again', async () => {
    let works = true;
    const { tree, view } = open(async () => {
      if (works) return [sampleIncident(1)];
      throw new AppError('unreachable', 'Datadog cannot be reached.');
    });
    await view.refresh();
    works = false;
    await view.refresh();
    assert.equal(tree.message, 'Datadog cannot be reached.');
    works = true;
    await view.refresh();
    assert.deepEqual([tree.message, fake.contexts.get('aidog.problem')], [undefined, 'none']);
  });

  it('forgets the rows of another account at once', async () => {
    const { tree, view, forgetKeys } = open(async () => [sampleIncident(1)]);
    tree.setVisible(true);
    await settled();
    forgetKeys();
    await view.restart();
    assert.equal(tree.badge, undefined);
    assert.equal(fake.contexts.get('aidog.incidents'), 'unconfigured');
  });

  it('draws its rows anew when a survey found other anomalies, not while one tells how far it is', () => {
    fake.reset();
    const engine = createFakeEngine({});
    const changed = new EventEmitter<void>();
    let services = ['checkout'];
    const view = createIncidentView({
      incidents: new Incidents({ engine, connection: async () => null, env: () => null }),
      investigations: new Investigations(engine, clock, silent),
      contextKeys: createContextKeys(),
      clock,
      anomalies: { hint: () => ({ count: 1, services }), onDidChange: changed.event as never },
    });
    let drawn = 0;
    (fake.treeViews[0]!.provider as IncidentTree).onDidChangeTreeData(() => {
      drawn += 1;
    });
    changed.fire();
    changed.fire();
    assert.equal(drawn, 0);
    services = ['payments'];
    changed.fire();
    assert.equal(drawn, 1);
    view.dispose();
    assert.equal(changed.listenerCount, 0);
  });

  it('says whether it is seen', () => {
    const { view, tree } = open(async () => []);
    const seen: boolean[] = [];
    view.onDidChangeVisibility(() => void seen.push(view.isVisible()));
    tree.setVisible(true);
    tree.setVisible(false);
    assert.deepEqual(seen, [true, false]);
  });

  it('lets everything go when it is disposed', () => {
    const { view, tree } = open(async () => []);
    view.dispose();
    assert.equal(tree.isDisposed, true);
    assert.equal(fake.events.theme.listenerCount, 0);
  });

  describe('with an interval in the settings', () => {
    beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
    afterEach(() => mock.timers.reset());

    it('looks again while the window has the focus, and not without', async () => {
      const { engine } = open(async () => [], { 'aidog.incidents.refreshMinutes': 1 });
      mock.timers.tick(60_000);
      await settled();
      assert.equal(engine.asked.length, 1);
      window.state.focused = false;
      mock.timers.tick(60_000);
      await settled();
      assert.equal(engine.asked.length, 1);
    });

    it('does not look at all when the address in the settings is unfit', async () => {
      const { engine } = open(async () => [], { 'aidog.incidents.refreshMinutes': 1, 'aidog.datadog.baseUrl': 'http://evil.example' });
      mock.timers.tick(600_000);
      await settled();
      assert.deepEqual(engine.asked, []);
    });
  });
});
