import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withoutColours } from '../../../../src/code/frames/ansiColours';
import { DerivedText } from '../../../../src/code/frames/derivedText';
import { withEscapedLines } from '../../../../src/code/frames/jsonEscapes';
import { prepareText } from '../../../../src/code/frames/preparedText';
import { lines } from './parsing';

const ESC = '\u001b';
const STACK = lines('Error: x "quoted"', '    at f (C:\\shop\\new\\a.js:1:2)', '\tat g (/srv/b.js:3:4)');

describe('A text made from another', () => {
  it('knows where each character came from', () => {
    const source = 'ab--cd';
    const derived = new DerivedText(source);
    derived.copy(0, 2);
    derived.put('+', 2);
    derived.copy(4, 6);
    derived.copy(5, 5);
    assert.equal(derived.text(), 'ab+cd');
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 99].map((offset) => derived.originOf(offset)),
      [0, 1, 2, 4, 5, 6, 6],
    );
  });
});

describe('Terminal colours', () => {
  const without = (text: string) => withoutColours(text)?.text();

  it('are taken off, as are hyperlinks and cursor movements', () => {
    assert.equal(without(`${ESC}[1;31mError${ESC}[0m: x`), 'Error: x');
    assert.equal(without(`at ${ESC}]8;;file:///a.js\u0007a.js${ESC}]8;;\u0007:1`), 'at a.js:1');
    assert.equal(without(`at ${ESC}]8;;file:///a.js${ESC}\\a.js${ESC}]8;;${ESC}\\:1`), 'at a.js:1');
    assert.equal(without(`${ESC}(Bx${ESC}[2Ky${ESC}[38;5;208mz`), 'Bxyz');
  });

  it('may be cut off', () => {
    assert.equal(without(`x${ESC}`), 'x');
    assert.equal(without(`x${ESC}[31`), 'x');
    assert.equal(without(`x${ESC}[31\ny`), 'x\ny');
    assert.equal(without(`x${ESC}]8;;file\ny`), 'x\ny');
    assert.equal(without(`x${ESC}\ny`), 'x\ny');
    assert.equal(without(`x${ESC}]8;;${'a'.repeat(5_000)}`), `x8;;${'a'.repeat(5_000)}`);
  });

  it('are no reason to copy a text that has none', () => assert.equal(withoutColours('Error: [31m'), null));
});

describe('Lines that JSON escapes', () => {
  const written = (text: string) => withEscapedLines(text)?.text() ?? text;
  const has = (text: string) => assert.ok(prepareText(text).text.includes(STACK), prepareText(text).text);

  it('are written out from log lines, values, copies of a value and logs within logs', () => {
    const entry = JSON.stringify({ level: 'error', error: { stack: STACK }, trace: '1' });
    has(entry);
    has(JSON.stringify({ stack: STACK, ok: true }, null, 2));
    has(JSON.stringify({ log: `${entry}\n`, stream: 'stderr' }));
    has(JSON.stringify({ message: JSON.stringify({ log: entry }) }));
    has(JSON.stringify([STACK]));
    has(JSON.stringify(STACK));
    has(JSON.stringify(STACK).slice(1, -1));
    has(`time=12:00 level=error msg="it broke" stack=${JSON.stringify(STACK)} trace=1`);
  });

  it('keep other values of their line, parted from the lines', () => {
    assert.equal(written('{"a":"b","stack":"x\\n y","c":"d"}'), '{"a":"b","stack":\n\nx\n y\n\n,"c":"d"}');
  });

  it('may have any other escape in them', () => {
    assert.equal(written('{"s":"\\u003ca\\u003e\\n\\tb\\/c\\x41\\q\\u12"}'), '{"s":\n\n<a>\n\tb/cA\\q\\u12\n\n}');
    assert.equal(written('{"s":"x\\r\\n y'), '{"s":\n\nx\r\n y');
  });

  it('are not paths or code, which runtimes print unescaped', () => {
    for (const text of [
      '    at f (C:\\new\\a.js:1:2)',
      '  File "C:\\new\\app.py", line 3, in f',
      lines('  File "/srv/a.py", line 3, in f', '    raise ValueError("a\\n  b\\n  c")'),
      lines('/srv/a.js:1', "  throw new Error('a\\n    at b (c.js:1:2)')", '        ^'),
      lines('  |     raise ValueError("a\\n  b")', '  |     ^^^^^'),
      "#0 /srv/a.php(3): f('a\\n b\\n c')",
      'a\\nb',
    ])
      assert.equal(withEscapedLines(text), null, text);
  });

  it('tell where they stand in the original text', () => {
    const text = `${ESC}[31m{"stack":"Error: x\\n    at f (/srv/a.js:1:2)\\n"}${ESC}[0m`;
    const prepared = prepareText(text);
    const at = prepared.text.indexOf('at f');
    assert.equal(prepared.originOf(at), text.indexOf('at f'));
    assert.equal(prepared.originOf(prepared.text.indexOf('\n', at)), text.indexOf('\\n"}'));
  });
});

describe('A prepared text', () => {
  it('is the text itself when there is nothing to take off', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }).filter((text) => !text.includes(ESC) && !text.includes('\\n')),
        (text) => {
          const prepared = prepareText(text);
          assert.equal(prepared.text, text);
          assert.equal(prepared.originOf(text.length), text.length);
        },
      ),
    );
  });

  it('has characters of the original in their order, however it was escaped', () => {
    const piece = fc.oneof(
      fc.constantFrom('\\n', '\\n    ', '"', '\\"', '{', `${ESC}[31m`, ESC, '\\\\n', '\\u00e4', '\n', '\\t'),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const prepared = prepareText(text);
        assert.ok(prepared.text.length <= 2 * text.length);
        let last = 0;
        for (let offset = 0; offset <= prepared.text.length; offset += 1) {
          const origin = prepared.originOf(offset);
          assert.ok(origin >= last && origin <= text.length);
          last = origin;
        }
      }),
      { numRuns: 300 },
    );
  });
});
