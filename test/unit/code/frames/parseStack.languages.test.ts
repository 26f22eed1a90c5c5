import assert from 'node:assert/strict';
import { parseStackTraces } from '../../../../src/code/frames/parseStack';
import { lines } from './parsing';

/** One trace per language, as their runtimes print them. */
const TRACES = {
  ruby: lines("lib/cart.rb:12:in 'Shop::Cart#discount': undefined method '[]' for nil (NoMethodError)", "\tfrom main.rb:21:in '<main>'"),
  php: lines(
    'PHP Fatal error:  Uncaught LogicException: no coupon in /srv/Cart.php:17',
    'Stack trace:',
    '#0 /srv/main.php(12): f()',
    '#1 {main}',
  ),
  csharp: lines('Unhandled exception. System.InvalidOperationException: a', '   at Shop.Cart.Discount(String x) in /src/Cart.cs:line 12'),
  rust: lines(
    "thread 'main' panicked at src/cart.rs:16:19:",
    'boom',
    'stack backtrace:',
    '   0: shop::total',
    '             at ./src/cart.rs:16:19',
  ),
  elixir: lines('** (KeyError) key :coupon not found', '    (shop 0.1.0) lib/cart.ex:7: Cart.discount/1'),
  swift: lines(
    '*** Program crashed: Bad pointer dereference at 0x04 ***',
    '',
    'Thread 0 crashed:',
    '',
    '0 0x0102 f() + 12 in shop at /src/Cart.swift:33:3',
  ),
  dart: lines(
    'Unhandled exception:',
    'Bad state: x',
    '#0      Cart.total (package:shop/cart.dart:12:5)',
    '#1      main (file:///main.dart:3:1)',
  ),
  perl: lines('no coupon at /srv/Cart.pm line 12.', '\tCart::coupon(HASH(0x55)) called at main.pl line 16'),
  javascript: lines('TypeError: x is undefined', '    at f (/srv/a.js:1:2)', '    at async g (/srv/b.js:3:4)'),
  java: lines('java.lang.IllegalStateException: x', '\tat com.acme.A.b(A.java:1)', '\tat com.acme.A.main(A.java:9)'),
  python: lines('Traceback (most recent call last):', '  File "/a.py", line 1, in f', 'KeyError: x'),
  go: lines('panic: x', '', 'goroutine 1 [running]:', 'main.main()', '\t/srv/a.go:1 +0x1'),
};

describe('stacks of all languages', () => {
  it('are told apart by their lines', () => {
    for (const [language, text] of Object.entries(TRACES)) {
      const traces = parseStackTraces(text);
      assert.deepEqual(
        traces.map((trace) => trace.language),
        [language],
      );
      assert.notEqual(traces[0]?.culpritFrame, null, language);
      assert.deepEqual([traces[0]?.range.start, traces[0]?.range.end], [startOf(language), text.length - endOf(language)], language);
    }
  });

  it('are told apart in one text', () => {
    const text = Object.values(TRACES).join('\n\nRestarting the service now.\n\n');
    assert.deepEqual(
      parseStackTraces(text).map(({ language }) => language),
      Object.keys(TRACES),
    );
  });

  it('survive being quoted in a line of JSON', () => {
    for (const [language, text] of Object.entries(TRACES)) {
      const line = `{"level":"error","stack":${JSON.stringify(text)}}`;
      assert.deepEqual(
        parseStackTraces(line).map((trace) => [trace.language, trace.exceptions.length]),
        parseStackTraces(text).map((trace) => [trace.language, trace.exceptions.length]),
        language,
      );
    }
  });
});

/** What stands above the error of Dart names none. */
const startOf = (language: string) => (language === 'dart' ? 'Unhandled exception:\n'.length : 0);
/** PHP's last line has no place of its own. */
const endOf = (language: string) => (language === 'php' ? '\n#1 {main}'.length : 0);
