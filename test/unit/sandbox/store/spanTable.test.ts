import assert from 'node:assert/strict';
import { createSpanTable } from '../../../../src/sandbox/store/spanTable';
import { ALWAYS, aSpan, NOON_MS } from '../telemetry';

describe('the span table', () => {
  const hex = '6b00f8c000000000530dc0d36332d815';
  const decimal = BigInt('0x530dc0d36332d815').toString();

  it('finds a trace however its id is written', () => {
    const table = createSpanTable(10);
    table.add(aSpan({ traceId: hex, spanId: '1' }));
    table.add(aSpan({ traceId: decimal, spanId: '2' }));
    for (const id of [hex, hex.toUpperCase(), hex.slice(16), decimal]) {
      assert.deepEqual(
        table.trace(id).map(({ spanId }) => spanId),
        ['1', '2'],
      );
    }
    assert.deepEqual(table.trace('77'), []);
  });

  it('forgets traces along with their spans', () => {
    const table = createSpanTable(1);
    table.add(aSpan({ traceId: '1', startMs: NOON_MS - 2 }));
    table.add(aSpan({ traceId: '2', startMs: NOON_MS - 1 }));
    table.prune(Number.NEGATIVE_INFINITY);
    assert.deepEqual(table.trace('1'), []);
    assert.equal(table.trace('2').length, 1);
    assert.equal([...table.within(ALWAYS)].length, 1);
  });
});
