import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import type { TimeSeries } from '../../../../src/domain/timeSeries';
import { withDatabaseOwners } from '../../../../src/investigation/perceive/databaseOwners';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { gathered } from '../../../fakes/gathered';
import { series, span } from '../../../fakes/spans';

const shop = span({ spanId: 'a' });
const call = (given: Partial<Span> = {}) => span({ spanId: 'b', parentId: 'a', name: 'pg.query', type: 'sql', ...given });
const managed = (...tags: string[]) => series([20, 98], { metric: 'aws.rds.cpuutilization', tags: ['service:N/A', ...tags] });
const instance = 'dbinstanceidentifier:fin-main';

/** The services that the series have in the end. */
const owners = (given: readonly TimeSeries[], spans: readonly Span[]) =>
  withDatabaseOwners(gathered({ metrics: [{ query: 'q', series: [...given] }] }), buildTraces(spans)).metrics.flatMap((result) =>
    result.series.map(({ tags }) => tags.find((tag) => tag.startsWith('service:'))),
  );

describe('withDatabaseOwners', () => {
  it('gives an instance to the store that requests call by its host or the name of its database', () => {
    const other = span({ spanId: 'c', parentId: 'a', service: 'cache', type: 'redis' });
    const host = 'fin-main.c1.eu-central-1.rds.amazonaws.com';
    assert.deepEqual(owners([managed(instance)], [shop, call({ meta: { 'peer.hostname': host } }), other]), [`service:${host}`]);
    const named = call({ service: 'ledger', meta: { 'db.instance': 'FIN-MAIN' } });
    assert.deepEqual(owners([managed(instance)], [shop, named, other]), ['service:ledger']);
  });

  it('gives the only instance to the only store, but leaves several alone', () => {
    const store = call({ service: 'ledger' });
    assert.deepEqual(owners([managed(instance)], [shop, store]), ['service:ledger']);
    const two = [managed(instance), managed('dbinstanceidentifier:other')];
    assert.deepEqual(owners(two, [shop, store]), ['service:N/A', 'service:N/A']);
  });

  it('knows an instance behind the project that a cloud puts before it', () => {
    const cloud = series([1], { metric: 'gcp.cloudsql.database.cpu.utilization', tags: ['database_id:acme:ledger-pg'] });
    const two = [shop, call({ service: 'ledger-pg' }), call({ spanId: 'c', service: 'cache', type: 'redis' })];
    assert.deepEqual(owners([cloud], two), ['service:ledger-pg']);
  });

  it('gives a host to a store of its name only', () => {
    const machine = (host: string) => series([1], { metric: 'system.cpu.user', tags: [`host:${host}`] });
    const spans = [shop, call({ service: 'ledger', meta: { 'out.host': 'db-7' } })];
    assert.deepEqual(owners([machine('db-7'), machine('web-1')], spans), ['service:ledger', undefined]);
  });

  it('leaves a series alone that has a service', () => {
    const owned = series([1], { metric: 'aws.rds.cpuutilization', tags: ['service:orders', instance] });
    assert.deepEqual(owners([owned], [shop, call({ service: 'ledger' })]), ['service:orders']);
  });
});
