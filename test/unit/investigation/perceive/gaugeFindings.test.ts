import assert from 'node:assert/strict';
import type { TimeSeries } from '../../../../src/domain/timeSeries';
import { gaugeFindings } from '../../../../src/investigation/perceive/gaugeFindings';
import { change } from '../../../fakes/findings';
import { createRun, gathered } from '../../../fakes/gathered';
import { ONSET_MS } from '../../../fakes/incidents';
import { series } from '../../../fakes/spans';

const startSec = ONSET_MS / 1000 - 600;
const of = (metric: string, values: readonly number[], unit: string | null = null, service = 'shop') =>
  series(values, { metric, unit, startSec, tags: [`service:${service}`] });
const cpu = of('aws.rds.cpuutilization', [20, 21, 20, 60, 93, 94, 95, 94], 'percent');
const memory = of('aws.rds.freeable_memory', [8e9, 8.1e9, 8e9, 7.9e9, 8e9], 'byte');
const read = (list: readonly TimeSeries[], more = {}) =>
  gathered({ onsetMs: null, metrics: [{ query: 'avg:x{*}', series: list }], ...more });

describe('gaugeFindings', () => {
  it('tell from where to where a gauge went, and share one fact about those that did not move', () => {
    const run = createRun();
    const found = gaugeFindings(read([cpu, memory]), [], false, run);
    assert.deepEqual(
      found.map(({ resource, state, evidence }) => [resource, state, evidence]),
      [
        ['cpu', 'full', 'E1'],
        ['memory', 'calm', 'E2'],
      ],
    );
    const [first, second] = run.evidence.all();
    assert.match(first?.summary ?? '', /^CPU: aws\.rds\.cpuutilization of shop is at 94 %, its limit or close to it; it began at 20 %/);
    assert.match(second?.summary ?? '', /^Looked at and as usual for shop: memory \(freeable_memory 8 GB\)\.$/);
  });

  it('are those of the alerting service and its replicas, not of another instance', () => {
    const lag = (service: string) => of('aws.rds.replica_lag', [1, 1, 1, 90, 200, 300, 400, 500], 'second', service);
    const found = gaugeFindings(read([lag('shop-replica-1'), lag('stock')]), [], false, createRun());
    assert.deepEqual(
      found.map(({ service, state }) => [service, state]),
      [['shop-replica-1', 'risen']],
    );
  });

  it('know the limit of connections that an event states', () => {
    const connections = of('aws.rds.database_connections', [300, 350, 400, 440, 470, 490, 493, 494]);
    const said = change('other', 5, { text: 'Current connections: 469 of 500.' }).change;
    assert.equal(gaugeFindings(read([connections], { changes: [said] }), [], false, createRun())[0]?.state, 'full');
    assert.equal(gaugeFindings(read([connections]), [], false, createRun())[0]?.state, 'calm');
  });

  it('write nothing about calm gauges where the quiet hour tells of them, and nothing twice', () => {
    const run = createRun();
    gaugeFindings(read([memory]), [], true, run);
    assert.deepEqual(run.evidence.all(), []);
  });

  it('do not call a count of restarts usual', () => {
    const run = createRun();
    assert.deepEqual(gaugeFindings(read([of('kubernetes.containers.restarts', [6])]), [], false, run), []);
    assert.deepEqual(run.evidence.all(), []);
  });
});
