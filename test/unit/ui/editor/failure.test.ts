import assert from 'node:assert/strict';
import type { CodeHit } from '../../../../src/domain/evidence';
import type { Investigation } from '../../../../src/domain/investigation';
import { failuresOfPaths, failuresOfRun, merged } from '../../../../src/ui/editor/failure';
import { failingPath, hotPath } from '../../../fakes/hotPaths';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { createSetting, root } from './setting';

const sample = sampleInvestigation(root);
const [hit] = sample.codeHits;
const failed = (changes: Partial<CodeHit> = {}): CodeHit => ({
  ...hit!,
  resource: null,
  errors: 41,
  error: 'TypeError: x',
  lastSeenMs: 9,
  ...changes,
});
const at = (line: number, status: 'exact' | 'edited' | 'deleted' | 'unknown' = 'exact') => ({ ...hit!.workspace!, line, status });
const runWith = (found: Partial<Investigation>) => createSetting({}).investigate(found) && createRun(found);

function createRun(found: Partial<Investigation>) {
  const { investigate, investigations } = createSetting({});
  return investigations.get(investigate(found).snapshot.runId)!;
}

describe('the failing lines of an investigation', () => {
  it('are those that errors came out of, with count and time', () => {
    const run = createRun({ codeHits: [failed(), hit!] });
    assert.deepEqual(failuresOfRun(run), [
      {
        file: '/w/src/cart.js',
        line: 3,
        error: 'TypeError: x',
        count: 41,
        lastSeenMs: 9,
        service: 'checkout',
        link: null,
        runId: run.snapshot.runId,
        cause: null,
        isCertain: true,
      },
    ]);
  });

  it('name the line of the best hypothesis, once where it is also one that failed', () => {
    const { hypotheses } = sample;
    const [only, ...others] = failuresOfRun(createRun({ codeHits: [failed()], hypotheses }));
    assert.deepEqual([only?.count, only?.cause, others], [41, { title: 'A change to total() throws', confidence: 0.82 }, []]);
    const [cause] = failuresOfRun(createRun({ hypotheses }));
    assert.deepEqual([cause?.error, cause?.count, cause?.line], [null, 0, 3]);
  });

  it('are none where the line was changed or deleted since, or is in no open folder', () => {
    const hits = [failed({ workspace: at(3, 'edited') }), failed({ workspace: at(3, 'deleted') }), failed({ workspace: null })];
    assert.deepEqual(failuresOfRun(createRun({ codeHits: hits })), []);
  });

  it('are not certain where the deployed commit is unknown', () => {
    assert.equal(failuresOfRun(createRun({ codeHits: [failed({ workspace: at(3, 'unknown') })] }))[0]?.isCertain, false);
  });

  it('are none when all is well', () => {
    assert.deepEqual(failuresOfRun(createRun({ codeHits: [failed()], verdict: 'healthy' })), []);
    assert.equal(runWith({ codeHits: [failed()] }).snapshot.found.codeHits?.length, 1);
  });
});

describe('the failing lines of the traffic', () => {
  const known = (path: ReturnType<typeof hotPath>, isStale = false) => ({ path, windowMinutes: 60, takenAtMs: 0, isQuiet: false, isStale });

  it('are those that errors came out of in the last window, with the trace that failed last', () => {
    const [failure, ...others] = failuresOfPaths([known(failingPath(root, 7)), known(hotPath(root))]);
    assert.deepEqual(
      [failure?.line, failure?.error, failure?.count, failure?.link, failure?.runId, others],
      [7, 'TypeError: x is undefined', 7, 'https://app.datadoghq.com/apm/trace/1', null, []],
    );
  });

  it('are none when the numbers are old', () => assert.deepEqual(failuresOfPaths([known(failingPath(root, 7), true)]), []));

  it('are one a line: counts are added, the newest error speaks, and an investigation comes first', () => {
    const older = failingPath(root, 7, { lastSeenMs: 5, failure: { text: 'old', link: null } });
    const newer = failingPath(root, 7, { lastSeenMs: 9, service: 'cart', failure: { text: 'new', link: null } });
    const [both] = failuresOfPaths([known(older), known(newer)]);
    assert.deepEqual([both?.count, both?.error, both?.lastSeenMs], [14, 'new', 9]);
    const investigated = { ...both!, runId: 'run', count: 3 };
    assert.deepEqual(merged([investigated, both!]), [investigated]);
  });
});
