import assert from 'node:assert/strict';
import fc from 'fast-check';
import { enclosingFunction } from '../../../src/code/enclosingFunction';

/** The name around the line that holds the mark `◉`. */
function at(path: string, source: string): string | null {
  const line = source.slice(0, source.indexOf('◉')).split('\n').length;
  return enclosingFunction(source.replace('◉', ''), line, path);
}

describe('The function around a line', () => {
  const cases: readonly [string, string, string, string | null][] = [
    ['a function', 'a.js', 'function price(cart) {\n  return ◉cart;\n}', 'price'],
    ['an async generator', 'a.js', 'export async function* pages() {\n  ◉yield 1;\n}', 'pages'],
    ['its first line', 'a.js', 'function price(cart) {◉\n}', 'price'],
    ['its last line', 'a.js', 'function price(cart) {\n  x();\n}◉', 'price'],
    ['a default parameter', 'a.js', 'function price({ a = {}, b } = {}) {\n  ◉\n}', 'price'],
    ['an arrow function', 'a.ts', 'const price = async (cart: Cart): Promise<number> => {\n  ◉\n};', 'price'],
    ['an arrow function without braces', 'a.js', 'const ratingOf = (id) => one(id);◉\nfunction f() {}', 'ratingOf'],
    ['a method', 'a.ts', 'class Cart {\n  private async total(a: number): Promise<number> {\n    ◉\n  }\n}', 'total'],
    ['a private method', 'a.js', 'class Cart {\n  #total() {\n    ◉\n  }\n}', '#total'],
    ['a getter', 'a.js', 'class Cart {\n  get total() {\n    ◉\n  }\n}', 'total'],
    ['a property', 'a.js', 'module.exports = {\n  price: function (x) {\n    ◉\n  },\n};', 'price'],
    ['an export', 'a.js', 'exports.price = (x) => {\n  ◉\n};', 'price'],
    ['a block within', 'a.js', 'function price() {\n  for (const a of b) {\n    if (a) {\n      ◉\n    }\n  }\n}', 'price'],
    ['a callback without a name', 'a.js', 'function start(app) {\n  app.get("/x", async (req, res) => {\n    ◉\n  });\n}', 'start'],
    ['a function after another', 'a.js', 'function one() {\n}\nfunction two() {\n  ◉\n}', 'two'],
    ['braces in strings', 'a.js', 'const a = "{{{";\nconst b = `}}`;\n// }\n/* { */\nfunction two() {\n  ◉\n}', 'two'],
    ['the top level', 'a.js', 'function one() {\n}\n◉start();\n', null],
    ['a handler at the top level', 'a.js', 'app.get("/", (req, res) => {\n  ◉\n});', null],
    ['Go', 'a.go', 'func Discount(c Cart) (int, error) {\n\tif c.X {\n\t\t◉\n\t}\n}', 'Discount'],
    ['a Go method', 'a.go', 'func (p *Pricer) Quote(ctx context.Context) error {\n\t◉\n}', 'Quote'],
    ['a generic Go function', 'a.go', 'func Map[T any](xs []T) []T {\n\t◉\n}', 'Map'],
    ['Java', 'A.java', 'class A {\n  public static int quote(Cart c) throws X {\n    ◉\n  }\n}', 'quote'],
    ['Kotlin', 'A.kt', 'class A {\n  fun quote(c: Cart): Int {\n    ◉\n  }\n}', 'quote'],
    ['Python', 'a.py', 'class A:\n    async def quote(self):\n        if x:\n            ◉return 1\n', 'quote'],
    ['a nested Python function', 'a.py', 'def outer():\n    def inner():\n        ◉pass\n    return inner\n', 'inner'],
    ['Python after a nested function', 'a.py', 'def outer():\n    def inner():\n        pass\n    ◉return inner\n', 'outer'],
    ["Python's top level", 'a.py', 'def f():\n    pass\n\n◉f()\n', null],
    ['a line beyond the end', 'a.js', 'function f() {}\n\n\n◉', null],
  ];
  for (const [what, path, source, expected] of cases) {
    it(`is found in ${what}`, () => assert.equal(at(path, source), expected));
  }

  it('is looked for in any text without throwing', () => {
    const piece = fc.oneof(
      fc.constantFrom('function f(', '{', '}', ')', '"', '`', '/*', '//', '=>', '\n', 'class A', 'def f():', '    '),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 50 }),
        fc.integer({ min: -2, max: 20 }),
        fc.constantFrom('a.js', 'a.py', 'a.go'),
        (pieces, line, path) => {
          const name = enclosingFunction(pieces.join(''), line, path);
          assert.ok(name === null || name.length > 0);
        },
      ),
    );
  });

  // Quadratic work would take minutes; the runner's limit is the bound.
  it('copes with a large file of braces', () => {
    assert.equal(enclosingFunction('{(['.repeat(200_000), 1, 'a.js'), null);
    assert.equal(enclosingFunction(`function f() {\n${'x = {};\n'.repeat(100_000)}`, 100_000, 'a.js'), 'f');
  });
});
