import assert from 'node:assert/strict';
import { kindOfRubyFile, readRubyLine, withoutLogWords } from '../../../../src/code/frames/rubyLine';

describe('readRubyLine', () => {
  it('tells a frame, a caller, an error and the level of the reversed order apart', () => {
    const none = { error: null, isCaller: false, level: null };
    assert.deepEqual(readRubyLine("a.rb:1:in `f'"), { ...none, file: 'a.rb', line: 1, function: 'f' });
    assert.deepEqual(readRubyLine("\tfrom a.rb:1:in 'A#f'"), { ...none, file: 'a.rb', line: 1, function: 'A#f', isCaller: true });
    assert.deepEqual(readRubyLine("\t 12: from a.rb:1:in `f'"), {
      ...none,
      file: 'a.rb',
      line: 1,
      function: 'f',
      isCaller: true,
      level: 12,
    });
    assert.deepEqual(readRubyLine("a.rb:1:in `f': it's bad (KeyError)"), {
      ...none,
      file: 'a.rb',
      line: 1,
      function: 'f',
      error: "it's bad (KeyError)",
    });
    assert.deepEqual(readRubyLine('\tfrom a.rb:3'), { ...none, file: 'a.rb', line: 3, function: null, isCaller: true });
    assert.deepEqual(readRubyLine("     # ./spec/a_spec.rb:3:in `block (2 levels) in <top (required)>'")?.file, './spec/a_spec.rb');
  });

  it('takes the first place of a line, whatever the message says', () => {
    const read = readRubyLine("a.rb:1:in `f': failed at b.rb:2:in `g': x (KeyError)");
    assert.deepEqual([read?.file, read?.line, read?.function], ['a.rb', 1, 'f']);
  });

  it('reads no other lines', () => {
    for (const line of [
      '',
      ':in `',
      ":1:in `f'",
      "a.rb:in `f'",
      "a.rb:0:in `f'",
      'a.rb:1:in `f',
      'a.rb:1:in f',
      'from here to there',
      '12: from',
      "1:in 'x'",
    ])
      assert.equal(readRubyLine(line), null, line);
  });
});

describe('withoutLogWords', () => {
  it('cuts what loggers put before a line', () => {
    assert.equal(withoutLogWords('E, [2026-11-21T02:03:43.1 #12] ERROR -- : KeyError: x'), 'KeyError: x');
    assert.equal(withoutLogWords('F, [2026 #1] FATAL -- : [8a7d] [10.0.0.1] KeyError (x):'), 'KeyError (x):');
    assert.equal(withoutLogWords('F, [2026 #1] FATAL -- :'), '');
    assert.equal(withoutLogWords('pid=1 tid=a WARN: KeyError: x'), 'KeyError: x');
  });

  it('keeps other lines', () => {
    for (const line of ['', 'KeyError: x', '[8a7d] KeyError: x', '  a.rb:1']) assert.equal(withoutLogWords(line), line);
  });
});

describe('kindOfRubyFile', () => {
  it('knows gems, the language, evaluated code and the program itself', () => {
    const kinds = {
      'app/models/cart.rb': 'app',
      '/srv/shop/bin/rails': 'app',
      './lib/cart.rb': 'app',
      '<internal:kernel>': 'runtime',
      '/usr/lib/ruby/3.1.0/net/http.rb': 'runtime',
      '/usr/lib/ruby/vendor_ruby/rubygems/core_ext/kernel_require.rb': 'runtime',
      '/usr/lib/ruby/gems/3.1.0/gems/rack-2.2.3/lib/rack.rb': 'library',
      '/app/vendor/bundle/ruby/3.2.0/gems/x/lib/x.rb': 'library',
      'vendor/bundle/ruby/3.2.0/x.rb': 'library',
      '/usr/local/bundle/bin/rackup': 'library',
      '/home/a/.rvm/gems/ruby-2.7.0/gems/x/lib/x.rb': 'library',
      '/home/a/.rvm/gems/ruby-2.7.0/bundler/gems/x-1a2b3c/lib/x.rb': 'library',
      'railties (7.0.4) lib/rails/engine.rb': 'library',
      '(eval)': 'eval',
      '(eval at a.rb:3)': 'eval',
      '-e': 'eval',
      '(irb)': 'eval',
    } as const;
    for (const [file, kind] of Object.entries(kinds)) assert.equal(kindOfRubyFile(file), kind, file);
  });
});
