import assert from 'node:assert/strict';
import { createHomeHandlers, type HomeHandlerOptions } from '../../../../src/ui/home/homeHandlers';
import { homeParts, settled } from '../../../fakes/homeParts';
import { fake } from '../../../fakes/vscode';
import { anomaly, report, service } from '../../../fixtures/homeSnapshots';

async function open(answers: Parameters<typeof homeParts>[0] = {}) {
  fake.reset();
  const parts = homeParts({
    surveyServices: () => report({ services: [service({ service: 'catalog', id: 'S1' })], anomalies: [anomaly()] }),
    ...answers,
  });
  await Promise.all([parts.incidents.refresh(), parts.surveys.refresh()]);
  const did: unknown[][] = [];
  const note =
    (name: string) =>
    async (...args: unknown[]) =>
      void did.push([name, ...args]);
  const investigator = {
    incident: ({ title }: { title: string }) => did.push(['incident', title]),
    target: (target: unknown) => did.push(['target', target]),
    demo: note('demo'),
  };
  const told = {
    problem: (error: unknown) => void did.push(['problem', String(error)]),
    refuse: (text: string) => void did.push(['refuse', text]),
  };
  const handlers = createHomeHandlers({
    ...parts,
    investigator: investigator as unknown as HomeHandlerOptions['investigator'],
    report: told,
    configure: note('configure'),
    doctor: note('doctor'),
    showLog: () => void did.push(['showLog']),
  });
  return { ...parts, handlers, did };
}

describe('what Home may have done', () => {
  it('investigates an alert, and a service by its own row or by an anomaly of it', async () => {
    const { handlers, did } = await open();
    handlers.investigateAlert({ id: 'monitor:1' });
    handlers.investigateService({ id: 'S1' });
    handlers.investigateService({ id: 'A1' });
    assert.deepEqual(did, [
      ['incident', 'Monitor 1'],
      ['target', { kind: 'service', service: 'catalog', env: 'prod' }],
      ['target', { kind: 'service', service: 'checkout', env: 'prod' }],
    ]);
  });

  it('opens pages of Datadog by what was found, never by what the page says', async () => {
    const { handlers, did } = await open();
    handlers.openService({ id: 'S1' });
    handlers.openAnomaly({ id: 'A1' });
    await settled();
    assert.deepEqual(fake.opened, ['https://app.datadoghq.eu/apm/traces', 'https://app.datadoghq.eu/metric/explorer']);
    assert.deepEqual(did, []);
  });

  it('says so when there is no page, and opens nothing that is none', async () => {
    const odd = report({ anomalies: [anomaly({ link: null }), anomaly({ id: 'A2', link: 'command:evil' })] });
    const { handlers, did } = await open({ surveyServices: () => odd });
    handlers.openAnomaly({ id: 'A1' });
    handlers.openAnomaly({ id: 'A2' });
    await settled();
    assert.deepEqual(fake.opened, []);
    assert.deepEqual(did, [
      ['refuse', 'There is no page in Datadog for this.'],
      ['refuse', 'There is no page in Datadog for this.'],
    ]);
  });

  it('copies the query of an anomaly', async () => {
    const { handlers } = await open();
    handlers.copyQuery({ id: 'A1' });
    await settled();
    assert.match(fake.clipboard, /^sum:trace\.express\.request\.errors/);
  });

  it('does nothing for ids that are not known, such as those of a survey before', async () => {
    const { handlers, did } = await open();
    handlers.investigateAlert({ id: 'monitor:99' });
    handlers.investigateService({ id: 'constructor' });
    handlers.copyQuery({ id: 'A99' });
    handlers.openAlert({ id: '' });
    await settled();
    assert.deepEqual([did, fake.clipboard, fake.opened], [[], '', []]);
  });

  it('looks again at alerts and services together, and calls that off', async () => {
    let isHeld = false;
    const { handlers, asked, surveys } = await open({
      surveyServices: () => (isHeld ? new Promise(() => undefined) : report()),
    });
    isHeld = true;
    handlers.refresh({});
    await settled();
    assert.deepEqual([asked('surveyServices'), asked('listOpenIncidents')], [2, 2]);
    assert.equal(surveys.state.kind, 'running');
    handlers.cancel({});
    await settled();
    assert.equal(surveys.state.kind, 'cancelled');
  });

  it('leads to the keys, the demo, the doctor and the log', async () => {
    const { handlers, did } = await open();
    handlers.configure({});
    handlers.tryDemo({});
    handlers.doctor({});
    handlers.showLog({});
    await settled();
    assert.deepEqual(did, [['configure'], ['demo', null], ['doctor'], ['showLog']]);
  });
});
