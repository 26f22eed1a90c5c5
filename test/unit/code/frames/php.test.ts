import assert from 'node:assert/strict';
import fc from 'fast-check';
import { phpParser } from '../../../../src/code/frames/php';
import { plainLines } from '../../../../src/code/frames/text';
import { framesOf, itIsSafe, lines, read, weights } from './parsing';

const UNCAUGHT = lines(
  'PHP Fatal error:  Uncaught LogicException: no coupon in /srv/src/Cart.php:17',
  'Stack trace:',
  "#0 /srv/src/Cart.php(12): Shop\\Cart->coupon('a (very) lon...', Object(Shop\\X))",
  '#1 /srv/main.php(23): run()',
  '#2 {main}',
  '  thrown in /srv/src/Cart.php on line 17',
);

describe('phpParser', () => {
  it('puts each function together with the place that the line before names', () => {
    assert.deepEqual(read(phpParser, UNCAUGHT), [
      [
        null,
        'LogicException',
        'no coupon',
        ['app Shop\\Cart->coupon (/srv/src/Cart.php:17)', 'app run (/srv/src/Cart.php:12)', 'app {main} (/srv/main.php:23)'],
      ],
    ]);
  });

  it('names the line of the place as the range of a frame', () => {
    const frames = phpParser.parse(plainLines(UNCAUGHT))[0]?.frames ?? [];
    const ranges = frames.map(({ range }) => UNCAUGHT.slice(range?.start, range?.end).slice(0, 12));
    assert.deepEqual(ranges, ['PHP Fatal er', '#0 /srv/src/', '#1 /srv/main']);
  });

  it('reads once what PHP writes to its log and to the terminal', () => {
    assert.equal(read(phpParser, lines(UNCAUGHT, '', UNCAUGHT.replace('PHP Fatal error:  ', 'Fatal error: '))).length, 1);
  });

  it('puts the exception that was thrown last before those it wraps', () => {
    const text = lines(
      'PHP Fatal error:  Uncaught LogicException: no coupon in /srv/Cart.php:17',
      'Stack trace:',
      '#0 /srv/main.php(3): f()',
      '#1 {main}',
      '',
      'Next RuntimeException: no price in /srv/Cart.php:30',
      'Stack trace:',
      '#0 /srv/main.php(4): g()',
      '#1 {main}',
      '',
      'Next Shop\\Failed: no order in /srv/Order.php:9',
      'Stack trace:',
      '#0 {main}',
      '  thrown in /srv/Order.php on line 9',
    );
    assert.deepEqual(read(phpParser, text), [
      [null, 'Shop\\Failed', 'no order', ['app {main} (/srv/Order.php:9)']],
      ['cause', 'RuntimeException', 'no price', ['app g (/srv/Cart.php:30)', 'app {main} (/srv/main.php:4)']],
      ['cause', 'LogicException', 'no coupon', ['app f (/srv/Cart.php:17)', 'app {main} (/srv/main.php:3)']],
    ]);
  });

  it('reads the wording of PHP 5, uncaught and as text', () => {
    for (const lead of ["exception 'Shop\\Failed'", "PHP Fatal error:  Uncaught exception 'Shop\\Failed'"]) {
      const text = lines(`${lead} with message 'no 'coupon'' in /srv/a.php:5`, 'Stack trace:', '#0 /srv/a.php(9): f()', '#1 {main}');
      assert.deepEqual(read(phpParser, text), [
        [null, 'Shop\\Failed', "no 'coupon'", ['app f (/srv/a.php:5)', 'app {main} (/srv/a.php:9)']],
      ]);
    }
  });

  it('reads a message of several lines, and one that names places', () => {
    const text = lines(
      'TypeError: f(): Argument #1 must be of type int, called in /srv/main.php on line 23 and defined',
      'below in /srv/a.php:6',
      '#0 /srv/main.php(23): f(NULL)',
      '#1 {main}',
    );
    assert.deepEqual(read(phpParser, text)[0]?.slice(1), [
      'TypeError',
      'f(): Argument #1 must be of type int, called in /srv/main.php on line 23 and defined\nbelow',
      ['app f (/srv/a.php:6)', 'app {main} (/srv/main.php:23)'],
    ]);
  });

  it('reads closures of all versions, calls by PHP itself, includes and evaluated code', () => {
    const text = lines(
      'LogicException: x in /srv/vendor/acme/lib/a.php:6',
      'Stack trace:',
      '#0 /srv/a.php(1): Shop\\{closure}(1)',
      '#1 /srv/a.php(2): {closure:Shop\\Cart::total():22}(Object(X))',
      '#2 [internal function]: Shop\\Cart::__callStatic()',
      '#3 /srv/a.php(4): array_map(Object(Closure), Array)',
      "#4 /srv/a.php(17) : eval()'d code(1): class@anonymous->f()",
      '#5 /srv/a.php(17): eval()',
      "#6 C:\\www\\index.php(3): require_once('C:\\\\www\\\\a.php')",
      '#7 {main}',
    );
    assert.deepEqual(framesOf(phpParser, text), [
      'library Shop\\{closure} (/srv/vendor/acme/lib/a.php:6)',
      'app {closure:Shop\\Cart::total():22} (/srv/a.php:1)',
      'app Shop\\Cart::__callStatic (/srv/a.php:2)',
      'native array_map ()',
      'app class@anonymous->f (/srv/a.php:4)',
      "eval eval (/srv/a.php : eval()'d code:1)",
      'app require_once (/srv/a.php:17)',
      'app {main} (C:\\www\\index.php:3)',
    ]);
  });

  it('passes over the further lines of an argument', () => {
    const text = lines('LogicException: x in /srv/a.php:6', "#0 /srv/a.php(1): f('one", "two')", '#1 /srv/a.php(2): g()', '#2 {main}');
    assert.deepEqual(framesOf(phpParser, text), ['app f (/srv/a.php:6)', 'app g (/srv/a.php:1)', 'app {main} (/srv/a.php:2)']);
  });

  it('reads the log of Laravel, whose causes follow', () => {
    const text = lines(
      'production.ERROR: no price {"exception":"[object] (Shop\\Failed(code: 7): no price at /srv/x.php:30)',
      '[stacktrace]',
      '#0 /srv/main.php(12): Cart->price()',
      '#1 {main}',
      '',
      '[previous exception] [object] (LogicException(code: 0): no coupon at /srv/x.php:17)',
      '[stacktrace]',
      '#0 /srv/x.php(12): Cart->coupon()',
      '#1 {main}',
      '"} ',
    );
    assert.deepEqual(read(phpParser, text), [
      [null, 'Shop\\Failed', 'no price', ['app Cart->price (/srv/x.php:30)', 'app {main} (/srv/main.php:12)']],
      ['cause', 'LogicException', 'no coupon', ['app Cart->coupon (/srv/x.php:17)', 'app {main} (/srv/x.php:12)']],
    ]);
  });

  it('reads problems without an exception, with the calls of Xdebug', () => {
    assert.deepEqual(read(phpParser, 'PHP Parse error:  syntax error, unexpected token ";" in /srv/a.php on line 3'), [
      [null, 'ParseError', 'syntax error, unexpected token ";"', ['app - (/srv/a.php:3)']],
    ]);
    const text = lines(
      'PHP Warning:  Undefined variable $x in /srv/x.php on line 12',
      'PHP Stack trace:',
      'PHP   1. {main}() /srv/main.php:0',
      "PHP   2. run($a = 'x y') /srv/main.php:23",
    );
    assert.deepEqual(read(phpParser, text), [
      [null, 'Warning', 'Undefined variable $x', ['app run (/srv/x.php:12)', 'app {main} (/srv/main.php:23)']],
    ]);
  });

  it('does not read twice what Xdebug repeats', () => {
    const text = lines(UNCAUGHT, 'PHP Stack trace:', 'PHP   1. {main}() /srv/main.php:0', 'PHP   2. run() /srv/main.php:23');
    assert.equal(framesOf(phpParser, text).length, 3);
    assert.equal(read(phpParser, text).length, 1);
  });

  it("reads the trace of Symfony's console", () => {
    const text = lines(
      'In Cart.php line 17:',
      '  [LogicException]  ',
      '  no coupon         ',
      '',
      'Exception trace:',
      '  at /srv/app/Cart.php:17',
      ' Shop\\Cart->coupon() at /srv/app/Cart.php:12',
      ' call_user_func() at n/a:n/a',
      ' require() at /srv/public/index.php:9',
      '',
    );
    assert.deepEqual(read(phpParser, text), [
      [
        null,
        'LogicException',
        'no coupon',
        [
          'app Shop\\Cart->coupon (/srv/app/Cart.php:17)',
          'app call_user_func (/srv/app/Cart.php:12)',
          'native require ()',
          'app {main} (/srv/public/index.php:9)',
        ],
      ],
    ]);
  });

  it('takes functions that are printed with their own place as they are', () => {
    const text = lines('in Shop\\Errors::handle called at ? (?)', 'in file_put_contents called at /srv/a.php (133)');
    assert.deepEqual(framesOf(phpParser, text), ['native Shop\\Errors::handle ()', 'app file_put_contents (/srv/a.php:133)']);
  });

  it('reads more exceptions of one chain than a call has arguments', () => {
    const many = Array.from({ length: 130_000 }, () => 'Next A\\B: x in /a:1\n#0 {main}').join('\n');
    assert.equal(phpParser.parse(plainLines(many)).length, 130_000);
  });

  it('claims its own lines only', () => {
    assert.deepEqual(weights(phpParser, lines('#0 /a.php(1): f()', '#1 {main}', '  thrown in /a.php on line 3')), [2, 2, 2]);
    for (const foreign of [
      '#0      main (file:///a.dart:3:1)',
      '#define X',
      '# ./spec/a.rb:3',
      'at f (/srv/a.js:1:2)',
      'f() called at a.pl line 3',
    ])
      assert.deepEqual(weights(phpParser, foreign), [0], foreign);
  });

  it('gives back every call that was written', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}((->|::)[a-z]{1,5})?$/);
    const call = fc.tuple(name, fc.stringMatching(/^\/[a-z/]{0,20}[a-z]\.php$/), fc.integer({ min: 1, max: 99_999 }));
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 20 }), fc.constantFrom('', '1, NULL', "'a): b(', Array"), (calls, args) => {
        const [, file, line] = calls[0]!;
        const entries = calls.map(([each], index) => {
          const [, from, row] = calls[index + 1] ?? ['', '/main.php', 1];
          return `#${index} ${from}(${row}): ${each}(${args})`;
        });
        const text = lines(`LogicException: x in ${file}:${line}`, 'Stack trace:', ...entries, `#${calls.length} {main}`);
        const found = phpParser.parse(plainLines(text))[0]?.frames.map((frame) => [frame.function, frame.file, frame.line]);
        assert.deepEqual(found, [...calls.map((each) => [...each]), ['{main}', '/main.php', 1]]);
      }),
    );
  });

  itIsSafe(phpParser, [
    '#0 ',
    '#1 /a.php(1): f()',
    '{main}',
    ') : eval()',
    'Stack trace:',
    'Uncaught X: y in /a.php:3',
    'Next A\\B: ',
    'PHP Stack trace:',
    'PHP   1. f() /a:3',
    'Exception trace:',
    ' f() at /a:1',
    '[object] (',
    ' on line 3',
    "exception 'X' with message '",
  ]);
});
