import assert from 'node:assert/strict';
import fc from 'fast-check';
import { perlParser } from '../../../../src/code/frames/perl';
import { plainLines } from '../../../../src/code/frames/text';
import { framesOf, itIsSafe, lines, read, weights } from './parsing';

describe('perlParser', () => {
  it('puts each function together with the place that the line before names', () => {
    const text = lines(
      'no coupon at /srv/shop/lib/Cart.pm line 12.',
      '\tShop::Cart::coupon(HASH(0x55d0), "a(b) called at x line 3") called at /srv/shop/lib/Cart.pm line 16',
      '\teval {...} called at /usr/share/perl5/Try/Tiny.pm line 102',
      '\tTry::Tiny::try(CODE(0x55), Try::Tiny::Catch=REF(0x56)) called at /usr/share/perl/5.36/Base.pm line 7',
      '\tmain::run() called at main.pl line 21',
    );
    assert.deepEqual(read(perlParser, text), [
      [
        null,
        'die',
        'no coupon',
        [
          'app Shop::Cart::coupon (/srv/shop/lib/Cart.pm:12)',
          'app eval {...} (/srv/shop/lib/Cart.pm:16)',
          'library Try::Tiny::try (/usr/share/perl5/Try/Tiny.pm:102)',
          'runtime main::run (/usr/share/perl/5.36/Base.pm:7)',
          'app main (main.pl:21)',
        ],
      ],
    ]);
  });

  it('reads a death without callers, also while input is read', () => {
    assert.deepEqual(read(perlParser, 'no coupon at main.pl line 12.'), [[null, 'die', 'no coupon', ['app - (main.pl:12)']]]);
    assert.deepEqual(read(perlParser, 'Illegal division by zero at /srv/a.pl line 3, <STDIN> line 5.'), [
      [null, 'die', 'Illegal division by zero', ['app - (/srv/a.pl:3)']],
    ]);
    assert.deepEqual(read(perlParser, 'died at /srv/a.pl line 3, <$fh> chunk 2.')[0]?.[3], ['app - (/srv/a.pl:3)']);
  });

  it('reads a message that ends with a line, and evaluated code', () => {
    const text = lines('too deep', ' at (eval 6) line 1.', '\teval \'Carp::confess("deep\\n")\' called at -e line 1');
    assert.deepEqual(read(perlParser, text), [[null, 'die', 'too deep', ['eval eval ((eval 6):1)', 'eval main (-e:1)']]]);
  });

  it('reads on where a file could not be compiled', () => {
    const text = lines(
      'syntax error at /srv/lib/Cart.pm line 12, near "foo ("',
      'Compilation failed in require at main.pl line 3.',
      'BEGIN failed--compilation aborted at main.pl line 3.',
    );
    assert.deepEqual(framesOf(perlParser, text), ['app - (/srv/lib/Cart.pm:12)', 'app main (main.pl:3)']);
  });

  it('reads the traces of Devel::StackTrace', () => {
    const text = lines(
      'no coupon',
      'Trace begun at lib/Cart.pm line 9',
      "Cart::coupon('x', 1) called at lib/Cart.pm line 12",
      'main::run at main.pl line 2',
    );
    assert.deepEqual(framesOf(perlParser, text)[0], 'app Cart::coupon (lib/Cart.pm:9)');
    assert.equal(read(perlParser, text)[0]?.[2], 'no coupon');
  });

  it('claims its own lines only', () => {
    assert.deepEqual(weights(perlParser, 'x at a.pl line 1.\n\tf() called at a.pm line 2'), [2, 2]);
    for (const foreign of [
      '  File "/a.py", line 1, in f',
      'PHP Warning:  x in /a.php on line 3',
      'look at line 3',
      'failed at noon line 3',
      'in f called at /a.php (3)',
    ])
      assert.deepEqual(weights(perlParser, foreign), [0], foreign);
  });

  it('finds no death in sentences', () => {
    assert.deepEqual(read(perlParser, 'We saw it at the end of line 3\nit broke at position line 4'), []);
  });

  it('gives back every call that was written', () => {
    const call = fc.tuple(
      fc.stringMatching(/^[A-Z][a-z]{0,6}(::[a-z_]{1,8}){1,3}$/),
      fc.stringMatching(/^\/[a-z/]{0,20}[a-z]\.p[lm]$/),
      fc.integer({ min: 1, max: 99_999 }),
    );
    fc.assert(
      fc.property(
        fc.array(call, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('', 'HASH(0x55), "a b"', "'at x line 3'"),
        (calls, args) => {
          const [, file, line] = calls[0]!;
          const callers = calls.map(([name], index) => {
            const [, from, row] = calls[index + 1] ?? ['', '/main.pl', 1];
            return `\t${name}(${args}) called at ${from} line ${row}`;
          });
          const found = perlParser.parse(plainLines(lines(`x at ${file} line ${line}.`, ...callers)))[0]?.frames;
          assert.deepEqual(
            found?.map((each) => [each.function, each.file, each.line]),
            [...calls.map((each) => [...each]), ['main', '/main.pl', 1]],
          );
        },
      ),
    );
  });

  itIsSafe(perlParser, [
    'x at a.pl line 1.',
    '\tf() called at a.pl line 2',
    ' called at ',
    ' line ',
    ' line 3',
    ' at ',
    ', <STDIN> line 3.',
    'BEGIN failed--compilation aborted',
    "eval '",
    '(eval 3)',
  ]);
});
