import assert from 'node:assert/strict';
import { HttpError } from '../../../../src/sandbox/http';
import { rowsOfV05 } from '../../../../src/sandbox/intake/traceV05';

const texts = ['', 'shop', 'web.request', 'GET /', 'web', 'env', 'prod', 'weight'];
const row = [1, 2, 3, '11', '12', 0, '1700000000000000000', 5, 1, { 5: 6 }, { 7: 0.5 }, 4];

describe('version 0.5 of the trace payload', () => {
  it('looks texts up in the table', () => {
    assert.deepEqual(rowsOfV05([texts, [[row]]]), [
      [
        {
          service: 'shop',
          name: 'web.request',
          resource: 'GET /',
          trace_id: '11',
          span_id: '12',
          parent_id: 0,
          start: '1700000000000000000',
          duration: 5,
          error: 1,
          meta: { env: 'prod' },
          metrics: { weight: 0.5 },
          type: 'web',
        },
      ],
    ]);
  });

  it('refuses what has another shape', () => {
    const refused = [
      null,
      {},
      [texts],
      [texts, ['x']],
      [texts, [[row.slice(1)]]],
      [texts, [[[99, ...row.slice(1)]]]],
      [texts, [[[...row.slice(0, 9), 7, {}, 4]]]],
    ];
    for (const payload of refused) {
      assert.throws(
        () => rowsOfV05(payload),
        (error) => error instanceof HttpError && error.status === 400,
        JSON.stringify(payload),
      );
    }
  });
});
