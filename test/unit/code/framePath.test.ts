import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFramePath, sharedSuffix } from '../../../src/code/framePath';

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
    ['webpack:///./src/a.ts', 'src/a.ts'],
    ['webpack-internal:///(rsc)/./src/app/page.tsx', 'src/app/page.tsx'],
    ['webpack://shop/./app/(shop)/page.tsx', 'app/(shop)/page.tsx'],
    ['webpack:///(cart)', '(cart)'],
    ['turbopack:///[project]/src/a.ts', 'src/a.ts'],
    ['turbopack://[project]/src/a.ts', 'src/a.ts'],
    ['app:///src/a.ts', 'src/a.ts'],
    ['meteor://app/imports/a.js', 'imports/a.js'],
    ['http://localhost:5173/@fs/srv/shop/a.ts?t=1', 'srv/shop/a.ts'],
    ['http://localhost:5173/src/a.vue?vue&type=script', 'src/a.vue'],
    ['/srv/shop/src/a.vue?vue', 'srv/shop/src/a.vue'],
    ['phar:///srv/shop.phar/src/a.php', 'srv/shop.phar/src/a.php'],
    ['/_/src/Shop/Cart.cs', 'src/Shop/Cart.cs'],
    ['/_1/src/Shop/Cart.cs', 'src/Shop/Cart.cs'],
    ['pages/[id].tsx', 'pages/[id].tsx'],
    ['[internal function]', null],
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
});
