import assert from 'node:assert/strict';
import { analyzeInSteps, analyzeTraces } from '../../../../src/signals/traces/analyzeTraces';
import { evaluateTraces } from '../../../benchmarks/tracesEval';
import { span } from '../../../fakes/spans';

const failed = (traceId: string, service: string) => [
  span({ traceId, spanId: 'a', service: 'web', resource: 'GET /', isError: true }),
  span({
    traceId,
    spanId: 'b',
    parentId: 'a',
    service,
    resource: 'q',
    isError: true,
    startMs: 10,
    durationMs: 50,
    meta: { 'error.message': 'no' },
  }),
];

describe('analyzeTraces', () => {
  it('tells for each trace where its error began and what it waited for', () => {
    const { findings } = analyzeTraces(failed('t1', 'stock'));
    const [finding] = findings;
    assert.deepEqual(
      finding?.criticalPath.map(({ spanId, service, startMs, durationMs, selfMs, depth }) => [
        spanId,
        service,
        startMs,
        durationMs,
        selfMs,
        depth,
      ]),
      [
        ['a', 'web', 0, 100, 50, 0],
        ['b', 'stock', 10, 50, 50, 1],
      ],
    );
    assert.deepEqual(
      [finding.errorOrigin?.service, finding.errorOrigin?.spanId, finding.errorOrigin?.message, finding.errorOrigin?.handledBy],
      ['stock', 'b', 'no', null],
    );
    assert.deepEqual(
      finding.errorOrigin?.path.map(({ service }) => service),
      ['stock', 'web'],
    );
  });

  it('tells for all of them which service failed first most often, and puts failing traces first', () => {
    const { findings, summary } = analyzeTraces([
      span({ traceId: 'fine', spanId: 'a', service: 'web', durationMs: 9999 }),
      ...failed('t1', 'stock'),
      ...failed('t2', 'cart'),
      ...failed('t3', 'stock'),
    ]);
    assert.equal(summary.firstFailingService, 'stock');
    assert.deepEqual(
      summary.failing.map(({ service, traces }) => [service, traces]),
      [
        ['stock', 2],
        ['cart', 1],
      ],
    );
    assert.equal(findings.at(-1)?.traceId, 'fine');
    assert.deepEqual(summary.topology.blastRadius, [{ service: 'web', share: 0.5 }]);
  });

  it('can stop between two traces', () => {
    const spans = [...failed('t1', 'stock'), ...failed('t2', 'cart')];
    const steps = analyzeInSteps(spans);
    assert.deepEqual([steps.next().done, steps.next().done], [false, false]);
    assert.deepEqual(steps.next(), { done: true, value: analyzeTraces(spans) });
  });

  it('has nothing to tell of no spans', () => {
    const { findings, summary } = analyzeTraces([], 3);
    assert.deepEqual([findings, summary.firstFailingService, summary.comparison, summary.unread], [[], null, null, 3]);
  });

  it('finds the path and the origin of at least 99 in 100 generated requests', () => {
    const { all } = evaluateTraces({ rounds: 1, ambiguousRounds: 0, requests: 3, seed: 5 });
    assert.ok(all.traces > 100 && all.failing > 20);
    assert.ok(all.paths >= 0.99 * all.traces, `${all.paths} of ${all.traces} paths`);
    assert.ok(all.origins >= 0.99 * all.failing, `${all.origins} of ${all.failing} origins`);
  });
});
