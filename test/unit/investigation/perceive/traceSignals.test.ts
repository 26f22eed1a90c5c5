import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import { writeTraceSignals } from '../../../../src/investigation/perceive/traceSignals';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { createRun, gathered } from '../../../fakes/gathered';
import { span } from '../../../fakes/spans';

const request = (traceId: string, stockMs: number, isError = false): Span[] => [
  span({ traceId, spanId: 'a', service: 'web', resource: 'GET /cart', durationMs: stockMs + 20, isError }),
  span({ traceId, spanId: 'b', parentId: 'a', service: 'web', resource: 'call', startMs: 5, durationMs: stockMs + 5, isError }),
  span({ traceId, spanId: 'c', parentId: 'b', service: 'stock', resource: 'GET /stock', startMs: 6, durationMs: stockMs, isError }),
];
const retries = (traceId: string): Span[] => [
  ...request(traceId, 300),
  ...[0, 1, 2].map((n) =>
    span({
      traceId,
      spanId: `r${n}`,
      parentId: 'c',
      service: 'stock',
      resource: 'POST /pay',
      isError: true,
      startMs: 20 + 60 * n,
      durationMs: 10,
    }),
  ),
];

function evidenceOf(during: readonly Span[], before: readonly Span[]) {
  const run = createRun();
  const count = writeTraceSignals(gathered(), { during: buildTraces(during), before: buildTraces(before) }, run);
  const all = run.evidence.all();
  assert.equal(all.length, count);
  return all;
}

describe('writeTraceSignals', () => {
  it('writes down the path of a slow request with its hops, its query and its link', () => {
    const [path] = evidenceOf(request('t1', 500), []);
    assert.match(path?.summary ?? '', /^A slow GET \/cart of web took 520 ms; most of it, 500 ms \(96 %\), in stock's GET \/stock\./);
    assert.equal(path?.query, 'trace_id:t1');
    assert.ok(path.link);
    assert.ok(path.detail?.kind === 'criticalPath');
    assert.deepEqual(
      path.detail.hops.map(({ service, selfMs }) => [service, selfMs]),
      [
        ['web', 15],
        ['web', 5],
        ['stock', 500],
      ],
    );
  });

  it('prefers a request that failed, and says where its error came from', () => {
    const [path] = evidenceOf([...request('slow', 900), ...request('bad', 100, true)], []);
    assert.match(path?.summary ?? '', /^A failed GET \/cart .* Its error came up from stock\.$/);
  });

  it('compares with the quiet hour, operation by operation', () => {
    const found = evidenceOf([...request('t1', 500), ...request('t2', 520)], [...request('n1', 30), ...request('n2', 32)]);
    const comparison = found.find(({ detail }) => detail?.kind === 'operationComparison');
    assert.match(comparison?.summary ?? '', /100 % of what was added is time in stock's GET \/stock\./);
    assert.ok(comparison?.detail?.kind === 'operationComparison');
    assert.equal(comparison.detail.rows[0]?.service, 'stock');
  });

  it('tells of retries that are new, and not of those that are usual', () => {
    const isStorm = (all: ReturnType<typeof evidenceOf>) =>
      all.some(({ detail }) => detail?.kind === 'tracePattern' && detail.pattern === 'retry storm');
    assert.equal(isStorm(evidenceOf(retries('t1'), [])), true);
    assert.equal(isStorm(evidenceOf(retries('t1'), retries('n1'))), false);
  });

  it('says nothing of single spans', () => {
    assert.deepEqual(evidenceOf([span({ spanId: 'a', isError: true })], []), []);
  });
});
