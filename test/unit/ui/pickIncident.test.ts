import assert from 'node:assert/strict';
import { AppError } from '../../../src/domain/errors';
import type { DatadogConnection, OpenIncident } from '../../../src/protocol/engineApi';
import { Incidents } from '../../../src/ui/incidents';
import { pickIncident } from '../../../src/ui/pickIncident';
import { createFakeEngine, sampleIncident } from '../../fakes/sampleInvestigation';
import { fake } from '../../fakes/vscode';

const clock = { nowMs: () => 12 * 60_000 };
const connection: DatadogConnection = { site: 'datadoghq.eu', baseUrl: null, apiKey: 'api', appKey: 'app', timeoutSec: 5 };
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
};

function open(list: () => unknown, keys: DatadogConnection | null = connection) {
  fake.reset();
  const engine = createFakeEngine({ listOpenIncidents: list });
  const incidents = new Incidents({ engine, connection: async () => keys, env: () => null });
  const choice = pickIncident(incidents, clock);
  return { engine, choice, pick: fake.quickPicks[0]! };
}

describe('choosing an incident', () => {
  it('opens at once, busy, and fills when the answer comes', async () => {
    let answer = (_: OpenIncident[]) => undefined as unknown;
    const { pick } = open(() => new Promise((resolve) => (answer = resolve as typeof answer)));
    assert.deepEqual([pick.isVisible, pick.busy, pick.items], [true, true, []]);
    await settled();
    assert.match(pick.placeholder, /Looking for alerts/);
    answer([sampleIncident(1)]);
    await settled();
    assert.deepEqual(
      [pick.busy, pick.items.map(({ label, description }) => [label, description])],
      [false, [['Monitor 1', 'Alerting · checkout · 12 min. ago']]],
    );
  });

  it('gives the one that is accepted and closes', async () => {
    const { choice, pick } = open(() => [sampleIncident(1), sampleIncident(2)]);
    await settled();
    pick.accept('Monitor 2');
    assert.equal(((await choice) as { incident: OpenIncident }).incident.monitor.id, 2);
    assert.equal(pick.isVisible, false);
  });

  it('gives nothing when it is closed', async () => {
    const { choice, pick } = open(() => []);
    pick.hide();
    assert.equal(await choice, null);
  });

  it('looks again on its button', async () => {
    const { engine, pick } = open(() => []);
    await settled();
    pick.press();
    await settled();
    assert.equal(engine.asked.length, 2);
    assert.equal(pick.placeholder, 'No monitor is alerting');
  });

  it('leads on when there are no keys', async () => {
    const { choice, pick } = open(() => [], null);
    await settled();
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['Configure Datadog…', 'Try the demo incident'],
    );
    pick.accept('Try the demo incident');
    assert.equal(await choice, 'demo');
  });

  it('says what went wrong, tries again without closing, and leads on', async () => {
    const { engine, choice, pick } = open(() => Promise.reject(new AppError('forbidden', 'Wrong keys.')));
    await settled();
    assert.deepEqual(
      pick.items.map(({ label, detail }) => [label, detail]),
      [
        ['Try Again', 'Wrong keys.'],
        ['Find out why', undefined],
        ['Try the demo incident', undefined],
      ],
    );
    assert.equal(pick.busy, false);
    pick.accept('Try Again');
    await settled();
    assert.deepEqual([engine.asked.length, pick.isVisible], [2, true]);
    pick.accept('Find out why');
    assert.equal(await choice, 'doctor');
  });

  it('leads on where nothing alerts', async () => {
    const { choice, pick } = open(() => []);
    await settled();
    pick.accept('Investigate a monitor by its number…');
    assert.equal(await choice, 'monitor');
  });

  it('draws no icon that a title asks for', async () => {
    const { pick } = open(() => [{ ...sampleIncident(1), title: '$(flame) x' }]);
    await settled();
    assert.equal(pick.items[0]!.label, '\\$(flame) x');
  });
});
