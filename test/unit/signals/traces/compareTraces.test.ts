import assert from 'node:assert/strict';
import type { Span } from '../../../../src/domain/span';
import { compareTraces, slowAgainstNormal, type WalkedTrace } from '../../../../src/signals/traces/compareTraces';
import { criticalPath } from '../../../../src/signals/traces/criticalPath';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { span } from '../../../fakes/spans';

const walk = (spans: readonly Span[]): WalkedTrace[] => buildTraces(spans).map((trace) => ({ trace, path: criticalPath(trace) }));
const request = (traceId: string, stockMs: number, host = 'h1'): Span[] => [
  span({ traceId, spanId: 'a', service: 'web', resource: 'GET /', durationMs: stockMs + 20 }),
  span({
    traceId,
    spanId: 'b',
    parentId: 'a',
    service: 'stock',
    resource: 'GET /stock/7',
    startMs: 10,
    durationMs: stockMs,
    meta: { host },
  }),
];
const several = (count: number, make: (n: number) => Span[]) => walk(Array.from({ length: count }, (_, n) => make(n)).flat());

describe('compareTraces', () => {
  it('gives each operation its share of the slow-down', () => {
    const found = compareTraces(
      several(5, (n) => request(`s${n}`, 500)),
      several(5, (n) => request(`n${n}`, 30)),
    );
    assert.deepEqual([found?.slow, found?.normal, found?.slowMs, found?.normalMs], [5, 5, 520, 50]);
    assert.deepEqual(found?.rows, [{ service: 'stock', operation: 'GET /stock/?', normalMs: 30, slowMs: 500, share: 1 }]);
  });

  it('is not led astray by one odd trace of few', () => {
    const odd = walk([span({ traceId: 'odd', spanId: 'a', service: 'web', resource: 'GET /', durationMs: 90_000 })]);
    const found = compareTraces(
      [...several(5, (n) => request(`s${n}`, 500)), ...odd],
      several(5, (n) => request(`n${n}`, 30)),
    );
    assert.equal(found?.rows[0]?.service, 'stock');
  });

  it('is null without either side, and where nothing is slower', () => {
    const some = several(3, (n) => request(`s${n}`, 40));
    assert.equal(compareTraces(some, []), null);
    assert.equal(compareTraces([], some), null);
    assert.equal(compareTraces(some, some), null);
  });

  it('names the tag whose one value tells them apart', () => {
    const found = compareTraces(
      several(5, (n) => request(`s${n}`, 500, 'bad')),
      several(5, (n) => request(`n${n}`, 30, `h${n}`)),
    );
    assert.deepEqual(found?.tag, { key: 'host', value: 'bad', service: 'stock' });
  });

  it('names no tag that the normal traces have as well, or have no part in', () => {
    const slow = several(5, (n) => request(`s${n}`, 500, 'same'));
    const without = walk(
      Array.from({ length: 5 }, (_, n) => span({ traceId: `n${n}`, spanId: 'a', service: 'web', resource: 'GET /', durationMs: 9 })),
    );
    assert.equal(
      compareTraces(
        slow,
        several(5, (n) => request(`n${n}`, 30, 'same')),
      )?.tag,
      null,
    );
    assert.equal(compareTraces(slow, without)?.tag, null);
  });
});

describe('slowAgainstNormal', () => {
  it('parts the traces of a request where the durations leave the widest gap', () => {
    const found = slowAgainstNormal(several(12, (n) => request(`t${n}`, n < 4 ? 400 + n : 30 + n)));
    assert.deepEqual([found?.slow, found?.normal], [4, 8]);
  });

  it('finds nothing in traces that take about as long, or in too few', () => {
    assert.equal(slowAgainstNormal(several(12, (n) => request(`t${n}`, 100 + n))), null);
    assert.equal(slowAgainstNormal(several(1, () => request('t', 100))), null);
    assert.equal(slowAgainstNormal([]), null);
  });
});
