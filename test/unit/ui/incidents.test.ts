import assert from 'node:assert/strict';
import { AppError } from '../../../src/domain/errors';
import type { DatadogConnection, OpenIncident } from '../../../src/protocol/engineApi';
import { Incidents } from '../../../src/ui/incidents';
import { createFakeEngine, sampleIncident } from '../../fakes/sampleInvestigation';

const connection: DatadogConnection = { site: 'datadoghq.eu', baseUrl: null, apiKey: 'api', appKey: 'app', timeoutSec: 5 };

function open(list: () => Promise<OpenIncident[]>, options: { keys?: DatadogConnection | null; env?: string } = {}) {
  const engine = createFakeEngine({ listOpenIncidents: list });
  const keys = options.keys === undefined ? connection : options.keys;
  const incidents = new Incidents({ engine, connection: async () => keys, env: () => options.env ?? null });
  const kinds: string[] = [];
  incidents.onDidChange(({ kind }) => kinds.push(kind));
  return { engine, incidents, kinds };
}

describe('the open incidents', () => {
  it('are unknown until somebody looks', () => {
    assert.equal(open(async () => []).incidents.state.kind, 'unknown');
  });

  it('are loaded and then ready', async () => {
    const { incidents, kinds } = open(async () => [sampleIncident(1)]);
    await incidents.refresh();
    assert.deepEqual(kinds, ['loading', 'ready']);
    assert.deepEqual(
      incidents.state.items.map(({ key }) => key),
      ['monitor:1'],
    );
  });

  it('ask nobody when there are no keys', async () => {
    const { engine, incidents } = open(async () => [], { keys: null });
    assert.equal((await incidents.refresh()).kind, 'unconfigured');
    assert.deepEqual(engine.asked, []);
  });

  it('keep what was known when a look fails, and say what kind of failure it was', async () => {
    let works = true;
    const { incidents } = open(async () => {
      if (works) return [sampleIncident(1)];
      throw new AppError('unreachable', 'Datadog cannot be reached.');
    });
    await incidents.refresh();
    works = false;
    const { kind, items, problem } = await incidents.refresh();
    assert.deepEqual([kind, items.length, problem?.kind], ['failed', 1, 'unreachable']);
  });

  it('join a look that is under way', async () => {
    const { engine, incidents } = open(async () => []);
    await Promise.all([incidents.refresh(), incidents.refresh(), incidents.refresh()]);
    assert.equal(engine.asked.length, 1);
    await incidents.refresh();
    assert.equal(engine.asked.length, 2);
  });

  it('are those of the environment in the settings, and those without one', async () => {
    const all = [sampleIncident(1, { tags: ['env:prod'] }), sampleIncident(2, { tags: ['env:staging'] }), sampleIncident(3)];
    const { incidents } = open(async () => all, { env: 'prod' });
    assert.deepEqual(
      (await incidents.refresh()).items.map(({ monitor }) => monitor.id),
      [1, 3],
    );
  });

  it('are forgotten after a change of account', async () => {
    const { incidents } = open(async () => [sampleIncident(1)]);
    await incidents.refresh();
    await incidents.reset();
    assert.deepEqual(incidents.state, { kind: 'unknown', items: [], problem: null });
  });

  it('do not wait for an answer once disposed', async () => {
    const { incidents } = open(() => new Promise(() => undefined));
    const pending = incidents.refresh();
    await new Promise(setImmediate);
    incidents.dispose();
    assert.equal((await pending).kind, 'failed');
  });
});
