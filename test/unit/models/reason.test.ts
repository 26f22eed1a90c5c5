import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reasonIn } from '../../../src/models/reason';

describe('the reason in an error page', () => {
  for (const [body, reason] of [
    ['{"error":"model not found"}', 'model not found'],
    ['{"error":{"message":"bad key","type":"x"}}', 'bad key'],
    ['{"type":"error","error":{"type":"x","message":"Overloaded"}}', 'Overloaded'],
    ['{"message":"no"}', 'no'],
    ['{"detail":"Not Found"}', 'Not Found'],
    ['"plain"', 'plain'],
    ['busy', 'busy'],
    ['[1,2]', ''],
    ['{}', ''],
  ] as const)
    it(`is ${JSON.stringify(reason)} in ${body}`, () => {
      assert.equal(reasonIn(body, 'application/json'), reason);
    });

  it('is that it is a web page, where it is one', () => {
    assert.match(reasonIn('<html>', 'text/html; charset=utf-8'), /web page/);
    assert.match(reasonIn('  <!DOCTYPE html>', 'text/plain'), /web page/);
  });

  it('is a text, whatever is sent', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (body) => typeof reasonIn(body, '') === 'string'));
  });
});
