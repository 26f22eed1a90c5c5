import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rustParser } from '../../../../src/code/frames/rust';
import { plainLines } from '../../../../src/code/frames/text';
import { framesOf, itIsSafe, lines, read, weights } from './parsing';

const SHA = '/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library';

describe('rustParser', () => {
  it('reads a panic with a short backtrace', () => {
    const text = lines(
      '',
      "thread 'main' (6331) panicked at src/cart.rs:16:19:",
      'index out of bounds: the len is 1 but the index is 7',
      'stack backtrace:',
      '   0: __rustc::rust_begin_unwind',
      `             at ${SHA}/std/src/panicking.rs:689:5`,
      '   1: <alloc::vec::Vec<T,A> as core::ops::index::Index<I>>::index',
      `             at ${SHA}/alloc/src/vec/mod.rs:3804:9`,
      '   2: serde_json::de::from_str',
      '             at /home/a/.cargo/registry/src/index.crates.io-6f17d22bba15001f/serde_json-1.0.1/src/de.rs:12:1',
      '   3: <shop::Half as shop::Rule>::apply::{{closure}}',
      '             at ./src/cart.rs:16:19',
      '   4: main',
      'note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.',
    );
    assert.deepEqual(read(rustParser, text), [
      [
        null,
        'panic',
        'index out of bounds: the len is 1 but the index is 7',
        [
          `runtime __rustc::rust_begin_unwind (${SHA}/std/src/panicking.rs:689:5)`,
          `runtime <alloc::vec::Vec<T,A> as core::ops::index::Index<I>>::index (${SHA}/alloc/src/vec/mod.rs:3804:9)`,
          'library serde_json::de::from_str (/home/a/.cargo/registry/src/index.crates.io-6f17d22bba15001f/serde_json-1.0.1/src/de.rs:12:1)',
          'app <shop::Half as shop::Rule>::apply::{{closure}} (./src/cart.rs:16:19)',
          'native main ()',
        ],
      ],
    ]);
  });

  it('reads the wording before Rust 1.73, also with a message of several lines', () => {
    const text = lines(
      "thread '<unnamed>' panicked at 'assertion failed: `(left == right)`",
      '  left: `1`,',
      " right: `2`', src/main.rs:4:5",
      'stack backtrace:',
      '   0: std::panicking::begin_panic',
      '             at /rustc/9d1b2106e23b1abd32fce1f17267604a5102f57a/library/std/src/panicking.rs:616:12',
      '   1: shop::main',
      '             at src/main.rs:4:5',
    );
    const [exception] = read(rustParser, text);
    const [, type, message, frames = []] = exception ?? [];
    assert.deepEqual(
      [type, message, frames[1]],
      ['panic', 'assertion failed: `(left == right)`\n  left: `1`,\n right: `2`', 'app shop::main (src/main.rs:4:5)'],
    );
    assert.equal(read(rustParser, "thread 'main' panicked at 'a, b', src/main.rs:4:5")[0]?.[2], 'a, b');
  });

  it('keeps the place of the panic where no frame has it', () => {
    const text = lines(
      "thread 'main' panicked at src/cart.rs:11:30:",
      'boom',
      'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace',
    );
    assert.deepEqual(read(rustParser, text), [
      [null, 'panic', 'boom', []],
      ['context', 'panicked at', 'src/cart.rs:11:30', ['app - (src/cart.rs:11:30)']],
    ]);
  });

  it('reads a full backtrace: addresses, hashes, functions that were inlined', () => {
    const text = lines(
      "thread 'main' panicked at src/cart.rs:11:30:",
      'boom',
      'stack backtrace:',
      '   0:     0x565325ba52fa - std[e28293b1aa0f68bd]::sys::backtrace::_print_fmt',
      '   1:     0x5595459547c2 - shop::cart::total::h1854dee5fd9945b4',
      '                               at /src/src/cart.rs:11:30',
      '                           shop::main::h49032eccec2d27a3',
      '                               at /src/src/main.rs:3:1',
      '   2:     0x7f1 - __libc_start_call_main',
      '                               at ./csu/../sysdeps/nptl/libc_start_call_main.h:58:16',
      '   3:                0x0 - <unknown>',
    );
    assert.deepEqual(framesOf(rustParser, text), [
      'runtime std[e28293b1aa0f68bd]::sys::backtrace::_print_fmt ()',
      'app shop::cart::total (/src/src/cart.rs:11:30)',
      'app shop::main (/src/src/main.rs:3:1)',
      'native __libc_start_call_main (./csu/../sysdeps/nptl/libc_start_call_main.h:58:16)',
      'native <unknown> ()',
    ]);
    assert.equal(read(rustParser, text).length, 1);
  });

  it('separates the panics of threads, and reads an overflow of the stack', () => {
    const text = lines(
      "thread 'a' panicked at src/a.rs:1:2:",
      'one',
      "thread 'b' panicked at src/b.rs:3:4:",
      'two',
      '',
      "thread 'c' has overflowed its stack",
    );
    assert.deepEqual(
      read(rustParser, text).map(([relation, type, message]) => [relation, type, message]),
      [
        [null, 'panic', 'one'],
        ['context', 'panicked at', 'src/a.rs:1:2'],
        [null, 'panic', 'two'],
        ['context', 'panicked at', 'src/b.rs:3:4'],
        [null, 'fatal runtime error', 'stack overflow'],
      ],
    );
  });

  it('reads errors that carry a backtrace and causes', () => {
    const text = lines(
      'Error: could not price cart',
      '',
      'Caused by:',
      '    0: no coupon',
      '    1: not found',
      '',
      'Stack backtrace:',
      '   0: anyhow::error::<impl anyhow::Error>::msg',
      '             at /home/a/.cargo/registry/src/x/anyhow-1.0.1/src/error.rs:83:36',
      '   1: shop::main',
      '             at ./src/main.rs:4:5',
    );
    assert.deepEqual(
      read(rustParser, text).map(([relation, , message, frames]) => [relation, message, frames.length]),
      [
        [null, 'could not price cart', 2],
        ['cause', 'no coupon', 0],
        ['cause', 'not found', 0],
      ],
    );
  });

  it('reads frames whose beginning is missing', () => {
    const text = lines('some log', '   3: shop::total', '             at ./src/cart.rs:16:19', '   4: shop::main');
    assert.deepEqual(read(rustParser, text), [[null, '', '', ['app shop::total (./src/cart.rs:16:19)', 'app shop::main ()']]]);
  });

  it('claims its own lines only', () => {
    const text = lines("thread 'main' panicked at src/a.rs:1:2:", 'stack backtrace:', '   0: a::b', '             at ./src/a.rs:1:2');
    assert.deepEqual(weights(rustParser, text), [2, 2, 2, 2]);
    assert.deepEqual(weights(rustParser, lines('  35:     0x7f4659cba24a - start', '             at ./csu/start.h:58:16')), [2, 2]);
    for (const foreign of [
      '    at f (/srv/a.js:1:2)',
      '\tat a.B.c(B.java:1)',
      "\t2: from main.rb:21:in 'A::B#c'",
      '  12:   Foo::bar("x");',
      '1: a',
    ])
      assert.deepEqual(weights(rustParser, foreign), [0], foreign);
  });

  it('gives back every frame that was written, short and full', () => {
    const name = fc.stringMatching(/^[a-z_]{1,8}(::[a-z_<>{}]{1,8}){1,3}$/).filter((text) => !text.startsWith('h'));
    const frame = fc.tuple(
      name,
      fc.option(
        fc.tuple(
          fc.stringMatching(/^(\.\/|\/)[a-z/ ]{0,20}[a-z]\.rs$/),
          fc.integer({ min: 1, max: 99_999 }),
          fc.integer({ min: 1, max: 300 }),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 20 }), fc.boolean(), (frames, isFull) => {
        const printed = frames.flatMap(([path, place], index) => [
          `${String(index).padStart(4)}: ${isFull ? '    0x565325ba52fa - ' : ''}${path}`,
          ...(place === null ? [] : [`             at ${place.join(':')}`]),
        ]);
        const text = lines("thread 'main' panicked at src/a.rs:1:2:", 'x', 'stack backtrace:', ...printed);
        const found = rustParser
          .parse(plainLines(text))[0]
          ?.frames.map(({ function: path, file, line, column }) => [path, file, line, column]);
        assert.deepEqual(
          found,
          frames.map(([path, place]) => [path, ...(place ?? [null, null, null])]),
        );
      }),
    );
  });

  itIsSafe(rustParser, [
    "thread 'a' panicked at ",
    "thread 'a' panicked at 'x",
    "', src/a.rs:1:2",
    'stack backtrace:',
    '   0: a::b',
    '  at a.rs:1:2',
    'Error: x',
    'Caused by:',
    'note: ',
    '0x1 - a::h0123456789abcdef',
    ' has overflowed its stack',
  ]);
});
