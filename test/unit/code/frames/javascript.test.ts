import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { javascriptParser } from '../../../../src/code/frames/javascript';
import { plainLines } from '../../../../src/code/frames/text';
import { parseV8Frame } from '../../../../src/code/frames/v8Frame';

const parseV8 = (text: string) => javascriptParser.parse(plainLines(text));
const lines = (...text: string[]) => text.join('\n');

describe('V8 frames', () => {
  const cases: readonly [string, string, unknown][] = [
    ['a plain function', '    at discount (/srv/shop/src/pricing.js:30:22)', ['discount', '/srv/shop/src/pricing.js', 30, 22, 'app']],
    ['no function', '    at /srv/shop/src/pricing.js:17:62', [null, '/srv/shop/src/pricing.js', 17, 62, 'app']],
    ['an async function', '    at async Object.run (/srv/run.js:10:21)', ['Object.run', '/srv/run.js', 10, 21, 'app']],
    ['an async arrow function', '    at async /srv/run.js:10:21', [null, '/srv/run.js', 10, 21, 'app']],
    ['a constructor', '    at new Cart (/srv/cart.js:3:9)', ['new Cart', '/srv/cart.js', 3, 9, 'app']],
    ['a renamed method', '    at Object.discount [as alias] (/srv/a.js:30:22)', ['Object.discount', '/srv/a.js', 30, 22, 'app']],
    ['a getter', '    at get total [as total] (/srv/a.js:17:23)', ['get total', '/srv/a.js', 17, 23, 'app']],
    ['a symbol', '    at [price] (/srv/a.js:19:59)', ['[price]', '/srv/a.js', 19, 59, 'app']],
    ['an anonymous function by name', '    at <anonymous> (/srv/a.ts:1:2)', [null, '/srv/a.ts', 1, 2, 'app']],
    ['a built-in', '    at Array.map (<anonymous>)', ['Array.map', null, null, null, 'native']],
    ['old native code', '    at Array.forEach (native)', ['Array.forEach', null, null, null, 'native']],
    ['Promise.all', '    at async Promise.all (index 1)', ['Promise.all', null, null, null, 'async']],
    [
      "Node's own modules",
      '    at Module._compile (node:internal/modules/cjs/loader:1521:14)',
      ['Module._compile', 'node:internal/modules/cjs/loader', 1521, 14, 'runtime'],
    ],
    ['old internals', '    at tryOnImmediate (internal/timers.js:461:21)', ['tryOnImmediate', 'internal/timers.js', 461, 21, 'runtime']],
    [
      'a package',
      '    at next (/srv/shop/node_modules/express/lib/router/route.js:149:13)',
      ['next', '/srv/shop/node_modules/express/lib/router/route.js', 149, 13, 'library'],
    ],
    [
      'a package on Windows',
      '    at next (C:\\shop\\node_modules\\express\\lib\\route.js:149:13)',
      ['next', 'C:\\shop\\node_modules\\express\\lib\\route.js', 149, 13, 'library'],
    ],
    ['an ES module', '    at run (file:///srv/shop/src/a.mjs:4:5)', ['run', 'file:///srv/shop/src/a.mjs', 4, 5, 'app']],
    ['a Windows path', '    at run (C:\\shop\\src\\a.js:4:5)', ['run', 'C:\\shop\\src\\a.js', 4, 5, 'app']],
    [
      'a Windows path with parentheses',
      '    at C:\\Program Files (x86)\\shop\\a.js:4:5',
      [null, 'C:\\Program Files (x86)\\shop\\a.js', 4, 5, 'app'],
    ],
    ['a folder in parentheses', '    at GET (/srv/app/(shop)/route.js:7:1)', ['GET', '/srv/app/(shop)/route.js', 7, 1, 'app']],
    ['evaluated code', '    at evaled (eval at outer (/srv/run.js:14:23), <anonymous>:1:25)', ['evaled', null, 1, 25, 'eval']],
    ['a script without a name', '    at bls (<anonymous>:3:9)', ['bls', null, 3, 9, 'eval']],
    ['no column', '    at run (/srv/a.js:12)', ['run', '/srv/a.js', 12, null, 'app']],
    ['the end of an inspected frame', '    at run (/srv/a.js:12:3) {', ['run', '/srv/a.js', 12, 3, 'app']],
    ['a member of an inspected list', '    at run (/srv/a.js:12:3),', ['run', '/srv/a.js', 12, 3, 'app']],
  ];
  for (const [what, line, expected] of cases) {
    it(`reads ${what}`, () => {
      const frame = parseV8Frame(line);
      assert.deepEqual(frame && [frame.function, frame.file, frame.line, frame.column, frame.kind], expected);
    });
  }

  it('does not take other lines for frames', () => {
    for (const line of [
      'at midnight everything stops',
      '    at',
      'at all costs (really)',
      'Error: at x (y)',
      '    at f (/srv/a.js)',
      '    at x (a.js:0:0)',
    ]) {
      assert.equal(parseV8Frame(line), null, line);
    }
  });
});

