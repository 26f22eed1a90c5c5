import assert from 'node:assert/strict';
import { functionRange } from '../../../src/code/functionRange';

const range = (text: string, line: number, name: string) => {
  const found = functionRange(text.split('\n'), line, name);
  return found === null ? null : [found.from, found.to];
};

describe('The lines of a function', () => {
  it('reach from the line that names it to the one that closes it', () => {
    const text = 'const vat = 1;\nfunction discount(cart) {\n  if (cart) {\n    return 1;\n  }\n  return 2;\n}\nother();';
    for (const line of [2, 4, 6]) assert.deepEqual(range(text, line, 'Object.discount'), [2, 7]);
  });

  it('are found by indentation where nothing closes', () => {
    const text = 'class Cart:\n    def total(self):\n        x = 1\n\n        return x\n    def next(self):\n        pass';
    assert.deepEqual(range(text, 5, 'Cart.total'), [2, 5]);
    assert.deepEqual(range('def total\n  x = 1\nend\n', 2, 'total'), [1, 3]);
  });

  it('begin at a signature of several lines', () => {
    const text = 'function discount(\n  cart,\n  rate,\n) {\n  return cart * rate;\n}\n';
    for (const line of [2, 5]) assert.deepEqual(range(text, line, 'discount'), [1, 6]);
  });

  it('are not known without the name above', () => {
    assert.equal(range('a();\n  b();\n', 2, 'discount'), null);
    assert.equal(range('discounts() {\n  b();\n', 2, 'discount'), null);
    assert.equal(range('x', 9, 'x'), null);
    assert.equal(range('x {\n  y\n}', 2, '<anonymous>'), null);
  });

  it('are not more than a person would read', () => {
    const body = Array.from({ length: 1_000 }, () => '  x();').join('\n');
    const found = range(`function long() {\n${body}\n}`, 5, 'long');
    assert.deepEqual(found, [1, 301]);
  });
});
