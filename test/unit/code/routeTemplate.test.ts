import assert from 'node:assert/strict';
import fc from 'fast-check';
import { endsWithTemplate, isSameTemplate, parseRoute, parseTemplate } from '../../../src/code/routeTemplate';

describe('The template of a route', () => {
  it('is the same in the spellings of all frameworks', () => {
    for (const path of [
      '/orders/:id',
      'orders/{id}/',
      '/orders/{id:int}',
      '/orders/<int:pk>',
      '/orders/[id]',
      '/orders/*',
      '^orders/(?P<id>\\d+)$',
      'http://api.shop.example/orders/:id?full=1',
    ])
      assert.deepEqual(parseTemplate(path), ['orders', null], path);
  });

  it('begins with a method where one is named', () => {
    assert.deepEqual(parseRoute('get /orders/:id'), { method: 'GET', template: ['orders', null] });
    assert.deepEqual(parseRoute('/orders'), { method: null, template: ['orders'] });
    assert.deepEqual(parseRoute('GET /'), { method: 'GET', template: [] });
    assert.deepEqual(parseRoute('POST orders/create'), { method: 'POST', template: ['orders', 'create'] });
  });

  it('is none of other resources', () => {
    for (const text of ['', 'orders', 'SELECT * FROM orders', 'OrdersController#show', 'GET', 'GET a b', `/${'a'.repeat(600)}`])
      assert.equal(parseRoute(text), null, text.slice(0, 30));
  });

  it('may be the end of a longer one, when it says something', () => {
    const whole = ['api', 'orders', null];
    assert.ok(endsWithTemplate(whole, ['orders', null]));
    assert.ok(!endsWithTemplate(whole, [null]));
    assert.ok(!endsWithTemplate(whole, []));
    assert.ok(!endsWithTemplate(whole, whole));
    assert.ok(!endsWithTemplate(whole, ['carts', null]));
  });

  it('is equal to itself however its parameters are called', () => {
    const segment = fc.option(fc.stringMatching(/^[a-z]{1,8}$/), { nil: null });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), fc.constantFrom(':x', '{y}', '<z>', '*'), (template, parameter) => {
        const path = `/${template.map((part) => part ?? parameter).join('/')}`;
        assert.ok(isSameTemplate(parseTemplate(path), template));
      }),
    );
  });
});
