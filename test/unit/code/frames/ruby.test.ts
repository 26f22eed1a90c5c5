import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rubyParser } from '../../../../src/code/frames/ruby';
import { plainLines } from '../../../../src/code/frames/text';
import { framesOf, itIsSafe, lines, read, weights } from './parsing';

describe('rubyParser', () => {
  it('reads what the interpreter prints up to Ruby 3.3', () => {
    const text = lines(
      "/srv/shop/lib/cart.rb:12:in `discount': undefined method `fetch' for nil:NilClass (NoMethodError)",
      "\tfrom /srv/shop/lib/cart.rb:16:in `block in total'",
      "\tfrom /srv/shop/lib/cart.rb:16:in `each'",
      "\tfrom /usr/local/bundle/gems/rack-2.2.3/lib/rack/null_logger.rb:11:in `call'",
      "\tfrom main.rb:21:in `<main>'",
    );
    assert.deepEqual(read(rubyParser, text), [
      [
        null,
        'NoMethodError',
        "undefined method `fetch' for nil:NilClass",
        [
          'app discount (/srv/shop/lib/cart.rb:12)',
          'app block in total (/srv/shop/lib/cart.rb:16)',
          'app each (/srv/shop/lib/cart.rb:16)',
          'library call (/usr/local/bundle/gems/rack-2.2.3/lib/rack/null_logger.rb:11)',
          'app <main> (main.rb:21)',
        ],
      ],
    ]);
  });

  it('reads the quotes and class names of Ruby 3.4, and the code that it shows', () => {
    const text = lines(
      "lib/cart.rb:12:in 'Shop::Cart#discount': undefined method '[]' for nil (NoMethodError)",
      '',
      '      coupon[:percent] * 2',
      '            ^^^^^^^^^^',
      "\tfrom lib/cart.rb:3:in 'Integer#times'",
      "\tfrom <internal:numeric>:238:in 'Integer#times'",
    );
    const [exception] = rubyParser.parse(plainLines(text));
    assert.equal(exception?.message, "undefined method '[]' for nil");
    assert.equal(exception?.frames[0]?.codeText, 'coupon[:percent] * 2');
    assert.deepEqual(framesOf(rubyParser, text), [
      'app Shop::Cart#discount (lib/cart.rb:12)',
      'app Integer#times (lib/cart.rb:3)',
      'runtime Integer#times (<internal:numeric>:238)',
    ]);
  });

  it('keeps a message of several lines, without the suggestion', () => {
    const text = lines(
      "a.rb:3:in `f': first (ArgumentError)",
      'second',
      'Did you mean?  g',
      "\tfrom a.rb:9:in `<main>'",
      'something else that was logged',
    );
    assert.deepEqual(read(rubyParser, text)[0]?.slice(1, 3), ['ArgumentError', 'first\nsecond']);
  });

  it('does not take what follows an error without callers for its message', () => {
    assert.equal(read(rubyParser, lines("a.rb:3:in `<main>': first (RuntimeError)", 'Listening on port 3000'))[0]?.[2], 'first');
  });

  it('puts a cause behind its error in both orders', () => {
    const usual = lines(
      "cart.rb:22:in `rescue in price': could not price (Shop::PriceError)",
      "\tfrom cart.rb:19:in `price'",
      "\tfrom main.rb:8:in `<main>'",
      "cart.rb:12:in `discount': boom (KeyError)",
      "\tfrom cart.rb:20:in `price'",
      "\tfrom main.rb:8:in `<main>'",
    );
    const reversed = lines(
      'Traceback (most recent call last):',
      "\t2: from main.rb:8:in `<main>'",
      "\t1: from cart.rb:20:in `price'",
      "cart.rb:12:in `discount': boom (KeyError)",
      "\t2: from main.rb:8:in `<main>'",
      "\t1: from cart.rb:19:in `price'",
      "cart.rb:22:in `rescue in price': could not price (Shop::PriceError)",
    );
    const expected = [
      [
        null,
        'Shop::PriceError',
        'could not price',
        ['app rescue in price (cart.rb:22)', 'app price (cart.rb:19)', 'app <main> (main.rb:8)'],
      ],
      ['cause', 'KeyError', 'boom', ['app discount (cart.rb:12)', 'app price (cart.rb:20)', 'app <main> (main.rb:8)']],
    ];
    assert.deepEqual(read(rubyParser, usual), expected);
    assert.deepEqual(read(rubyParser, reversed), expected);
  });

  it('tells traces apart that other lines separate', () => {
    const one = lines("cart.rb:12:in `discount': boom (KeyError)", "\tfrom main.rb:8:in `<main>'");
    const other = lines("cart.rb:13:in `total': bang (KeyError)", "\tfrom main.rb:8:in `<main>'");
    assert.deepEqual(
      read(rubyParser, lines(one, 'restarting', other)).map(([relation]) => relation),
      [null, null],
    );
  });

  it('reads once what a thread and the program both print', () => {
    const trace = lines("cart.rb:12:in `discount': boom (KeyError)", "\tfrom main.rb:12:in `block in run'");
    const text = lines('#<Thread:0x00007f8a main.rb:12 run> terminated with exception (report_on_exception is true):', trace, trace);
    assert.equal(read(rubyParser, text).length, 1);
  });

  it('reads the log of Rails, with tags and causes', () => {
    const lead = 'F, [2026-11-21T02:03:43.123456 #123] FATAL -- : [8a7d] ';
    const text = lines(
      `${lead}ActionView::Template::Error (undefined method 'x' for nil):`,
      `${lead}`,
      `${lead}Causes:`,
      `${lead}NoMethodError (undefined method 'x' for nil)`,
      `${lead}`,
      `${lead}app/models/cart.rb:12:in 'Cart#discount'`,
      `${lead}actionpack (7.0.4) lib/action_controller/metal.rb:227:in 'ActionController::Metal#dispatch'`,
    );
    assert.deepEqual(read(rubyParser, text), [
      [
        null,
        'ActionView::Template::Error',
        "undefined method 'x' for nil",
        [
          'app Cart#discount (app/models/cart.rb:12)',
          'library ActionController::Metal#dispatch (actionpack (7.0.4) lib/action_controller/metal.rb:227)',
        ],
      ],
      ['cause', 'NoMethodError', "undefined method 'x' for nil", []],
    ]);
  });

  it('reads the log of Sidekiq and the reports of RSpec and Minitest', () => {
    const sidekiq = lines('pid=1 tid=abc WARN: Shop::Failed: no stock', "pid=1 tid=abc WARN: /app/jobs/sync.rb:7:in `perform'");
    assert.deepEqual(read(rubyParser, sidekiq), [[null, 'Shop::Failed', 'no stock', ['app perform (/app/jobs/sync.rb:7)']]]);
    const rspec = lines(
      '     Failure/Error: cart.total',
      '     NoMethodError:',
      "       undefined method `x' for nil",
      "     # ./lib/cart.rb:3:in `total'",
    );
    assert.deepEqual(read(rubyParser, rspec), [[null, 'NoMethodError', "undefined method `x' for nil", ['app total (./lib/cart.rb:3)']]]);
    const minitest = lines(
      'CartTest#test_total:',
      'ZeroDivisionError: divided by 0',
      "    lib/cart.rb:3:in `/'",
      "    lib/cart.rb:3:in `total'",
    );
    assert.deepEqual(read(rubyParser, minitest)[0]?.slice(1, 3), ['ZeroDivisionError', 'divided by 0']);
  });

  it('reads errors without a message, without a method and without a name', () => {
    assert.deepEqual(read(rubyParser, "a.rb:1:in `f': unhandled exception")[0]?.[1], 'RuntimeError');
    assert.deepEqual(read(rubyParser, "a.rb:1:in `f': Shop::Failed (Shop::Failed)")[0]?.slice(1, 3), ['Shop::Failed', 'Shop::Failed']);
    assert.deepEqual(read(rubyParser, 'a.rb:3: syntax error, unexpected end-of-input (SyntaxError)'), [
      [null, 'SyntaxError', 'syntax error, unexpected end-of-input', ['app - (a.rb:3)']],
    ]);
    assert.deepEqual(read(rubyParser, lines("a.rb:1:in `f'", "b.rb:2:in `g'")), [[null, '', '', ['app f (a.rb:1)', 'app g (b.rb:2)']]]);
  });

  it('goes on behind the mark for frames that were left out', () => {
    const text = lines(
      "a.rb:1:in `f': stack level too deep (SystemStackError)",
      "\tfrom a.rb:1:in `f'",
      '\t ... 10067 levels...',
      "\tfrom a.rb:9:in `<main>'",
    );
    assert.equal(framesOf(rubyParser, text).length, 3);
  });

  it('knows evaluated code, gems and the language', () => {
    const text = lines(
      "(eval at /srv/main.rb:10):1:in 'f': x (KeyError)",
      "\tfrom (irb):2:in '<main>'",
      "\tfrom /home/a/.rbenv/versions/3.2.2/lib/ruby/3.2.0/net/http.rb:987:in 'start'",
      "\tfrom /home/a/.rbenv/versions/3.2.2/lib/ruby/gems/3.2.0/gems/rack-2.2.3/lib/rack.rb:1:in 'call'",
      "\tfrom C:/shop/vendor/bundle/ruby/3.2.0/x.rb:1:in 'call'",
      "\tfrom C:/shop/app/x.rb:1:in 'call'",
    );
    const kinds = rubyParser.parse(plainLines(text))[0]?.frames.map(({ kind }) => kind);
    assert.deepEqual(kinds, ['eval', 'eval', 'runtime', 'library', 'library', 'app']);
  });

  it('claims its own lines only', () => {
    assert.deepEqual(weights(rubyParser, "a.rb:1:in `f'\n\tfrom a.rb:1:in 'X#f'"), [2, 2]);
    for (const foreign of ['at f (/srv/a.js:1:2)', '  File "a.py", line 1, in f', '#0 /a.php(1): f()', "it's 12:in 'x", 'a.rb was loaded'])
      assert.deepEqual(weights(rubyParser, foreign), [0], foreign);
  });

  it('gives back every frame that was written, in both orders', () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}[?!]?$/);
    const frame = fc.tuple(name, fc.stringMatching(/^[a-z/]{1,20}[a-z]\.rb$/), fc.integer({ min: 1, max: 99_999 }));
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 20 }), fc.boolean(), fc.boolean(), (frames, isNew, isReversed) => {
        const place = ([method, file, line]: (typeof frames)[number]) => `${file}:${line}:in ${isNew ? "'" : '`'}${method}'`;
        const head = `${place(frames[0]!)}: boom (KeyError)`;
        const rest = frames.slice(1).map((each, index) => `\t${isReversed ? `${index + 1}: ` : ''}from ${place(each)}`);
        const text = isReversed ? lines('Traceback (most recent call last):', ...rest.reverse(), head) : lines(head, ...rest);
        const found = rubyParser.parse(plainLines(text))[0]?.frames.map(({ function: method, file, line }) => [method, file, line]);
        assert.deepEqual(
          found,
          frames.map((each) => [...each]),
        );
      }),
    );
  });

  itIsSafe(rubyParser, [
    ':in `',
    ":in 'f'",
    'a.rb:1',
    "\tfrom a.rb:1:in `f'",
    '3: from ',
    "': ",
    ' (KeyError)',
    'Foo::Bar (x):',
    '^^^',
    'Causes:',
    ' -- : ',
    '[x] ',
  ]);
});
