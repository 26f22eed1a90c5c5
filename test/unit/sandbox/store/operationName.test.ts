import assert from 'node:assert/strict';
import fc from 'fast-check';
import { operationName } from '../../../../src/sandbox/store/operationName';

describe('the name of an operation', () => {
  it("is what Datadog's agent makes of a span's name", () => {
    const examples = [
      ['express.request', 'express.request'],
      ['GET /api', 'GET_api'],
      ['POST /api/order/{id}', 'POST_api_order_id'],
      ['/users: list!', 'users_list'],
      ['a _._ b..c_', 'a.b..c'],
      ['été', 't'],
      ['Order.placed-2', 'Order.placed_2'],
    ];
    for (const [name = '', expected] of examples) assert.equal(operationName(name), expected, name);
  });

  it('stands in for a name without any letter', () => {
    for (const name of ['', '  ', '123', '/{}']) assert.equal(operationName(name), 'unnamed_operation');
  });

  it('is at most 100 characters long, fits into a metric query and does not change again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const found = operationName(name);
        assert.match(found, /^[A-Za-z][A-Za-z0-9._]{0,99}$/);
        assert.equal(operationName(found), found);
      }),
    );
  });
});
