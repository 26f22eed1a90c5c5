import assert from 'node:assert/strict';
import { Incidents } from '../../../src/ui/incidents';
import { Investigations } from '../../../src/ui/investigations';
import { createInvestigator } from '../../../src/ui/investigator';
import { createFakeEngine, sampleIncident } from '../../fakes/sampleInvestigation';
import { fake, Uri, workspace } from '../../fakes/vscode';

const silent = { info: () => undefined, error: () => undefined };
const clock = { nowMs: () => 0 };
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
};

function open(hasKeys = true) {
  fake.reset();
  workspace.workspaceFolders = [{ uri: Uri.file('/w') }];
  const did: unknown[] = [];
  const recordings = [{ id: 'errors', title: 'Checkout fails', dir: '/r' }];
  const engine = createFakeEngine({
    listOpenIncidents: () => [sampleIncident(1)],
    prepareDemo: () => ({ repository: '/demo/shop', recordings }),
  });
  const connection = async () => (hasKeys ? { site: 'datadoghq.eu', baseUrl: null, apiKey: 'api', appKey: 'app', timeoutSec: 5 } : null);
  const incidents = new Incidents({ engine, connection, env: () => null });
  const investigations = new Investigations(engine, clock, silent);
  const investigator = createInvestigator({
    mediaDir: '/media',
    demoDir: '/demo',
    engine,
    incidents,
    investigations,
    panel: { show: () => void did.push(['show', investigations.latest?.snapshot.subject]) },
    report: { problem: () => undefined, refuse: (sentence) => void did.push(['refuse', sentence]) },
    clock,
    configure: async () => void did.push('configure'),
  });
  return { investigator, investigations, did };
}

describe('the ways into an investigation', () => {
  it('show the panel with its heading before the engine has answered', () => {
    const { investigator, did } = open();
    investigator.incident(sampleIncident(1));
    assert.deepEqual(did, [['show', 'Monitor 1']]);
  });

  it('take the monitor and the page of an incident, and the open folders', () => {
    const { investigator } = open();
    const { target, link, repositories } = investigator.incident(sampleIncident(5));
    assert.deepEqual([target, link, repositories], [{ kind: 'monitor', id: 5 }, 'https://app.datadoghq.com/monitors/5', ['/w']]);
  });

  it('read no folder in Restricted Mode', () => {
    const { investigator } = open();
    workspace.isTrusted = false;
    assert.deepEqual(investigator.incident(sampleIncident(5)).repositories, []);
  });

  it('repeat a run with the folders that are open and trusted by then', () => {
    const { investigator } = open();
    workspace.isTrusted = false;
    const restricted = investigator.incident(sampleIncident(5));
    workspace.isTrusted = true;
    const trusted = investigator.again(restricted);
    assert.deepEqual([trusted.target, trusted.repositories], [restricted.target, ['/w']]);
    workspace.isTrusted = false;
    assert.deepEqual(investigator.again(trusted).repositories, []);
  });

  it('repeat a demo incident with its own repository, also in Restricted Mode', () => {
    const { investigator } = open();
    workspace.isTrusted = false;
    const demo = {
      target: { kind: 'recording', dir: '/media/demo/recordings/errors' },
      subject: 'Demo',
      repositories: ['/demo/shop'],
      link: null,
    } as const;
    assert.deepEqual(investigator.again(demo).repositories, ['/demo/shop']);
  });

  it('name what is investigated for every kind of target', () => {
    const { investigator } = open();
    const subjects = [
      investigator.target({ kind: 'monitor', id: 7 }),
      investigator.target({ kind: 'service', service: 'cart', env: null }),
      investigator.target({ kind: 'recording', dir: '/r' }),
    ].map(({ subject }) => subject);
    assert.deepEqual(subjects, ['Monitor 7', 'Service cart', 'Recording /r']);
  });

  it('let an incident be chosen', async () => {
    const { investigator, investigations } = open();
    const chosen = investigator.chooseIncident();
    await settled();
    fake.quickPicks[0]!.accept('Monitor 1');
    await chosen;
    assert.equal(investigations.latest?.subject, 'Monitor 1');
  });

  for (const [label, expected] of [
    ['Configure Datadog…', 'configure'],
    ['Try the demo incident', ['show', 'Checkout fails']],
  ] as const) {
    it(`lead to "${label}" when there are no keys`, async () => {
      const { investigator, did } = open(false);
      fake.answers.push('Checkout fails');
      const chosen = investigator.chooseIncident();
      await settled();
      fake.quickPicks[0]!.accept(label);
      await chosen;
      assert.deepEqual(did, [expected]);
    });
  }

  it('take a monitor by number or address, and check it while it is typed', async () => {
    const { investigator, investigations } = open();
    fake.answers.push('https://app.datadoghq.com/monitors/42');
    await investigator.chooseMonitor();
    assert.deepEqual(investigations.latest?.target, { kind: 'monitor', id: 42 });
    const check = fake.inputs[0]!.validateInput!;
    assert.deepEqual([check(''), check('42')], [null, null]);
    assert.match(String(check('https://evil.example/monitors/1')), /Enter a number/);
  });

  it('start nothing when the person leaves', async () => {
    const { investigator, investigations } = open();
    await investigator.chooseMonitor();
    await investigator.demo(null);
    assert.equal(investigations.latest, null);
  });

  it('investigate a demo incident with the demo shop, whatever folder is open or trusted', async () => {
    const { investigator, investigations } = open(false);
    workspace.isTrusted = false;
    await investigator.demo('errors');
    assert.deepEqual(
      [investigations.latest?.target, investigations.latest?.repositories],
      [{ kind: 'recording', dir: '/r' }, ['/demo/shop']],
    );
  });

  it('say so when there is no demo of that name', async () => {
    const { investigator, did } = open();
    await investigator.demo('other');
    assert.deepEqual(did, [['refuse', 'There is no demo incident of this name.']]);
  });
});
