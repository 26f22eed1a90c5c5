import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isGenericName, isInServiceFolder, parseFramePath, serviceFolderNames, sharedSuffix } from '../../../src/code/framePath';

const clean = (file: string) => parseFramePath(file)?.segments.join('/') ?? null;

describe('Paths of frames', () => {
  const cases: readonly [string, string | null][] = [
    ['/srv/shop/src/a.js', 'srv/shop/src/a.js'],
    ['src/a.js', 'src/a.js'],
    ['./src/./a.js', 'src/a.js'],
    ['/srv/shop/dist/../src/a.js', 'srv/shop/src/a.js'],
    ['../../../etc/passwd', 'etc/passwd'],
    ['C:\\shop\\src\\a.js', 'shop/src/a.js'],
    ['c:/shop/src/a.js', 'shop/src/a.js'],
    ['\\\\host\\share\\a.js', 'host/share/a.js'],
    ['file:///srv/a%20b/c.mjs', 'srv/a b/c.mjs'],
    ['file:///C:/shop/a.mjs', 'shop/a.mjs'],
    ['file:///srv/%E0%A4%A/c.mjs', 'srv/%E0%A4%A/c.mjs'],
    ['https://cdn.example/static/app.js?v=3#x', 'static/app.js'],
    ['webpack://shop/./src/a.ts?749a', 'src/a.ts'],
    ['webpack-internal:///./src/a.ts', 'src/a.ts'],
    ['<anonymous>', null],
    ['[native code]', null],
    ['', null],
    ['/', null],
    ['a\0b.js', null],
    [`/${'a'.repeat(2_000)}.js`, null],
  ];
  for (const [file, expected] of cases) {
    it(`clean ${JSON.stringify(file.slice(0, 40))}`, () => assert.equal(clean(file), expected));
  }

  it('never keep a segment that leads out of a folder', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', 'a', 'b.js', 'file://', 'https://h/', '%2e%2e', '%2F', 'C:', '?', '#');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        for (const segment of parseFramePath(pieces.join(''))?.segments ?? []) {
          assert.ok(segment !== '..' && segment !== '.' && segment !== '' && !segment.includes('/'), segment);
        }
      }),
    );
  });

  it('share trailing segments', () => {
    assert.equal(sharedSuffix(['services', 'checkout', 'src', 'a.js'], ['app', 'src', 'a.js']), 2);
    assert.equal(sharedSuffix(['a.js'], ['b.js']), 0);
  });

  it('have generic names in every project', () => {
    for (const name of ['index.js', 'main.go', '__init__.py', 'app.ts', 'routes.test.js']) assert.ok(isGenericName(name), name);
    for (const name of ['pricing.js', 'acquirer.js', 'CartTotals.java']) assert.ok(!isGenericName(name), name);
  });

  it('lie in the folder of a service, however that is written', () => {
    assert.deepEqual([...serviceFolderNames('checkout-svc')].sort(), ['checkout', 'checkout-svc']);
    assert.ok(isInServiceFolder('services/checkout/pricing.js', 'checkoutservice'));
    assert.ok(isInServiceFolder('checkout-service/src/a.js', 'checkout'));
    assert.ok(!isInServiceFolder('services/catalog/pricing.js', 'checkout'));
    assert.ok(!isInServiceFolder('checkout.js', 'checkout'));
  });
});
