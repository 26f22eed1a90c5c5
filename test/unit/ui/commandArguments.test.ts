import assert from 'node:assert/strict';
import fc from 'fast-check';
import { idOf, incidentOf, lensTargetOf } from '../../../src/ui/commandArguments';
import { sampleIncident } from '../../fakes/sampleInvestigation';

const run = { snapshot: { runId: 'r1' } };

describe('the argument of a command', () => {
  it('is the incident of a row', () => {
    const incident = sampleIncident(1);
    assert.equal(incidentOf({ kind: 'incident', incident }), incident);
    assert.equal(incidentOf({ kind: 'run', run }), null);
  });

  it('is the run of a row, of a lens, or named as text', () => {
    assert.deepEqual([idOf({ kind: 'run', run }), idOf({ runId: 'r2', file: '/a' }), idOf('r3')], ['r1', 'r2', 'r3']);
  });

  it('is the file of a lens', () => assert.equal(lensTargetOf({ runId: 'r', file: '/a' }), '/a'));

  it('is nothing when it is none of ours', () => {
    for (const argument of [
      null,
      undefined,
      7,
      [],
      {},
      { kind: 'incident' },
      { kind: 'run', run: 'x' },
      { kind: 'run', run: {} },
      { runId: 7, file: 7 },
    ]) {
      assert.deepEqual([incidentOf(argument), idOf(argument), lensTargetOf(argument)], [null, null, null]);
    }
    fc.assert(fc.property(fc.anything(), (argument) => incidentOf(argument) === null || typeof argument === 'object'));
  });
});
