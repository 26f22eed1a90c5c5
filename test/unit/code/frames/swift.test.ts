import assert from 'node:assert/strict';
import fc from 'fast-check';
import { swiftParser } from '../../../../src/code/frames/swift';
import { plainLines } from '../../../../src/code/frames/text';
import { framesOf, itIsSafe, lines, read, weights } from './parsing';

describe('swiftParser', () => {
  it('reads a backtrace of the thread that crashed', () => {
    const text = lines(
      '*** Signal 11: Backtracing from 0x55d3... done ***',
      '',
      '*** Program crashed: Bad pointer dereference at 0x0000000000000004 ***',
      '',
      'Thread 0 "shop" crashed:',
      '',
      '0 [inlined] [system] 0x0000000100003d9c Swift runtime failure: arithmetic overflow in shop at /<compiler-generated>',
      '1               0x000055d3 closure #1 in Cart.total() + 44 in shop at /src/Sources/shop/Cart.swift:5:15',
      '2 [ra]          0x000055d4 Log.write() + 12 in shop at /src/.build/checkouts/swift-log/Sources/Log.swift:9:1',
      '...',
      '7 [ra] [system] 0x00007fff static Main.$main() + 12 in shop at /src/Sources/shop/main.swift',
      '8 [ra]          0x00007ffe start + 2432 in dyld',
      '',
      'Thread 1:',
      '',
      '0 0x00007fff __wait4 + 10 in libsystem_kernel.dylib',
    );
    assert.deepEqual(read(swiftParser, text), [
      [
        null,
        'Program crashed',
        'Bad pointer dereference at 0x0000000000000004',
        [
          'runtime Swift runtime failure: arithmetic overflow (/<compiler-generated>)',
          'app closure #1 in Cart.total() (/src/Sources/shop/Cart.swift:5:15)',
          'library Log.write() (/src/.build/checkouts/swift-log/Sources/Log.swift:9:1)',
          'runtime static Main.$main() (/src/Sources/shop/main.swift)',
          'runtime start ()',
        ],
      ],
    ]);
  });

  it('reads the code between frames, and what the program said before', () => {
    const text = lines(
      'shop/Cart.swift:12: Fatal error: Index out of range',
      '💣 Program crashed: System trap at 0x000000018f0a5b44',
      '',
      'Thread 0 crashed:',
      '',
      '0 Cart.total() + 44 in shop at /src/Cart.swift:12:7',
      '',
      '    11│     // x',
      '    12│     return items[3]',
      '      │                ▲',
      '    13│ }',
    );
    const [crash, cause] = swiftParser.parse(plainLines(text));
    assert.deepEqual([crash?.type, crash?.frames[0]?.codeText], ['Program crashed', 'return items[3]']);
    assert.deepEqual(
      [cause?.relation, cause?.type, cause?.message, cause?.frames[0]?.line],
      ['cause', 'Fatal error', 'Index out of range', 12],
    );
  });

  it('reads an error without a backtrace', () => {
    assert.deepEqual(read(swiftParser, 'Swift/ContiguousArrayBuffer.swift:600: Fatal error: Index out of range'), [
      [null, 'Fatal error', 'Index out of range', ['runtime - (Swift/ContiguousArrayBuffer.swift:600)']],
    ]);
  });

  it("reads crash reports of Apple's systems", () => {
    const text = lines(
      'Exception Type:  EXC_BAD_ACCESS (SIGSEGV)',
      'Triggered by Thread:  0',
      '',
      'Thread 0 name:  Dispatch queue: com.apple.main-thread',
      'Thread 0 Crashed:',
      '0   Shop                          \t0x0000000102d5bcb4 Cart.discount() + 248 (Cart.swift:39)',
      '1   libswiftCore.dylib            \t0x0000000102d5bcb5 swift_retain + 8',
      '',
      'Thread 1:',
      '0   libsystem_kernel.dylib        \t0x0000000102d5bcb5 wait4 + 8',
      "*** Terminating app due to uncaught exception 'NSRangeException', reason: 'index 3 beyond bounds'",
      '*** First throw call stack:',
      '(',
      '\t0   CoreFoundation                      0x00007ff800 __exceptionPreprocess + 242',
      '\t1   Shop                                0x0000000100 -[Cart total] + 31',
      ')',
    );
    assert.deepEqual(read(swiftParser, text), [
      [null, 'EXC_BAD_ACCESS (SIGSEGV)', '', ['app Cart.discount() (Cart.swift:39)', 'runtime swift_retain ()']],
      [null, 'NSRangeException', 'index 3 beyond bounds', ['runtime __exceptionPreprocess ()', 'app -[Cart total] ()']],
    ]);
  });

  it('claims its own lines only', () => {
    assert.deepEqual(weights(swiftParser, '*** Program crashed: x ***\n0 [ra] 0x01 f() + 1 in m at /a.swift:1:2'), [2, 2]);
    for (const foreign of [
      '   6:     0x565325ba52fa - a::b',
      '3 errors in cart at noon',
      '#0 0x01 in f',
      '*** Error: x ***',
      '12:30:01 0x12 in a',
    ])
      assert.deepEqual(weights(swiftParser, foreign), [0], foreign);
  });

  it('gives back every frame that was written', () => {
    const frame = fc.tuple(
      fc.stringMatching(/^(static )?[A-Z][a-z]{0,8}\.[a-z]{1,8}\([a-z:]{0,6}\)( throws)?$/),
      fc.stringMatching(/^\/[a-z/ ]{0,20}[a-z]\.swift$/),
      fc.integer({ min: 1, max: 99_999 }),
      fc.integer({ min: 1, max: 300 }),
    );
    fc.assert(
      fc.property(
        fc.array(frame, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('[ra] 0x0102 ', '0x0102 ', '[inlined] 0x01 ', ''),
        (frames, lead) => {
          const printed = frames.map(
            ([name, file, line, column], index) => `${index} ${lead}${name} + 12 in shop at ${file}:${line}:${column}`,
          );
          const found = swiftParser.parse(plainLines(lines('*** Program crashed: x ***', 'Thread 0 crashed:', ...printed)))[0]?.frames;
          assert.deepEqual(
            found?.map((each) => [each.function, each.file, each.line, each.column]),
            frames.map((each) => [...each]),
          );
        },
      ),
    );
  });

  it('reads no frame of threads that did not crash', () => {
    const text = lines(
      '*** Program crashed: x ***',
      'Thread 0:',
      '0 0x01 f() + 1 in m at /a.swift:1:2',
      'Thread 1 crashed:',
      '0 0x01 g() + 1 in m at /a.swift:3:4',
    );
    assert.deepEqual(framesOf(swiftParser, text), ['app g() (/a.swift:3:4)']);
  });

  itIsSafe(swiftParser, [
    '*** Program crashed: x ***',
    '💣 a: b',
    'Thread 0 crashed:',
    'Thread 1:',
    '0 [ra] 0x01 f() + 1 in m at /a.swift:1:2',
    '[ra] ',
    ' in ',
    ' at ',
    '12│ x',
    'a.swift:1: Fatal error: x',
    'Exception Type: X',
    '0 A 0x01 b + 1',
  ]);
});
