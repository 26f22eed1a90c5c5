import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isTellingName, symbolNames } from '../../../src/code/symbolNames';

describe('The names in a function of a frame', () => {
  const cases: readonly [string, string | null, string][] = [
    ['Object.discount', 'discount', ''],
    ['async quote', 'quote', ''],
    ['new Cart', 'Cart', ''],
    ['Object.discount [as price]', 'discount', ''],
    ['Cart.#hidden', 'hidden', 'Cart'],
    ['Object.<anonymous>', null, ''],
    ['github.com/x/pricing.(*Pricer).Quote', 'Quote', 'github com x pricing Pricer'],
    ['github.com/x/pricing.(*Pricer).Quote.func1.2', 'Quote', 'github com x pricing Pricer'],
    ['github.com/x/list.Map[...]', 'Map', 'github com x list'],
    ['checkout::pricing::Cart::discount::h3078e77dd9555d37', 'discount', 'checkout pricing Cart'],
    ['checkout::main::{{closure}}', 'main', 'checkout'],
    ['block in Checkout::Cart#total', 'total', 'Checkout Cart'],
    ['block (2 levels) in total', 'total', ''],
    ['rescue in wrapped', 'wrapped', ''],
    ['valid?', 'valid?', ''],
    ['Checkout.guard/1', 'guard', 'Checkout'],
    ['anonymous fn/1 in Checkout.discount/1', 'discount', 'Checkout'],
    ['Acme\\Checkout\\Cart->coupon', 'coupon', 'Acme Checkout Cart'],
    ['com.acme.Cart$Row.lambda$sum$0', 'sum', 'com acme Cart Row'],
    ['com.acme.Pricing.<init>', 'Pricing', 'com acme'],
    ['Acme.Cart.<Total>d__2.MoveNext', 'Total', 'Acme Cart'],
    ['Acme.Cart.<Main>g__Local|0_1', 'Local', 'Acme Cart Main'],
    ['Acme.Cart`1.Total(String a, Int32 b)', 'Total', 'Acme Cart'],
    ['<module>', null, ''],
    ['<main>', null, ''],
    ['<lambda>', null, ''],
    ['{closure}', null, ''],
    ['', null, ''],
  ];
  for (const [text, name, containers] of cases) {
    it(`are read from ${JSON.stringify(text)}`, () => {
      assert.deepEqual(symbolNames(text), { name, containers: containers === '' ? [] : containers.split(' ') });
    });
  }

  it('are none where there is no function, or an endless one', () => {
    assert.equal(symbolNames(null).name, null);
    assert.equal(symbolNames('a.'.repeat(10_000)).name, null);
  });

  it('are words of the text, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const { name, containers } = symbolNames(text);
        for (const one of name === null ? containers : [name, ...containers]) assert.ok(text.includes(one), one);
      }),
    );
  });

  it('tell functions apart unless every file has one of that name', () => {
    assert.ok(isTellingName('discount'));
    for (const name of ['main', 'run', 'get', 'handler', '__init__', 'toString']) assert.ok(!isTellingName(name), name);
  });
});
