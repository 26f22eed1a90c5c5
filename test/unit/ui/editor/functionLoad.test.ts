import assert from 'node:assert/strict';
import { loadOfHit, loadOfPath, windowWords } from '../../../../src/ui/editor/functionLoad';
import { failingPath, hotPath } from '../../../fakes/hotPaths';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { createSetting, root } from './setting';

describe('what was measured in a function', () => {
  it('by an investigation has its subject, its environment and the time before the onset', () => {
    const { investigate, investigations } = createSetting({});
    const sample = sampleInvestigation(root);
    const evidence = sample.evidence.map((one) => ({ ...one, query: 'service:checkout env:prod status:error' }));
    const run = investigations.get(investigate({ evidence }).snapshot.runId)!;
    const load = loadOfHit(sample.codeHits[0]!, run);
    assert.deepEqual(
      [load.subject, load.env, load.beforeP95Ms, load.isEntry, load.now.requests, load.windowWords],
      ['Checkout', 'prod', 300, true, 120, 'incident'],
    );
    const failed = loadOfHit({ ...sample.codeHits[0]!, resource: null, requests: 9, errors: 9 }, run);
    assert.deepEqual([failed.isEntry, failed.now.requests, failed.now.errors, failed.sampleSize], [false, 0, 9, 9]);
    assert.equal(loadOfHit(sample.codeHits[0]!, { ...run, snapshot: { ...run.snapshot, found: {} } }).env, null);
  });

  it('by the traffic has the times a day and a week ago, and no requests where only errors are known', () => {
    const known = { windowMinutes: 60, takenAtMs: 7, isQuiet: false, isStale: true };
    const load = loadOfPath({ path: hotPath(root), ...known });
    assert.deepEqual([load.beforeP95Ms, load.weekAgoP95Ms, load.isStale, load.subject, load.takenAtMs], [298, 824, true, null, 7]);
    const failed = loadOfPath({ path: failingPath(root, 3), ...known });
    assert.deepEqual([failed.isEntry, failed.now.requests, failed.now.errors, failed.now.p95Ms], [false, 0, 7, null]);
  });

  it('is of a window in hours or minutes', () => assert.deepEqual([60, 180, 45].map(windowWords), ['1h', '3h', '45min']));
});
