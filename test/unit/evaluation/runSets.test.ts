import assert from 'node:assert/strict';
import { runSets } from '../../../src/evaluation/runSets';
import type { CaseSet } from '../../../src/evaluation/sets';
import { sampleInvestigation } from '../../fakes/sampleInvestigation';

const never = new AbortController().signal;
const set = (name: string, ...cases: readonly string[]): CaseSet => ({
  name,
  cases: cases.map((one) => ({ name: one, dir: `/sets/${name}/${one}`, answer: { service: 'checkout' } })),
});

describe('runSets', () => {
  it('investigates one recording after the other and tells of each', async () => {
    const told: string[] = [];
    const all = await runSets([set('a', 'c01', 'c02'), set('b', 'c01')], {
      investigate: async (dir) => sampleInvestigation(dir),
      signal: never,
      onCase: (name, result, found) => told.push(`${name} ${result.case} ${found?.verdict}`),
    });
    assert.deepEqual(told, ['a c01 code', 'a c02 code', 'b c01 code']);
    assert.deepEqual(
      all.map(({ set: name, summary }) => [name, summary.service?.ac1, summary.cases]),
      [
        ['a', 1, 2],
        ['b', 1, 1],
      ],
    );
  });

  it('counts a case that fails as wrong and goes on', async () => {
    const [only] = await runSets([set('a', 'c01', 'c02')], {
      investigate: async (dir) => {
        if (dir.endsWith('c01')) throw new Error('no telemetry');
        return sampleInvestigation(dir);
      },
      signal: never,
    });
    assert.match(only?.results[0]?.failure ?? '', /no telemetry/);
    assert.equal(only?.summary.service?.ac1, 0.5);
    assert.equal(only?.summary.failures.length, 1);
  });

  it('ends when it is called off', async () => {
    const controller = new AbortController();
    const investigated: string[] = [];
    const run = runSets([set('a', 'c01', 'c02', 'c03')], {
      investigate: async (dir, signal) => {
        investigated.push(dir);
        if (investigated.length === 2) controller.abort();
        signal.throwIfAborted();
        return sampleInvestigation(dir);
      },
      signal: controller.signal,
    });
    await assert.rejects(run, { name: 'AbortError' });
    assert.equal(investigated.length, 2);
  });
});
