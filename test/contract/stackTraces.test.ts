import assert from 'node:assert/strict';
import { readStackCases } from '../benchmarks/stackCases';
import { scoreStackTraces } from '../benchmarks/stackEval';

const { signal } = new AbortController();

describe('Stack traces of a benchmark', () => {
  const data = process.env.AIDOG_DATA;
  const benchmark = data === undefined ? null : readStackCases(data);
  if (benchmark === null) {
    it('are not scored, as AIDOG_DATA names no folder that has them', () => {
      console.log('      AIDOG_DATA names no folder with stacktraces/expected.json: no recorded stack trace was read.');
      assert.equal(benchmark, null);
    });
    return;
  }

  it(`are read exactly and placed at the right lines, ${benchmark.cases.length} of them`, async () => {
    const { languages, misses } = await scoreStackTraces(benchmark, signal);
    const conventionOf = new Map(benchmark.cases.map(({ id, convention }) => [id, convention]));
    // What follows another tool's conventions is scored by `npm run eval`; conventions contradict each other in places.
    assert.deepEqual(
      misses.filter(({ id }) => conventionOf.get(id) === 'normalised'),
      [],
    );
    for (const { language, places, mapped, wrong } of languages) assert.deepEqual([language, mapped, wrong], [language, places, 0]);
  }).timeout(60_000);
});
