import assert from 'node:assert/strict';
import { declarationLine, packageOf, weighText } from '../../../src/code/textCheck';
import type { StackFrame } from '../../../src/domain/frame';

const lines = (...rows: string[]) => `${rows.join('\n')}\n`;
const frame = (name: string | null, line: number, more: Partial<StackFrame> = {}): StackFrame => ({
  function: name,
  file: 'src/a.rb',
  line,
  column: null,
  kind: 'app',
  ...more,
});

describe('What a text says about a frame', () => {
  const ruby = lines('class Cart', '  def total', '    x', '  end', '', '  def rules', '    y', '  end', 'end');

  it('speaks for it when the function stands above the line, and against it when there is none', () => {
    assert.ok(weighText(frame('Cart#rules', 7), ruby, 'a.rb').weight > 0);
    assert.ok(weighText(frame('Cart#rules', 3), ruby, 'a.rb').weight < 0);
    assert.ok(weighText(frame('Cart#absent', 3), ruby, 'a.rb').weight < weighText(frame('Cart#rules', 3), ruby, 'a.rb').weight);
    assert.equal(weighText(frame(null, 3), ruby, 'a.rb').weight, 0);
  });

  it('is strong for names that tell functions apart, and for the printed line', () => {
    assert.ok(weighText(frame('Cart#rules', 7), ruby, 'a.rb').isStrong);
    assert.ok(!weighText(frame('run', 2), lines('def run', '  x', 'end'), 'a.rb').isStrong);
    assert.ok(weighText(frame(null, 2, { codeText: 'value = compute(cart)' }), lines('x', '\tvalue  = compute(cart)'), 'a.rb').isStrong);
  });

  it('speaks against a file that is shorter than the line', () => {
    assert.match(weighText(frame(null, 99), ruby, 'a.rb').said.join(), /fewer lines/);
  });

  it('finds the printed line elsewhere only when it is the only one of its kind', () => {
    const printed = (text: string, codeText = 'value = compute(cart)') => weighText(frame(null, 1, { codeText }), text, 'a.py');
    assert.deepEqual(
      [printed(lines('a', 'b', 'value = compute(cart)')).printed, printed(lines('a', 'b', 'value = compute(cart)')).line],
      ['elsewhere', 3],
    );
    assert.equal(printed(lines('a', 'value = compute(cart)', 'value = compute(cart)')).printed, 'absent');
    assert.equal(printed(lines('a', 'x = 1'), 'x = 1').printed, 'absent');
    assert.equal(printed(lines('a', '}'), '}').printed, null);
  });

  it('knows declarations of all languages by their looks', () => {
    for (const declaration of [
      'function total(cart) {',
      'export const total = (cart) => {',
      '  async total(cart) {',
      '  total: function () {',
      'def total(cart):',
      '  def total',
      'func (c *Cart) total() int {',
      'pub fn total(&self) -> u32 {',
      '  public static int total(Cart cart) {',
      '  Money total(Cart cart) {',
      'fun Cart.total(): Int {',
      '  defp total(cart) do',
      'sub total {',
    ]) {
      assert.equal(declarationLine(lines('x', declaration, 'y'), 'total'), 2, declaration);
    }
    for (const use of ['  return total(cart);', '  cart.total(1)', 'if (total == 1) {', 'subtotal(x) {', '  await total(cart) {'])
      assert.equal(declarationLine(lines('x', use), 'total'), null, use);
    assert.equal(declarationLine(lines('def total', 'def total'), 'total'), null);
  });

  it('reads the package from the name of a method', () => {
    assert.equal(packageOf('com.acme.shop.Pricing$Cart.discount'), 'com.acme.shop');
    assert.equal(packageOf('app//com.acme.Main.main'), 'com.acme');
    assert.equal(packageOf('Main.main'), null);
    assert.equal(packageOf('main'), null);
  });

  it('takes time linear in hostile texts', () => {
    const hostile = `${'total '.repeat(60_000)}\n${'a.'.repeat(100_000)}\n${' \t'.repeat(100_000)}`;
    weighText(frame('total', 3, { codeText: 'total total total' }), hostile, 'a.kt');
    weighText(frame('com.acme.A.total', 3), `${'package '.repeat(50_000)}`, 'a.kt');
  });
});
