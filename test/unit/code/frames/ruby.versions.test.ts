import assert from 'node:assert/strict';
import { rubyParser } from '../../../../src/code/frames/ruby';
import { plainLines } from '../../../../src/code/frames/text';
import { framesOf, lines, read } from './parsing';

describe('rubyParser, by version and tool', () => {
  it('reads Ruby 1.9 to 2.4, whose messages quote with a backtick', () => {
    const text = lines(
      "/srv/shop/app/models/order.rb:41:in `block (2 levels) in total': undefined local variable or method `pricee' for #<Order:0x007fb> (NameError)",
      "\tfrom /srv/shop/app/models/order.rb:40:in `each'",
      "\tfrom /srv/shop/app/models/order.rb:40:in `block in total'",
      "\tfrom /usr/lib/ruby/2.3.0/benchmark.rb:293:in `measure'",
      "\tfrom /var/lib/gems/2.3.0/gems/rake-12.0.0/lib/rake/task.rb:250:in `block in execute'",
      "\tfrom bin/shop:9:in `<class:Shop>'",
      "\tfrom bin/shop:3:in `<module:Main>'",
      "\tfrom bin/shop:1:in `<top (required)>'",
    );
    assert.deepEqual(read(rubyParser, text)[0]?.slice(1), [
      'NameError',
      "undefined local variable or method `pricee' for #<Order:0x007fb>",
      [
        'app block (2 levels) in total (/srv/shop/app/models/order.rb:41)',
        'app each (/srv/shop/app/models/order.rb:40)',
        'app block in total (/srv/shop/app/models/order.rb:40)',
        'runtime measure (/usr/lib/ruby/2.3.0/benchmark.rb:293)',
        'library block in execute (/var/lib/gems/2.3.0/gems/rake-12.0.0/lib/rake/task.rb:250)',
        'app <class:Shop> (bin/shop:9)',
        'app <module:Main> (bin/shop:3)',
        'app <top (required)> (bin/shop:1)',
      ],
    ]);
  });

  it('reads Ruby 2.5 to 2.7 in a terminal, with numbers aligned', () => {
    const text = lines(
      'Traceback (most recent call last):',
      "\t11: from /usr/local/bin/rackup:23:in `<main>'",
      "\t10: from /usr/local/bin/rackup:23:in `load'",
      "\t 9: from /usr/local/lib/ruby/gems/2.6.0/gems/rack-2.0.7/bin/rackup:4:in `<top (required)>'",
      "\t 1: from /app/lib/cart.rb:16:in `total'",
      "/app/lib/cart.rb:12:in `discount': divided by 0 (ZeroDivisionError)",
    );
    assert.deepEqual(framesOf(rubyParser, text), [
      'app discount (/app/lib/cart.rb:12)',
      'app total (/app/lib/cart.rb:16)',
      'library <top (required)> (/usr/local/lib/ruby/gems/2.6.0/gems/rack-2.0.7/bin/rackup:4)',
      'app load (/usr/local/bin/rackup:23)',
      'app <main> (/usr/local/bin/rackup:23)',
    ]);
  });

  it('reads two traces in a row of the order that ends with the error', () => {
    const one = ['Traceback (most recent call last):', "\t1: from a.rb:9:in `<main>'", "a.rb:1:in `f': one (KeyError)"];
    const two = ['Traceback (most recent call last):', "\t1: from b.rb:9:in `<main>'", "b.rb:1:in `g': two (KeyError)"];
    assert.deepEqual(
      read(rubyParser, lines(...one, ...two)).map(([relation, , message]) => [relation, message]),
      [
        [null, 'one'],
        [null, 'two'],
      ],
    );
  });

  it('reads Ruby 3.1 to 3.3, with the code of each error of a chain', () => {
    const text = lines(
      "lib/cart.rb:22:in `rescue in price': no price (Shop::PriceError)",
      '',
      "      raise PriceError, 'no price'",
      '      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      "\tfrom lib/cart.rb:19:in `price'",
      "\tfrom main.rb:8:in `<main>'",
      "lib/cart.rb:20:in `price': undefined method `[]' for nil:NilClass (NoMethodError)",
      '',
      '      coupon[:percent] * 2',
      '            ^^^^^^^^^^',
      'Did you mean?  coupons',
      "\tfrom main.rb:8:in `<main>'",
    );
    const found = rubyParser.parse(plainLines(text));
    assert.deepEqual(
      found.map(({ relation, message, frames }) => [relation, message, frames[0]?.codeText]),
      [
        [null, 'no price', "raise PriceError, 'no price'"],
        ['cause', "undefined method `[]' for nil:NilClass", 'coupon[:percent] * 2'],
      ],
    );
  });

  it('reads Ruby 3.4, which names the class of each method', () => {
    const text = lines(
      "app/services/pricing.rb:7:in 'Pricing::Engine.quote': undefined local variable or method 'ratee' for class Pricing::Engine (NameError)",
      '',
      '    ratee * 2',
      '    ^^^^^',
      'Did you mean?  rate',
      "\tfrom app/services/pricing.rb:3:in 'block in Pricing::Engine.quote_all'",
      "\tfrom <internal:array>:42:in 'Array#each'",
      "\tfrom <internal:kernel>:187:in 'Kernel#loop'",
      "\tfrom (eval at bin/run:3):1:in '<main>'",
      "\tfrom bin/run:3:in 'Kernel#eval'",
    );
    assert.deepEqual(framesOf(rubyParser, text), [
      'app Pricing::Engine.quote (app/services/pricing.rb:7)',
      'app block in Pricing::Engine.quote_all (app/services/pricing.rb:3)',
      'runtime Array#each (<internal:array>:42)',
      'runtime Kernel#loop (<internal:kernel>:187)',
      'eval <main> ((eval at bin/run:3):1)',
      'app Kernel#eval (bin/run:3)',
    ]);
  });

  it('reads JRuby and TruffleRuby', () => {
    const jruby = lines(
      "NoMethodError: undefined method `x' for nil:NilClass",
      '  discount at /srv/cart.rb:12',
      "/srv/cart.rb:12:in `discount'",
      "org/jruby/RubyArray.java:1809:in `each'",
      "uri:classloader:/META-INF/jruby.home/lib/ruby/stdlib/set.rb:3:in `add'",
    );
    assert.deepEqual(framesOf(rubyParser, jruby), [
      'app discount (/srv/cart.rb:12)',
      'app each (org/jruby/RubyArray.java:1809)',
      'runtime add (uri:classloader:/META-INF/jruby.home/lib/ruby/stdlib/set.rb:3)',
    ]);
  });

  it('reads what programs print of an error themselves', () => {
    const frames = ["lib/cart.rb:12:in `discount'", "main.rb:3:in `<main>'"];
    for (const head of [
      'KeyError: no coupon',
      'KeyError (no coupon)',
      '#<KeyError: no coupon>',
      'E, [2026-11-21T02:03:43 #1] ERROR -- : KeyError: no coupon',
    ]) {
      assert.deepEqual(
        read(rubyParser, lines(head, ...frames)),
        [[null, 'KeyError', 'no coupon', ['app discount (lib/cart.rb:12)', 'app <main> (main.rb:3)']]],
        head,
      );
    }
  });

  it('reads the causes that Rails 7.1 tells of one after the other', () => {
    const text = lines(
      'ActionView::Template::Error (no coupon):',
      '',
      'Causes:',
      'KeyError (no coupon)',
      '',
      'Information for: ActionView::Template::Error (no coupon):',
      '    1: <%= @cart.total %>',
      "app/views/carts/show.html.erb:1:in `_app_views_carts_show_html_erb'",
      '',
      'Information for cause: KeyError (no coupon):',
      "app/models/cart.rb:12:in `fetch'",
    );
    assert.deepEqual(read(rubyParser, text), [
      [
        null,
        'ActionView::Template::Error',
        'no coupon\n1: <%= @cart.total %>',
        ['app _app_views_carts_show_html_erb (app/views/carts/show.html.erb:1)'],
      ],
      ['cause', 'KeyError', 'no coupon', ['app fetch (app/models/cart.rb:12)']],
    ]);
  });

  it('reads an error of Windows', () => {
    const text = lines(
      "C:/Users/a/shop/lib/cart.rb:12:in `discount': No such file or directory @ rb_sysopen - x (Errno::ENOENT)",
      "\tfrom C:/Ruby27-x64/lib/ruby/2.7.0/json/common.rb:156:in `parse'",
    );
    assert.deepEqual(read(rubyParser, text)[0]?.slice(1), [
      'Errno::ENOENT',
      'No such file or directory @ rb_sysopen - x',
      ['app discount (C:/Users/a/shop/lib/cart.rb:12)', 'runtime parse (C:/Ruby27-x64/lib/ruby/2.7.0/json/common.rb:156)'],
    ]);
  });

  it('marks the words of a frame, without `from` but for the tabulator', () => {
    const text = "a.rb:1:in `f': x (KeyError)\r\n\tfrom b.rb:2:in `g'\r\n";
    const ranges = rubyParser.parse(plainLines(text))[0]?.frames.map(({ range }) => text.slice(range?.start, range?.end));
    assert.deepEqual(ranges, ["a.rb:1:in `f': x (KeyError)", "from b.rb:2:in `g'"]);
  });
});
