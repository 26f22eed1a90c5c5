import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cancelled } from '../../../src/domain/errors';
import { type InvestigationEvent, STAGES } from '../../../src/domain/investigation';
import { applyEvent, beginSnapshot, failSnapshot, finishSnapshot, keepActuals } from '../../../src/ui/snapshotState';
import { sampleInvestigation } from '../../fakes/sampleInvestigation';

const begun = beginSnapshot('run', 'Checkout', 1000);
const running: InvestigationEvent = { kind: 'stage', stage: 'gather', status: 'running', note: '' };
const entry = { at: '2026-11-01T10:00:00Z', stage: 'gather', agent: 'datadog.logs', ms: 5, ok: true, note: '' } as const;

const events: fc.Arbitrary<InvestigationEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('stage' as const),
    stage: fc.constantFrom(...STAGES),
    status: fc.constantFrom('running' as const, 'done' as const, 'failed' as const),
    note: fc.string(),
  }),
  fc.constant({ kind: 'trace' as const, entry }),
  fc.record({ kind: fc.constant('found' as const), found: fc.record({ verdict: fc.constantFrom('code' as const, 'healthy' as const) }) }),
);

describe('the snapshot of a run', () => {
  it('begins with all stages waiting and nothing found', () => {
    assert.deepEqual(
      begun.stages.map(({ stage, status }) => [stage, status]),
      STAGES.map((stage) => [stage, 'waiting']),
    );
    assert.deepEqual([begun.status, begun.found, begun.subject], ['running', {}, 'Checkout']);
  });

  it('follows stages, collects the trace and replaces what was found', () => {
    const after = [running, { kind: 'trace', entry }, { kind: 'trace', entry }, { kind: 'found', found: { verdict: 'code' } }] as const;
    const snapshot = after.reduce<typeof begun>(applyEvent, begun);
    assert.equal(snapshot.stages[0]!.status, 'running');
    assert.equal(snapshot.found.trace?.length, 2);
    assert.equal(snapshot.found.verdict, 'code');
  });

  it('keeps its stages and its identity whatever happens, and never changes the one before', () => {
    fc.assert(
      fc.property(fc.array(events), (happened) => {
        const before = structuredClone(begun);
        const snapshot = happened.reduce(applyEvent, begun);
        assert.deepEqual(begun, before);
        assert.deepEqual(
          snapshot.stages.map(({ stage }) => stage),
          STAGES,
        );
        assert.deepEqual([snapshot.runId, snapshot.status], ['run', 'running']);
      }),
    );
  });

  it('is the whole investigation when it is done, and late events change nothing', () => {
    const investigation = sampleInvestigation('/w');
    const done = finishSnapshot(begun, investigation, 3000);
    assert.deepEqual([done.status, done.found, done.endedAtMs], ['done', investigation, 3000]);
    assert.equal(applyEvent(done, running), done);
  });

  it('keeps what was found when it fails, with the sentence, and leaves nothing running', () => {
    const half = [running, { kind: 'found', found: { verdict: 'code' } } as const].reduce<typeof begun>(applyEvent, begun);
    const failed = failSnapshot(half, new Error('boom'), 2000);
    assert.equal(failed.status, 'failed');
    assert.match(failed.problem ?? '', /boom/);
    assert.equal(failed.found.verdict, 'code');
    assert.deepEqual(
      failed.stages.map(({ status }) => status),
      ['failed', 'waiting', 'waiting', 'waiting', 'waiting'],
    );
  });

  it('is cancelled rather than failed when somebody called it off', () => {
    const stopped = failSnapshot(applyEvent(begun, running), cancelled(), 2000);
    assert.deepEqual([stopped.status, stopped.stages[0]!.status], ['cancelled', 'cancelled']);
  });

  it('holds what each series did since it was forecast, the last look instead of the one before', () => {
    const actuals = (readAtMs: number) => ({ points: [], readAtMs, problem: null });
    const kept = keepActuals(keepActuals(keepActuals(begun, 'F1', actuals(1)), 'F2', actuals(2)), 'F1', actuals(3));
    assert.deepEqual(kept, { ...begun, actuals: { F1: actuals(3), F2: actuals(2) } });
  });
});
