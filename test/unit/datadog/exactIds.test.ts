import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withExactIds } from '../../../src/datadog/exactIds';

describe('withExactIds', () => {
  it('keeps ids exact that JSON.parse would round', () => {
    const json = '{"trace_id": 9007199254740993123,"a":{"traceID":18446744073709551615,"parent_id" : 9007199254740993125 }}';
    assert.deepEqual(JSON.parse(withExactIds(json)), {
      trace_id: '9007199254740993123',
      a: { traceID: '18446744073709551615', parent_id: '9007199254740993125' },
    });
  });

  it('leaves other numbers and texts as they are', () => {
    const json = JSON.stringify({
      value: 1e300,
      count: 12345678901234567000,
      span_id: 17,
      message: 'the "trace_id": 9007199254740993123, is odd',
    });
    assert.equal(withExactIds(json), json);
  });

  it('keeps any JSON valid, and equal but for such ids', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        assert.deepEqual(JSON.parse(withExactIds(json)), JSON.parse(json));
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 15n, max: 2n ** 64n - 1n }), fc.string(), (id, text) => {
        const json = `{"text":${JSON.stringify(text)},"span_id":${id}}`;
        assert.deepEqual(JSON.parse(withExactIds(json)), { text, span_id: String(id) });
      }),
    );
  });
});