describe('V8 stacks', () => {
  it('reads type, message and frames, innermost first', () => {
    const [exception, ...others] = parseV8(
      lines(
        "TypeError: Cannot read properties of undefined (reading 'tier')",
        '    at part (/srv/pricing.js:14:66)',
        '    at priceOrder (/srv/pricing.js:20:21)',
      ),
    );
    assert.deepEqual(others, []);
    assert.equal(exception?.type, 'TypeError');
    assert.equal(exception?.message, "Cannot read properties of undefined (reading 'tier')");
    assert.equal(exception?.relation, null);
    assert.deepEqual(
      exception?.frames.map((frame) => frame.function),
      ['part', 'priceOrder'],
    );
  });

  it('leaves the code out of the type', () => {
    const [exception] = parseV8(lines('RangeError [ERR_OUT_OF_RANGE]: The value is out of range', '    at f (/srv/a.js:1:1)'));
    assert.equal(exception?.type, 'RangeError');
    assert.equal(exception?.message, 'The value is out of range');
  });

  it('reads an error without a message, and a lower-case type', () => {
    assert.equal(parseV8(lines('Error', '    at f (/srv/a.js:1:1)'))[0]?.message, '');
    const [postgres] = parseV8(lines('error: relation "carts" does not exist', '    at Parser.parse (/srv/node_modules/pg/parser.js:1:1)'));
    assert.deepEqual([postgres?.type, postgres?.message], ['error', 'relation "carts" does not exist']);
  });

  it('keeps lines of a message that look like frames in the message', () => {
    const [exception, ...others] = parseV8(
      lines('Error: first line', '    at not.a.frame (looks/like/one.js:1:2)', 'last line', '    at real (/srv/a.js:24:30)'),
    );
    assert.deepEqual(others, []);
    assert.equal(exception?.message, 'first line\n    at not.a.frame (looks/like/one.js:1:2)\nlast line');
    assert.deepEqual(
      exception?.frames.map((frame) => frame.function),
      ['real'],
    );
  });

  it('does not take a header within a message for another exception', () => {
    const parsed = parseV8(lines('Error: could not charge', 'TypeError: inner words', '    at f (/srv/a.js:1:1)'));
    assert.equal(parsed.length, 1);
    assert.equal(parsed[0]?.message, 'could not charge\nTypeError: inner words');
  });

  it('skips the source line and caret of an uncaught error, and what Node prints below', () => {
    const parsed = parseV8(
      lines('/srv/a.js:3', '    throw new Error("x")', '    ^', '', 'Error: x', '    at f (/srv/a.js:3:11)', '', 'Node.js v24.1.0'),
    );
    assert.equal(parsed.length, 1);
    assert.deepEqual([parsed[0]?.type, parsed[0]?.message, parsed[0]?.frames.length], ['Error', 'x', 1]);
  });

  it('follows causes as util.inspect prints them, outermost first', () => {
    const root = new TypeError('root');
    const middle = new Error('middle', { cause: root });
    const outer = new RangeError('outer', { cause: middle });
    const parsed = parseV8(inspect(outer));
    assert.deepEqual(
      parsed.map(({ type, message, relation }) => [type, message, relation]),
      [
        ['RangeError', 'outer', null],
        ['Error', 'middle', 'cause'],
        ['TypeError', 'root', 'cause'],
      ],
    );
    for (const exception of parsed) assert.ok((exception.frames[0]?.file ?? '').includes('javascript.test'), exception.type);
  });

  it('follows "Caused by" of other printers', () => {
    const parsed = parseV8(lines('Error: a', '    at f (/srv/a.js:1:1)', 'Caused by: DatabaseGone: b', '    at g (/srv/b.js:2:2)'));
    assert.deepEqual(
      parsed.map(({ type, relation }) => [type, relation]),
      [
        ['Error', null],
        ['DatabaseGone', 'cause'],
      ],
    );
  });

  it('lists the members of an AggregateError', () => {
    const error = new AggregateError([new TypeError('one'), new RangeError('two')], 'all failed');
    const parsed = parseV8(inspect(error));
    assert.deepEqual(
      parsed.map(({ type, message, relation }) => [type, message, relation]),
      [
        ['AggregateError', 'all failed', null],
        ['TypeError', 'one', 'group'],
        ['RangeError', 'two', 'group'],
      ],
    );
  });

  it('reads an AggregateError that has no frames of its own', () => {
    const parsed = parseV8(
      lines(
        '[AggregateError: All promises were rejected] {',
        '  [errors]: [',
        '    TypeError: one',
        '        at f (/srv/a.js:1:1),',
        '    TypeError: two',
        '        at g (/srv/b.js:2:2)',
        '  ]',
        '}',
      ),
    );
    assert.deepEqual(
      parsed.map(({ message, relation, frames }) => [message, relation, frames.length]),
      [
        ['All promises were rejected', null, 0],
        ['one', 'group', 1],
        ['two', 'group', 1],
      ],
    );
  });

  it('keeps the frames above lines that util.inspect left out', () => {
    const [outer] = parseV8(
      lines('Error: a', '    at f (/srv/a.js:1:1)', '    ... 4 lines matching cause stack trace ...', '    at h (/srv/a.js:9:1)'),
    );
    assert.equal(outer?.frames.length, 2);
  });

  it('gives frames without a header to an unknown error', () => {
    const [exception] = parseV8(lines('something odd', '    at f (/srv/a.js:1:1)'));
    assert.deepEqual([exception?.type, exception?.message], ['Error', 'something odd']);
  });

  it('reads what this Node.js really prints', () => {
    function breaks(): never {
      throw new RangeError('real');
    }
    try {
      breaks();
    } catch (error) {
      const [exception] = parseV8((error as Error).stack ?? '');
      assert.equal(exception?.type, 'RangeError');
      assert.equal(exception?.frames[0]?.function, 'breaks');
      assert.equal(exception?.frames[0]?.kind, 'app');
      assert.ok(
        exception?.frames.some((frame) => frame.kind === 'library'),
        'mocha is a library',
      );
    }
  });
});
