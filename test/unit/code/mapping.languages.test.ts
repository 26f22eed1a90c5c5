import assert from 'node:assert/strict';
import { createFrameMapper } from '../../../src/code/mapping';
import type { StackFrame } from '../../../src/domain/frame';
import { createMemoryRepository, type Tree } from './memoryRepository';

const { signal } = new AbortController();
const lines = (...rows: string[]) => `${rows.join('\n')}\n`;
const filler = (name: string) => lines('x', `func ${name}() {`, '  y', '}', 'z');

async function find(file: string, name: string | null, now: Tree, more: Partial<StackFrame> = {}) {
  const frame: StackFrame = { function: name, file, line: 3, column: null, kind: 'app', ...more };
  const { location, candidates, reason } = await createFrameMapper([createMemoryRepository({ now })]).map(
    frame,
    { commit: null, service: null },
    signal,
  );
  return { path: location?.path ?? null, line: location?.line, candidates: candidates.map(({ path }) => path).sort(), reason };
}

describe('Mapping frames of each language', () => {
  it('follows Go import paths to their modules, also with -trimpath and as a dependency of another module', async () => {
    const now = {
      'go.mod': 'module github.com/acme/shop\n\ngo 1.22\n',
      'pricing/quote.go': filler('Quote'),
      'tools/go.mod': 'module github.com/acme/shop/tools\n',
      'tools/pricing/quote.go': filler('Quote'),
      'cart/main.go': filler('main'),
      'tools/main.go': filler('main'),
    };
    const name = 'github.com/acme/shop/pricing.(*Pricer).Quote';
    assert.equal((await find('github.com/acme/shop/pricing/quote.go', name, now)).path, 'pricing/quote.go');
    assert.equal((await find('/build/quote.go', name, now)).path, 'pricing/quote.go');
    assert.equal((await find('/build/quote.go', 'github.com/acme/shop/tools/pricing.Quote', now)).path, 'tools/pricing/quote.go');
    const installed = '/go/pkg/mod/github.com/acme/shop@v1.2.3/pricing/quote.go';
    assert.equal((await find(installed, name, now, { kind: 'library' })).path, 'pricing/quote.go');
    assert.equal((await find('/go/pkg/mod/github.com/other/shop@v1.2.3/pricing/quote.go', null, now, { kind: 'library' })).path, null);
  });

  it('knows Rust crates of a workspace by the name in the frame', async () => {
    const now = {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      'crates/money/Cargo.toml': '[package]\nedition = "2021"\nname = "shop-money"\n',
      'crates/cart/Cargo.toml': '[package]\nname = "cart"\n',
      'crates/money/src/lib.rs': filler('round'),
      'crates/cart/src/lib.rs': filler('round'),
    };
    assert.equal((await find('src/lib.rs', 'shop_money::round', now)).path, 'crates/money/src/lib.rs');
    assert.equal((await find('./src/lib.rs', '<cart::Cart as core::fmt::Display>::round', now)).path, 'crates/cart/src/lib.rs');
    assert.equal((await find('src/lib.rs', null, now)).path, null);
  });

  it('knows the applications of an Elixir umbrella by their modules', async () => {
    const now = {
      'apps/shop/mix.exs': 'def project do\n  [app: :shop, version: "1"]\n',
      'apps/shop_web/mix.exs': '[app: :shop_web]',
      'apps/shop/lib/router.ex': filler('call'),
      'apps/shop_web/lib/router.ex': filler('call'),
    };
    assert.equal((await find('lib/router.ex', 'ShopWeb.Router.call/2', now)).path, 'apps/shop_web/lib/router.ex');
    assert.equal((await find('shop/lib/router.ex', null, now)).path, 'apps/shop/lib/router.ex');
    assert.equal((await find('lib/router.ex', 'Other.Router.call/2', now)).path, null);
  });

  it('knows Dart and npm packages of the workspace', async () => {
    const now = {
      'app/pubspec.yaml': 'name: shop_app\n',
      'app/lib/src/cart.dart': filler('total'),
      'other/lib/src/cart.dart': filler('total'),
      'packages/money/package.json': '{"name":"@acme/money"}',
      'packages/money/src/round.js': filler('round'),
    };
    assert.equal((await find('package:shop_app/src/cart.dart', null, now)).path, 'app/lib/src/cart.dart');
    const installed = (name: string) => find(`/app/node_modules/${name}/src/round.js`, null, now, { kind: 'library' });
    assert.equal((await installed('@acme/money')).path, 'packages/money/src/round.js');
    assert.equal((await installed('@other/money')).path, null);
  });

  it('tells Kotlin files of one name apart by the package they declare, wherever they lie', async () => {
    const file = (name: string) => lines(`package ${name}`, '', 'fun discount() {', '  x', '}');
    const now = { 'src/a/Pricing.kt': file('com.acme.checkout'), 'src/b/Pricing.kt': file('com.acme.search') };
    assert.equal((await find('Pricing.kt', 'com.acme.search.PricingKt.discount', now, { line: 4 })).path, 'src/b/Pricing.kt');
    assert.equal((await find('Pricing.kt', 'com.acme.cart.PricingKt.discount', now, { line: 4 })).path, null);
  });

  it('never takes a Java class for one of the same name in another package', async () => {
    const now = { 'src/main/java/com/acme/shop/Cart.java': lines('package com.acme.shop;', 'class Cart {', '  int total() {', '  }', '}') };
    assert.equal((await find('Cart.java', 'com.acme.shop.Cart.total', now)).path, Object.keys(now)[0]);
    const other = await find('Cart.java', 'org.other.Cart.total', now);
    assert.equal(other.path, null);
    assert.match(other.reason, /but it is in the package com\.acme\.shop/);
  });

  it('takes deterministic .NET paths, SourceLink addresses and Windows drives', async () => {
    const now = { 'src/Shop/Pricing.cs': lines('class Pricing {', '  int Total() {', '    x', '  }') };
    for (const file of [
      '/_/src/Shop/Pricing.cs',
      'D:\\a\\1\\s\\src\\Shop\\Pricing.cs',
      'https://raw.githubusercontent.com/acme/shop/0123456789abcdef0123456789abcdef01234567/src/Shop/Pricing.cs',
    ])
      assert.equal((await find(file, 'Shop.Pricing.Total', now)).path, 'src/Shop/Pricing.cs', file);
  });

  it('wants more than a generic name in every language', async () => {
    for (const name of ['index.js', 'main.go', '__init__.py', 'mod.rs', 'Program.cs', 'application.rb', 'handler.ex', 'main.dart']) {
      const { path, candidates } = await find(`/srv/other/${name}`, null, { [`shop/${name}`]: filler('x') });
      assert.deepEqual([path, candidates], [null, [`shop/${name}`]], name);
    }
  });

  it('follows the code that the runtime printed to where it stands now', async () => {
    const text = lines('import x', '', 'def total(cart):', '    return cart.coupon.percent', '', 'def other():', '    pass');
    const printed = (line: number, codeText: string) =>
      find('/srv/shop/pricing.py', 'total', { 'shop/pricing.py': text }, { line, codeText });
    assert.deepEqual(
      [(await printed(4, 'return cart.coupon.percent')).path, (await printed(4, 'return cart.coupon.percent')).line],
      ['shop/pricing.py', 4],
    );
    const moved = await printed(2, 'return cart.coupon.percent');
    assert.deepEqual([moved.path, moved.line], ['shop/pricing.py', 4]);
    assert.match(moved.reason, /stands elsewhere in it.*it is now line 4/);
    assert.match((await printed(7, 'return quite.another.thing')).reason, /reads differently in the trace/);
  });

  it('tells two files that end alike apart by the code that the runtime printed', async () => {
    const now = {
      'a/pricing.py': lines('def f():', '    pass', '    return cart.total'),
      'b/pricing.py': lines('def f():', '    pass', '    return self.rules'),
    };
    assert.equal((await find('/app/pricing.py', 'f', now, { codeText: 'return self.rules' })).path, 'b/pricing.py');
    assert.equal((await find('/app/pricing.py', 'f', now)).path, null);
  });
});
