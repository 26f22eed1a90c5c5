import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileNames, frameLinks, framesIn, MAX_FRAME_LINKS } from '../../../src/code/frameLinks';
import type { StackFrame } from '../../../src/domain/frame';

const names = fileNames(['src/cart.js', 'lib/shop/cart.ex', 'app/cart.py', 'cart.go', 'web/view.tsx', 'Cart.java', 'Cart.php', 'cart.rb']);
const textOf = (line: string, { range }: StackFrame) => line.slice(range?.start, range?.end);

describe('the frames of a text that may be in the workspace', () => {
  for (const line of [
    '    at total (/srv/shop/src/cart.js:12:5)',
    'total@https://shop.example/cart.js:12:5',
    '  File "/srv/app/cart.py", line 12, in total',
    '\tat com.shop.Cart.total(Cart.java:12)',
    '\t/build/cart.go:12 +0x1d',
    '#0 /srv/Cart.php(12): total()',
    "\tfrom /srv/cart.rb:12:in `total'",
    '    (shop 0.1.0) lib/shop/cart.ex:12: Shop.Cart.total/1',
  ]) {
    it(`are found in a line by itself: ${line.trim()}`, () => {
      const links = frameLinks(framesIn(line), names);
      assert.deepEqual(
        links.map((link) => link.line),
        [12],
      );
      assert.ok(textOf(line, links[0] as never).includes('12'));
    });
  }

  it('are found in a log, in its order and with their places in it', () => {
    const text =
      '2026 INFO started\nError: x\n    at a (/srv/cart.js:1:1)\n    at b (/srv/node_modules/x/cart.js:2:2)\n    at c (/srv/view.js:3:3)\n2026 INFO on\n';
    const links = frameLinks(framesIn(text), names);
    assert.deepEqual(
      links.map(({ range, line }) => [line, text.slice(range.start, range.end)]),
      [
        [1, 'at a (/srv/cart.js:1:1)'],
        [3, 'at c (/srv/view.js:3:3)'],
      ],
    );
  });

  it('are none of files that the workspace has not', () => {
    assert.deepEqual(frameLinks(framesIn('    at total (/srv/shop/src/other.js:12:5)'), names), []);
  });

  it('are found by the compiled name of a source, and on Windows', () => {
    assert.equal(frameLinks(framesIn('    at view (C:\\shop\\web\\view.js:3:1)'), names).length, 1);
    assert.equal(frameLinks(framesIn('    at view (https://shop.example/view.js?v=3:3:1)'), names).length, 1);
  });

  it('are no lines that only look alike', () => {
    for (const line of ['GET /cart.js 200', 'see cart.js for more', 'cart.js', '12:34:56 cart', ''])
      assert.deepEqual(frameLinks(framesIn(line), names), [], line);
  });

  it('are no more than anybody follows', () => {
    const frame: StackFrame = { function: null, file: 'cart.js', line: 1, column: null, kind: 'app', range: { start: 0, end: 1 } };
    assert.equal(frameLinks(Array(MAX_FRAME_LINKS + 5).fill(frame), names).length, MAX_FRAME_LINKS);
  });

  it('lie in the text, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.constantFrom('', '    at a (cart.js:1:2)', '\n', '  File "cart.py", line 1'),
        (noise, frame) => {
          const text = `${noise}${frame}`;
          for (const { range } of frameLinks(framesIn(text), names))
            assert.ok(range.start >= 0 && range.start < range.end && range.end <= text.length);
        },
      ),
    );
  });
});
