import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { javascriptParser } from '../../../../src/code/frames/javascript';
import { plainLines } from '../../../../src/code/frames/text';
import { lines, read } from './parsing';

const UNCAUGHT = lines(
  '/srv/shop/pricing.js:30',
  '  return cart.coupon.percent',
  '                     ^',
  '',
  "TypeError: Cannot read properties of undefined (reading 'percent')",
  '    at discount (/srv/shop/pricing.js:30:22)',
  '    at again (/srv/shop/pricing.js:30:9)',
  '    at listOnTimeout (node:internal/timers:581:17)',
  '',
  'Node.js v22.4.0',
);

describe('Stacks of JavaScript as consoles print them', () => {
  it('gives the code that Node.js prints to the frame that threw', () => {
    const [exception] = javascriptParser.parse(plainLines(UNCAUGHT));
    assert.deepEqual(
      exception?.frames.map(({ function: name, codeText }) => [name, codeText]),
      [
        ['discount', 'return cart.coupon.percent'],
        ['again', undefined],
        ['listOnTimeout', undefined],
      ],
    );
    assert.equal(exception?.message, "Cannot read properties of undefined (reading 'percent')");
  });

  it('leaves out where an event that nobody handled was emitted', () => {
    const text = lines(
      'node:events:496',
      "      throw er; // Unhandled 'error' event",
      '      ^',
      '',
      'Error: listen EADDRINUSE: address already in use :::3000',
      '    at Server.listen (node:net:2066:7)',
      '    at Object.<anonymous> (/srv/server.js:12:8)',
      "Emitted 'error' event on Server instance at:",
      '    at emitErrorNT (node:net:1943:8) {',
      "  code: 'EADDRINUSE'",
      '}',
    );
    assert.deepEqual(read(javascriptParser, text), [
      [
        null,
        'Error',
        'listen EADDRINUSE: address already in use :::3000',
        ['runtime Server.listen (node:net:2066:7)', 'app Object.<anonymous> (/srv/server.js:12:8)'],
      ],
    ]);
  });

  it('knows the words that consoles put before what nobody caught', () => {
    const headers = [
      'Uncaught TypeError: boom',
      'Uncaught (in promise) TypeError: boom',
      'Unhandled rejection TypeError: boom',
      '(node:4711) UnhandledPromiseRejectionWarning: TypeError: boom',
      'Unhandled Promise Rejection: TypeError: boom',
      'error: TypeError: boom',
      'checkout failed TypeError: boom',
      'err: TypeError: boom',
    ];
    for (const header of headers) {
      const [exception] = read(javascriptParser, lines(header, '    at f (/srv/a.js:1:2)'));
      assert.deepEqual(exception?.slice(0, 3), [null, 'TypeError', 'boom'], header);
    }
  });

  it('takes any name for a type right above frames, but no sentence', () => {
    const type = (header: string) => read(javascriptParser, lines(header, '    at f (/srv/a.js:1:2)'))[0]?.slice(1, 3);
    assert.deepEqual(type('Timeout: waited 3 s'), ['Timeout', 'waited 3 s']);
    assert.deepEqual(type('Require stack:'), ['Error', 'Require stack:']);
    assert.deepEqual(type('it broke'), ['Error', 'it broke']);
    assert.deepEqual(type('DOMException [AbortError]: This operation was aborted'), ['DOMException', 'This operation was aborted']);
    assert.deepEqual(type('[Error: bracketed] {'), ['Error', 'bracketed] {']);
  });

  it('separates errors that follow each other', () => {
    const text = lines(
      'Error: first',
      '    at f (/srv/a.js:1:1)',
      '    at g (/srv/a.js:2:1)',
      'at noon all was well',
      'RangeError: second',
      '    at h (/srv/b.js:1:1)',
    );
    assert.deepEqual(
      read(javascriptParser, text).map(([relation, type, message, frames]) => [relation, type, message, frames.length]),
      [
        [null, 'Error', 'first', 2],
        [null, 'RangeError', 'second', 1],
      ],
    );
  });

  it('keeps a long stack whole when words without a header follow and more frames', () => {
    const text = lines(
      'Error: first',
      ...Array.from({ length: 4 }, (_, index) => `    at f${index} (/srv/a.js:${index + 1}:1)`),
      '',
      'and then it went on',
      '    at g (/srv/b.js:1:1)',
    );
    assert.deepEqual(
      read(javascriptParser, text).map(([, , message, frames]) => [message, frames.length]),
      [
        ['first', 4],
        ['and then it went on', 1],
      ],
    );
  });

  it('joins what libraries for long stacks print in parts', () => {
    const text = lines(
      'Error: x',
      '    at f (/srv/a.js:1:1)',
      'From previous event:',
      '    at g (/srv/b.js:1:1)',
      '    ---------------------',
      '    at h (/srv/c.js:1:1)',
    );
    assert.equal(read(javascriptParser, text)[0]?.[3].length, 3);
  });

  it('takes a logger’s prefix and earlier entries for no header', () => {
    const entry = (text: string, start: number, hasPrefix: boolean) => ({ text, start, end: start + text.length, hasPrefix });
    const [exception] = javascriptParser.parse([
      entry('Error: cannot connect', 30, true),
      entry('retrying', 90, true),
      entry('TypeError: boom', 120, false),
      entry('    at f (/srv/a.js:1:2)', 140, false),
    ]);
    assert.deepEqual([exception?.type, exception?.message], ['TypeError', 'boom']);
    const [unnamed] = javascriptParser.parse([
      entry('Error: cannot connect', 30, true),
      entry('it failed', 90, true),
      entry('    at f (/srv/a.js:1:2)', 140, false),
    ]);
    assert.deepEqual([unnamed?.type, unnamed?.message], ['Error', 'it failed']);
  });

  it('reads errors in properties of an inspected error as its causes', () => {
    const text = lines(
      'QueryError: no answer',
      '    at query (/srv/db.js:3:1) {',
      "  code: 'E_DB',",
      '  driverError: Error: connection refused',
      '      at connect (/srv/net.js:9:1) {',
      '    errno: -111',
      '  }',
      '}',
    );
    assert.deepEqual(read(javascriptParser, text), [
      [null, 'QueryError', 'no answer', ['app query (/srv/db.js:3:1)']],
      ['cause', 'Error', 'connection refused', ['app connect (/srv/net.js:9:1)']],
    ]);
  });

  it('reads groups and causes as deep as this Node.js prints them', () => {
    const one = new TypeError('one', { cause: new RangeError('why') });
    const group = new AggregateError([one, new SyntaxError('two')], 'all failed');
    const outer = new Error('outer', { cause: group });
    const shownError = inspect(outer, { depth: 10 });
    assert.deepEqual(
      read(javascriptParser, `${shownError}\n\nError: next\n    at f (/srv/a.js:1:1)`).map(([relation, type, message]) => [
        relation,
        type,
        message,
      ]),
      [
        [null, 'Error', 'outer'],
        ['cause', 'AggregateError', 'all failed'],
        ['group', 'TypeError', 'one'],
        ['cause', 'RangeError', 'why'],
        ['group', 'SyntaxError', 'two'],
        [null, 'Error', 'next'],
      ],
    );
  });

  it('begins another trace with a group that has no frames of its own', () => {
    const group = lines(
      '[AggregateError: all failed] {',
      '  [errors]: [',
      '    TypeError: one',
      '        at f (/srv/a.js:1:1)',
      '  ]',
      '}',
    );
    assert.deepEqual(
      read(javascriptParser, `${group}\n\n${group}`).map(([relation, type]) => [relation, type]),
      [
        [null, 'AggregateError'],
        ['group', 'TypeError'],
        [null, 'AggregateError'],
        ['group', 'TypeError'],
      ],
    );
  });

  it('counts frames that have only a name, but not those that have nothing', () => {
    const text = lines('Error', '    at bls (<anonymous>:3:9)', '    at a_function_name', '    at <anonymous>', '    at f (/srv/a.js:1:2)');
    assert.deepEqual(read(javascriptParser, text), [
      [null, 'Error', '', ['eval bls (3:9)', 'native a_function_name ()', 'app f (/srv/a.js:1:2)']],
    ]);
  });
});
