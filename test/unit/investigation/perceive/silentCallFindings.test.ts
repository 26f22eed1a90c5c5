import assert from 'node:assert/strict';
import { silentCallFindings } from '../../../../src/investigation/perceive/silentCallFindings';
import { createRun, gathered } from '../../../fakes/gathered';
import { ONSET_MS } from '../../../fakes/incidents';
import { series } from '../../../fakes/spans';

const call = (callee: string, loud: number | null) =>
  series(
    Array.from({ length: 50 }, (_, minute) => (minute < 40 ? 5 : loud)),
    { metric: 'edge.client.latency', tags: ['service:shop', `peer.service:${callee}`], startSec: ONSET_MS / 1000 - 40 * 60 },
  );

describe('silentCallFindings', () => {
  it('writes down who no longer calls whom', () => {
    const run = createRun();
    const query = 'avg:edge.client.latency{*} by {service,peer.service}';
    const found = silentCallFindings(gathered({ metrics: [{ query, series: [call('stock', 5), call('mail', null)] }] }), run);
    assert.deepEqual(
      found.map(({ caller, callee, evidence }) => [caller, callee, evidence]),
      [['shop', 'mail', 'E1']],
    );
    const [fact] = run.evidence.all();
    assert.match(fact?.summary ?? '', /^shop no longer calls mail: edge\.client\.latency has no values since the onset/);
    assert.equal(fact?.query, query);
  });

  it('writes nothing where all goes on', () => {
    const run = createRun();
    assert.deepEqual(silentCallFindings(gathered({ metrics: [{ query: 'q', series: [call('stock', 5)] }] }), run), []);
    assert.deepEqual(run.evidence.all(), []);
  });
});
