import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dartParser } from '../../../../src/code/frames/dart';
import { plainLines } from '../../../../src/code/frames/text';
import { framesOf, itIsSafe, lines, read, weights } from './parsing';

describe('dartParser', () => {
  it('reads what the Dart machine prints for an error that nobody caught', () => {
    const text = lines(
      'Unhandled exception:',
      'RangeError (index): Invalid value: Valid value range is empty: 1',
      '#0      List.[] (dart:core-patch/growable_array.dart:264:36)',
      '#1      Cart.total (file:///srv/shop/bin/cart.dart:12:9)',
      '<asynchronous suspension>',
      '#2      _CartState.build.<anonymous closure> (package:shop/main.dart)',
      '#3      new Client (package:http/src/client.dart:9)',
    );
    assert.deepEqual(read(dartParser, text), [
      [
        null,
        'RangeError',
        'RangeError (index): Invalid value: Valid value range is empty: 1',
        [
          'runtime List.[] (dart:core-patch/growable_array.dart:264:36)',
          'app Cart.total (file:///srv/shop/bin/cart.dart:12:9)',
          'app _CartState.build.<anonymous closure> (package:shop/main.dart)',
          'library new Client (package:http/src/client.dart:9)',
        ],
      ],
    ]);
  });

  it('names errors whose words do not begin with their name', () => {
    const words = {
      'Bad state: No element': 'StateError',
      "type 'int' is not a subtype of type 'String'": 'TypeError',
      'Null check operator used on a null value': 'TypeError',
      'Concurrent modification during iteration: [].': 'ConcurrentModificationError',
      'Unsupported operation: x': 'UnsupportedError',
      'Invalid argument(s): x': 'ArgumentError',
      "Instance of 'PriceError'": 'PriceError',
      'FormatException: Unexpected character (at character 1)': 'FormatException',
      'just a text that was thrown': 'Error',
    };
    for (const [said, type] of Object.entries(words)) {
      assert.equal(read(dartParser, lines('Unhandled exception:', said, '#0      main (file:///a.dart:1:1)'))[0]?.[1], type, said);
    }
  });

  it('reads the log of a device, without what stands before each line', () => {
    for (const lead of ['E/flutter ( 1234): ', '11-21 02:03:43.123  1234  1250 E flutter : ']) {
      const text = [
        '[ERROR:flutter/runtime/dart_vm_initializer.cc(41)] Unhandled Exception: FormatException: bad price',
        '#0      Cart.total (package:shop/cart.dart:12:9)',
        '<asynchronous suspension>',
        '#1      main (package:shop/main.dart:3:1)',
      ].map((line) => lead + line);
      assert.deepEqual(
        read(dartParser, lines(...text)),
        [[null, 'FormatException', 'bad price', ['app Cart.total (package:shop/cart.dart:12:9)', 'app main (package:shop/main.dart:3:1)']]],
        lead,
      );
    }
  });

  it('reads the report of Flutter', () => {
    const text = lines(
      '══╡ EXCEPTION CAUGHT BY WIDGETS LIBRARY ╞═══════',
      'The following _TypeError was thrown building Cart(dirty):',
      "type 'Null' is not a subtype of type 'String'",
      '',
      'The relevant error-causing widget was:',
      '  Cart Cart:file:///x/lib/main.dart:12:13',
      '',
      'When the exception was thrown, this was the stack:',
      '#0      Cart.build (package:shop/cart.dart:12:5)',
      '#1      StatelessElement.build (package:flutter/src/widgets/framework.dart:5550:49)',
      '...     Normal element mounting (25 frames)',
      '#26     main (package:shop/main.dart:3:3)',
    );
    assert.deepEqual(read(dartParser, text), [
      [
        null,
        '_TypeError',
        "type 'Null' is not a subtype of type 'String'",
        [
          'app Cart.build (package:shop/cart.dart:12:5)',
          'runtime StatelessElement.build (package:flutter/src/widgets/framework.dart:5550:49)',
          'app main (package:shop/main.dart:3:3)',
        ],
      ],
    ]);
  });

  it('reads the short form of package:stack_trace, over asynchronous gaps', () => {
    const text = lines(
      'Unhandled exception:',
      'Bad state: No element',
      'package:shop/cart.dart 12:5     Cart.total',
      'dart:async/zone.dart 1190:47  _CustomZone.runUnary',
      '===== asynchronous gap ===========================',
      'lib/main.dart 3   main.<fn>',
    );
    assert.deepEqual(framesOf(dartParser, text), [
      'app Cart.total (package:shop/cart.dart:12:5)',
      'runtime _CustomZone.runUnary (dart:async/zone.dart:1190:47)',
      'app main.<fn> (lib/main.dart:3)',
    ]);
  });

  it('separates traces where the numbers begin again, and reads compiled frames', () => {
    const text = lines(
      '#0      f (file:///a.dart:1:1)',
      '#1      main (file:///a.dart:2:1)',
      '#0      g (file:///b.dart:1:1)',
      '    #00 abs 000000723d6346d7 virt 00000000001ed6d7 _kDartIsolateSnapshotInstructions+0x1e26d7',
    );
    assert.deepEqual(
      read(dartParser, text).map(([, , , frames]) => frames),
      [
        ['app f (file:///a.dart:1:1)', 'app main (file:///a.dart:2:1)'],
        ['app g (file:///b.dart:1:1)'],
        ['native _kDartIsolateSnapshotInstructions+0x1e26d7 ()'],
      ],
    );
  });

  it('claims its own lines only', () => {
    assert.deepEqual(weights(dartParser, '#0      main (file:///a.dart:1:1)\npackage:a/b.dart 1:2  f'), [2, 2]);
    for (const foreign of ['#0 /a.php(1): f()', '#1 {main}', '# a.dart is here', 'we changed a.dart 3 times', '    at f (/a.js:1:2)'])
      assert.deepEqual(weights(dartParser, foreign), [0], foreign);
  });

  it('gives back every frame that was written, in both forms', () => {
    const frame = fc.tuple(
      fc.stringMatching(/^[A-Za-z_]{1,8}(\.[a-z_]{1,8}){0,2}$/),
      fc.stringMatching(/^(package:|dart:|file:\/\/\/)[a-z/]{0,20}[a-z]\.dart$/),
      fc.integer({ min: 1, max: 99_999 }),
      fc.integer({ min: 1, max: 300 }),
    );
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 20 }), fc.boolean(), (frames, isShort) => {
        const printed = frames.map(([name, file, line, column], index) =>
          isShort ? `${file} ${line}:${column}   ${name}` : `#${String(index).padEnd(7)}${name} (${file}:${line}:${column})`,
        );
        const found = dartParser.parse(plainLines(lines('Unhandled exception:', 'Bad state: x', ...printed)))[0]?.frames;
        assert.deepEqual(
          found?.map((each) => [each.function, each.file, each.line, each.column]),
          frames.map((each) => [...each]),
        );
      }),
    );
  });

  itIsSafe(dartParser, [
    '#0      f (file:///a.dart:1:1)',
    '#1 ',
    'package:a/b.dart 1:2  f',
    '.dart ',
    'Unhandled exception:',
    'The following X was thrown',
    'E/flutter ( 1): ',
    '<asynchronous suspension>',
    '===== asynchronous gap =====',
    'Bad state: ',
    '#00 abs 00 virt 00 x',
  ]);
});
