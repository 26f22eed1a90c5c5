import assert from 'node:assert/strict';
import { parseGeckoFrame } from '../../../../src/code/frames/geckoFrame';
import { javascriptParser } from '../../../../src/code/frames/javascript';
import { assertRanges, framesOf, itIsSafe, lines, read, shown, weights } from './parsing';

const SHOP = 'https://shop.example/app.js';

describe('Stacks of browsers and other engines', () => {
  itIsSafe(javascriptParser, [
    'at f (',
    '@http://',
    'eval code',
    '[native code]',
    ' > eval',
    'Error: ',
    '[errors]: [',
    '[cause]: ',
    'Line 3 of linked script ',
  ]);

  it('reads Firefox: no header, names left out, code that was evaluated', () => {
    const text = lines(`discount@${SHOP}?v=12:2:3`, `@${SHOP}?v=12 line 16 > eval:1:9`, `@${SHOP}?v=12:16:7`, '');
    assert.deepEqual(read(javascriptParser, text), [
      [null, 'Error', '', [`app discount (${SHOP}?v=12:2:3)`, 'eval - (1:9)', `app - (${SHOP}?v=12:16:7)`]],
    ]);
    assertRanges(javascriptParser, text);
  });

  it('leaves out what Firefox says about the way a callback took', () => {
    const text = lines(
      `async*load@${SHOP}:11:23`,
      `setTimeout handler*run@${SHOP}:12:3`,
      `promise callback*@${SHOP}:13:3`,
      `EventListener.handleEvent*onClick/<@${SHOP}:14:3`,
    );
    assert.deepEqual(framesOf(javascriptParser, text), [
      `app load (${SHOP}:11:23)`,
      `app run (${SHOP}:12:3)`,
      `app - (${SHOP}:13:3)`,
      `app onClick/< (${SHOP}:14:3)`,
    ]);
  });

  it('finds the place behind an @ in a name or a URL', () => {
    const frames: [string, string][] = [
      ['who@http://localhost:5000/misc/@stuff/foo.js:3:9', 'app who (http://localhost:5000/misc/@stuff/foo.js:3:9)'],
      ['["@type"]@https://shop.example/a.js:1:2', 'app ["@type"] (https://shop.example/a.js:1:2)'],
      ['render@resource://shop/bundle.js:5:1', 'library render (resource://shop/bundle.js:5:1)'],
      ['f@blob:https://shop.example/3f-2a:5:1', 'app f (blob:https://shop.example/3f-2a:5:1)'],
      [
        '[2]</Bar.prototype._baz/</<@http://shop.example/file.js:703:28',
        'app [2]</Bar.prototype._baz/</< (http://shop.example/file.js:703:28)',
      ],
      ['s@33.js:1:531', 'app s (33.js:1:531)'],
      ['@debugger eval code:1:1', 'eval - (1:1)'],
      ['@javascript:1:2 line 3 > Function:5:6', 'eval - (5:6)'],
    ];
    for (const [line, expected] of frames) assert.equal(shown(parseGeckoFrame(line) as never), expected);
  });

  it('takes no address for a place', () => {
    for (const line of [
      'admin@10.0.0.1:8080',
      'postgres://shop:secret@db:5432',
      'me@example.org',
      'x@y z:1:2',
      'a word@/srv/a.js:1:2',
      '@',
      '@:1:2',
    ])
      assert.equal(parseGeckoFrame(line), null, line);
  });

  it('reads Safari: bare places, code outside of functions, native code', () => {
    const text = lines(`${SHOP}:48:22`, `foo@${SHOP}:52:15`, 'forEach@[native code]', `global code@${SHOP}:108:107`, '[native code]');
    assert.deepEqual(framesOf(javascriptParser, text), [
      `app - (${SHOP}:48:22)`,
      `app foo (${SHOP}:52:15)`,
      'native forEach ()',
      `app global code (${SHOP}:108:107)`,
      'native - ()',
    ]);
  });

  it('counts evaluated code and the function that evaluates it once', () => {
    const text = lines('baz', 'foo', 'eval code', 'eval@[native code]', `speak@${SHOP}:26:21`, `global code@${SHOP}:33:18`);
    assert.deepEqual(framesOf(javascriptParser, text), [
      'native baz ()',
      'native foo ()',
      'eval eval code ()',
      `app speak (${SHOP}:26:21)`,
      `app global code (${SHOP}:33:18)`,
    ]);
  });

  it('reads React Native, in which bundles have numbers for names', () => {
    const text = lines('value@81.js:1:1505', '102.js:1:2956', 'value@[native code]', '  at render (index.android.bundle:1:999)');
    assert.deepEqual(framesOf(javascriptParser, text), [
      'app value (81.js:1:1505)',
      'app - (102.js:1:2956)',
      'native value ()',
      'app render (index.android.bundle:1:999)',
    ]);
  });

  it('reads Hermes', () => {
    const text = lines(
      "TypeError: Cannot read property 'x' of undefined",
      '    at discount (address at /data/app/index.android.bundle:1:1234)',
      '    at anonymous (native)',
      '    ... skipping 12 frames',
      '    at render (address at index.android.bundle:1:999)',
    );
    assert.deepEqual(framesOf(javascriptParser, text), [
      'app discount (/data/app/index.android.bundle:1:1234)',
      'native anonymous ()',
      'app render (index.android.bundle:1:999)',
    ]);
  });

  it('reads Internet Explorer and Edge', () => {
    const text = lines(
      "TypeError: Unable to get property 'undef' of undefined or null reference",
      `   at Anonymous function (${SHOP}:48:13)`,
      '   at eval code (eval code:4:18)',
      `   at Global code (${SHOP}:82:1)`,
    );
    assert.deepEqual(framesOf(javascriptParser, text), [
      `app Anonymous function (${SHOP}:48:13)`,
      'eval eval code (4:18)',
      `app Global code (${SHOP}:82:1)`,
    ]);
  });

  it('reads Firefox 3 and Opera 10, which print arguments', () => {
    const text = lines(
      '()@http://shop.example/a.js:44',
      '(null)@http://shop.example/a.js:31',
      'bar("a b",1)@http://shop.example/a.js:13',
      '<anonymous function: run>([arguments not available])@http://shop.example/a.js:27',
      '<anonymous function>@http://shop.example/a.js:15',
    );
    assert.deepEqual(framesOf(javascriptParser, text), [
      'app - (http://shop.example/a.js:44)',
      'app - (http://shop.example/a.js:31)',
      'app bar (http://shop.example/a.js:13)',
      'app run (http://shop.example/a.js:27)',
      'app - (http://shop.example/a.js:15)',
    ]);
  });

  it('reads Opera 9, which prints the code below each place', () => {
    const text = lines(
      'Statement on line 44: Type mismatch',
      'Backtrace:',
      `  Line 44 of linked script ${SHOP}`,
      '    this.undef();',
      `  Line 4 of inline#1 script in ${SHOP}: In function bar`,
      '    printTrace(printStackTrace());',
      '  Line x of linked script y',
    );
    const [exception] = javascriptParser.parse(text.split('\n').map((line) => ({ text: line, start: 0, end: line.length })));
    assert.deepEqual(
      exception?.frames.map((frame) => [shown(frame), frame.codeText]),
      [
        [`app - (${SHOP}:44)`, 'this.undef();'],
        [`app bar (${SHOP}:4)`, 'printTrace(printStackTrace());'],
      ],
    );
  });

  it('reads Deno, Bun and frames of WebAssembly', () => {
    const deno = lines(
      'error: Uncaught (in promise) TypeError: boom',
      '    at f (file:///srv/a.ts:1:22)',
      '    at ext:core/01_core.js:10:2',
    );
    assert.deepEqual(read(javascriptParser, deno), [
      [null, 'TypeError', 'boom', ['app f (file:///srv/a.ts:1:22)', 'runtime - (ext:core/01_core.js:10:2)']],
    ]);
    const bun = lines('error: boom', '      at f (/srv/a.ts:1:22)', '      at loadAndEvaluateModule (native:1:11)');
    assert.deepEqual(read(javascriptParser, bun), [[null, 'error', 'boom', ['app f (/srv/a.ts:1:22)', 'native loadAndEvaluateModule ()']]]);
    const wasm = lines('RuntimeError: unreachable', '    at add (wasm://wasm/8e6c:wasm-function[0]:0x1e)', '    at f (/srv/a.js:1:2)');
    assert.deepEqual(framesOf(javascriptParser, wasm), ['native add ()', 'app f (/srv/a.js:1:2)']);
  });

  it('reads places that stand right behind the name', () => {
    const text = lines('TypeError: x', '   at Test.render(webpack:///./src/test.jsx?:272:32)', ' at render(/home/a/Monitor.js:78:24)');
    assert.deepEqual(framesOf(javascriptParser, text), [
      'app Test.render (webpack:///./src/test.jsx?:272:32)',
      'app render (/home/a/Monitor.js:78:24)',
    ]);
  });

  it('names the file for code that evaluated code, and the line of the text for code that a file evaluated', () => {
    const once = lines('Error: x', '    at g (eval at run (/srv/a.js:14:23), <anonymous>:1:25)', '    at run (/srv/a.js:14:23)');
    assert.deepEqual(framesOf(javascriptParser, once), ['eval g (1:25)', 'app run (/srv/a.js:14:23)']);
    const nested = lines(
      'Error: x',
      '    at baz (eval at foo (eval at speak (/srv/a.js:21:17)), <anonymous>:1:30)',
      '    at foo (eval at speak (/srv/a.js:21:17), <anonymous>:2:96)',
      '    at eval (eval at old (native), <anonymous>:2:1)',
    );
    assert.deepEqual(framesOf(javascriptParser, nested), ['eval baz (/srv/a.js:21:17)', 'eval foo (/srv/a.js:21:17)', 'eval eval (2:1)']);
    const firefox = lines('baz@/srv/a.js line 26 > eval line 2 > eval:1:30', 'foo@/srv/a.js line 26 > eval:2:96');
    assert.deepEqual(framesOf(javascriptParser, firefox), ['eval baz (/srv/a.js:26)', 'eval foo (/srv/a.js:26)']);
  });

  it('weighs what only JavaScript prints the most', () => {
    assert.deepEqual(
      weights(javascriptParser, lines('    at f (/srv/a.js:1:2)', 'f@https://a.b/c.js:3', '    at Array.map (<anonymous>)')),
      [2, 2, 1],
    );
    assert.deepEqual(
      weights(javascriptParser, lines('  [errors]: [', '  [cause]: Error: x', 'eval code', '    at f (/srv/a.js:3)')),
      [1, 1, 1, 1],
    );
    assert.deepEqual(
      weights(
        javascriptParser,
        lines(
          '\tat com.acme.A.b(A.java:1)',
          '   at Shop.Cart.F(String x) in /src/Cart.cs:line 12',
          '             at ./src/cart.rs:16:19',
          'at noon',
        ),
      ),
      [0, 0, 0, 0],
    );
  });
});
