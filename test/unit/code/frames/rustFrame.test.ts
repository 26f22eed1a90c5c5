import assert from 'node:assert/strict';
import { quotedPanic, readInlinedName, readRustName, readRustPanic, readRustPlace } from '../../../../src/code/frames/rustFrame';

describe('readRustName', () => {
  it('reads names with and without addresses and hashes', () => {
    assert.equal(readRustName('   6: shop::cart::total'), 'shop::cart::total');
    assert.equal(readRustName('  16:     0x55ab - shop::main::h1854dee5fd9945b4'), 'shop::main');
    assert.equal(readRustName('  16:     0x55ab - std[e28293b1aa0f68bd]::rt::lang_start'), 'std[e28293b1aa0f68bd]::rt::lang_start');
    assert.equal(readRustName('  38:                0x0 - <unknown>'), '<unknown>');
    assert.equal(readRustName('   1: shop::h1854dee5fd9945bx'), 'shop::h1854dee5fd9945bx');
  });

  it('reads no other lines', () => {
    for (const line of ['', '6:', '6:x', 'x: y', '   6 : y', '12345678: y', '   6:     0x55ab'])
      assert.equal(readRustName(line), null, line);
  });
});

describe('readInlinedName', () => {
  it('reads a path that is indented', () => {
    assert.equal(readInlinedName('      shop::main::h49032eccec2d27a3'), 'shop::main');
    for (const line of ['shop::main', '      shop', '      at src/main.rs:3:1', '             at a::b'])
      assert.equal(readInlinedName(line), null, line);
  });
});

describe('readRustPlace', () => {
  it('reads file, line and column', () => {
    assert.deepEqual(readRustPlace('             at ./src/cart.rs:16:19'), { file: './src/cart.rs', line: 16, column: 19 });
    assert.deepEqual(readRustPlace('             at src/libstd/rt.rs:16'), { file: 'src/libstd/rt.rs', line: 16, column: null });
    assert.deepEqual(readRustPlace('             at C:\\shop\\src\\main.rs:3:1'), { file: 'C:\\shop\\src\\main.rs', line: 3, column: 1 });
    for (const line of ['at ./src/cart.rs:16:19', '             at ./src/cart.rs', '    at f (/srv/a.js:1:2)', ''])
      assert.equal(readRustPlace(line), null, line);
  });
});

describe('readRustPanic', () => {
  it('reads both wordings, with names and numbers of threads', () => {
    const place = { file: 'src/main.rs', line: 4, column: 5 };
    assert.deepEqual(readRustPanic("thread 'main' panicked at src/main.rs:4:5:"), { message: '', place, isOpen: true });
    assert.deepEqual(readRustPanic("thread 'tokio-runtime-worker' (77) panicked at src/main.rs:4:5:"), {
      message: '',
      place,
      isOpen: true,
    });
    assert.deepEqual(readRustPanic("thread 'main' panicked at 'it's, bad', src/main.rs:4:5"), {
      message: "it's, bad",
      place,
      isOpen: false,
    });
    assert.deepEqual(readRustPanic("thread 'main' panicked at 'first"), { message: 'first', place: null, isOpen: true });
    assert.deepEqual(readRustPanic("2026 ERROR thread '<unnamed>' panicked at Box<dyn Any>, src/main.rs:4:5"), {
      message: 'Box<dyn Any>',
      place,
      isOpen: false,
    });
  });

  it('reads no other lines', () => {
    for (const line of ['', "thread 'main' started", 'it panicked at noon', 'panicked at src/main.rs:4:5:'])
      assert.equal(readRustPanic(line), null, line);
  });
});

describe('quotedPanic', () => {
  it('reads the last line of a message in quotes', () => {
    assert.deepEqual(quotedPanic(" right: `2`', src/main.rs:4:5")?.message, ' right: `2`');
    assert.equal(quotedPanic("x', y"), null);
    assert.equal(quotedPanic('x'), null);
  });
});
