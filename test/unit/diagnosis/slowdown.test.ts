import assert from 'node:assert/strict';
import type { MechanismKind } from '../../../src/code/mechanism';
import type { Findings } from '../../../src/diagnosis/findings';
import { isGeneralFit, slowdownElsewhere, slowdownFit } from '../../../src/diagnosis/slowdown';
import { compareOperations, operations } from '../../../src/signals/traces/operations';
import { repeatedCalls } from '../../../src/signals/traces/repeats';
import { buildTraces, type Trace } from '../../../src/signals/traces/traceTree';
import { findings, metric } from '../../fakes/findings';
import { span } from '../../fakes/spans';

/** Requests to shop, which asks stock `calls` times, which asks the database; each with its own time in milliseconds. */
function traces(own: { readonly shop: number; readonly stock: number; readonly db: number }, calls = 1): readonly Trace[] {
  const spans = Array.from({ length: 6 }, (_, at) => {
    const one = (id: string, parentId: string | null, service: string, startMs: number, durationMs: number) =>
      span({
        traceId: `t${at}`,
        spanId: `${at}${id}`,
        parentId: parentId && `${at}${parentId}`,
        service,
        resource: service,
        startMs,
        durationMs,
      });
    const each = own.stock + own.db;
    const inner = Array.from({ length: calls }, (_, index) => [
      one(`s${index}`, 'r', 'stock', index * each, each),
      one(`d${index}`, `s${index}`, 'db', index * each, own.db),
    ]);
    return [one('r', null, 'shop', 0, own.shop + calls * each), ...inner.flat()];
  });
  return buildTraces(spans.flat());
}

function traced(during: readonly Trace[], given: Partial<Findings> = {}): Findings {
  const before = traces({ shop: 20, stock: 12, db: 8 });
  const slow = compareOperations(operations(during), operations(before))
    .filter(({ addedSelfMs }) => addedSelfMs > 10)
    .map((operation) => ({ operation, evidence: 'E7' }));
  return findings({ symptom: 'latency', during, before, slow, ...given });
}

const slowDatabase = traced(traces({ shop: 20, stock: 12, db: 1200 }));
const slowShop = traced(traces({ shop: 1200, stock: 12, db: 8 }));
const fitOf = (mechanism: MechanismKind, service: string | null, found: Findings) => slowdownFit({ mechanism, service }, found);

describe('Where a slowdown lies, held against what was changed', () => {
  it('is elsewhere when another service holds the added time and no more calls are made', () => {
    for (const kind of ['cache_shortened', 'pool_shrunk', 'blocking_call_added', 'query_in_loop', 'retry_added'] as const)
      assert.equal(fitOf(kind, 'shop', slowDatabase), 'elsewhere', kind);
    assert.equal(fitOf('pool_shrunk', 'stock', slowDatabase), 'elsewhere');
  });

  it('is seen in the service that spends it, and for heavier calls in what it calls', () => {
    assert.equal(fitOf('blocking_call_added', 'shop', slowShop), 'seen');
    assert.equal(fitOf('index_dropped', 'stock', slowDatabase), 'seen');
    assert.equal(fitOf('index_dropped', 'shop', slowDatabase), 'elsewhere');
  });

  it('is no loop of calls where the calls are traced and none was added', () => {
    assert.equal(fitOf('query_in_loop', 'shop', slowShop), 'elsewhere');
    const more = traced(traces({ shop: 20, stock: 12, db: 8 }, 3));
    for (const kind of ['query_in_loop', 'cache_shortened'] as const) assert.equal(fitOf(kind, 'shop', more), 'seen', kind);
    assert.equal(fitOf('query_in_loop', 'stock', more), 'elsewhere');
    const many = traces({ shop: 20, stock: 12, db: 8 }, 40);
    const repeats = repeatedCalls(many).map((call) => ({ call, before: 1, evidence: 'E8' }));
    assert.equal(fitOf('query_in_loop', 'shop', findings({ during: many, repeats })), 'seen');
  });

  it('cannot be told without whole traces of both times, or of the service', () => {
    assert.equal(fitOf('pool_shrunk', 'shop', findings()), 'unknown');
    assert.equal(fitOf('pool_shrunk', 'shop', { ...slowDatabase, before: [] }), 'unknown');
    assert.equal(fitOf('pool_shrunk', 'cart', slowDatabase), 'unknown');
    assert.equal(fitOf('pool_shrunk', null, slowDatabase), 'unknown');
  });

  it('is elsewhere when something further along the calls runs short of what the change does not use up', () => {
    const waiting = (service: string) => findings({ metrics: [metric('system.cpu.iowait', { service })] });
    assert.equal(fitOf('cache_shortened', 'shop', waiting('db')), 'elsewhere');
    assert.equal(fitOf('cache_shortened', 'shop', waiting('web')), 'unknown');
    assert.equal(fitOf('cache_shortened', 'db', waiting('db')), 'unknown');
    assert.equal(fitOf('query_widened', 'shop', waiting('db')), 'unknown');
  });

  it('excuses only those for whom nothing but slowness or errors speaks', () => {
    const suspect = {
      mechanism: 'pool_shrunk',
      service: 'shop',
      evidenceClass: 'mechanism',
      isDirect: false,
      explains: ['latency'],
    } as const;
    assert.equal(slowdownElsewhere(suspect, slowDatabase)[0]?.evidence, 'E7');
    assert.deepEqual(slowdownElsewhere({ ...suspect, explains: ['latency', 'connections'] }, slowDatabase), []);
    assert.deepEqual(slowdownElsewhere({ ...suspect, isDirect: true }, slowDatabase), []);
    assert.deepEqual(slowdownElsewhere(suspect, findings()), []);
    assert.ok(isGeneralFit(suspect) && !isGeneralFit({ ...suspect, evidenceClass: 'same_function' }));
  });
});
