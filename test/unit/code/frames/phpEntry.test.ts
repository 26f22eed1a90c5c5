import assert from 'node:assert/strict';
import { phpFile, readCalledAt, readPhpCall, readSymfonyCall, readXdebugCall } from '../../../../src/code/frames/phpEntry';

describe('readPhpCall', () => {
  it('reads places, functions and the end of a trace', () => {
    assert.deepEqual(readPhpCall('#0 /srv/a.php(12): Shop\\Cart::f(1)'), {
      function: 'Shop\\Cart::f',
      place: { file: '/srv/a.php', line: 12 },
      isMain: false,
    });
    assert.deepEqual(readPhpCall('  #12 [internal function]: {closure}(1)'), { function: '{closure}', place: null, isMain: false });
    assert.deepEqual(readPhpCall('#3 {main}'), { function: '{main}', place: null, isMain: true });
    assert.deepEqual(readPhpCall('#3 {main}"}'), { function: '{main}', place: null, isMain: true });
  });

  it('finds the file where its name and the arguments have parentheses', () => {
    assert.deepEqual(readPhpCall("#0 /srv/a (copy).php(12): f('(1): g()')")?.place, { file: '/srv/a (copy).php', line: 12 });
    assert.equal(readPhpCall("#0 /srv/a.php(12): f('(1): g()')")?.function, 'f');
    assert.equal(readPhpCall('#0 /srv/a.php(12): {closure:/srv/a.php:3}()')?.function, '{closure:/srv/a.php:3}');
    assert.equal(readPhpCall('#0 /srv/a.php(12): X->{closure:X::y():3}(1)')?.function, 'X->{closure:X::y():3}');
  });

  it('reads no other lines', () => {
    for (const line of ['', '#', '#0', '# 0 x', '#x /a.php(1): f()', '#0 /a.php: f()', '#0 main (a.dart:1:2)', '0 /a.php(1): f()'])
      assert.equal(readPhpCall(line), null, line);
  });
});

describe('phpFile', () => {
  it('takes the line out of the name of evaluated code', () => {
    assert.equal(phpFile("/srv/a.php(17) : eval()'d code"), "/srv/a.php : eval()'d code");
    assert.equal(phpFile('/srv/a.php(17) : runtime-created function'), '/srv/a.php : runtime-created function');
    for (const file of ['/srv/a.php', '/srv/a (1).php', 'x) : y']) assert.equal(phpFile(file), file);
  });
});

describe('readXdebugCall', () => {
  it('reads calls with their arguments', () => {
    assert.deepEqual(readXdebugCall('PHP   2. Shop\\Cart->f($a = 1, $b = [0 => 2]) /srv/main.php:23'), {
      function: 'Shop\\Cart->f',
      place: { file: '/srv/main.php', line: 23 },
      isMain: false,
    });
    assert.deepEqual(readXdebugCall('    1. {main}() /srv/main.php:0'), { function: '{main}', place: null, isMain: true });
  });

  it('reads no other lines', () => {
    for (const line of ['', 'PHP', '1. f', '1. f()', '1. see /srv/a.php:3', 'x. f() /a:3', 'PHP   2. f() /srv/main.php'])
      assert.equal(readXdebugCall(line), null, line);
  });
});

describe('readSymfonyCall', () => {
  it('reads the place of the error and of calls', () => {
    assert.deepEqual(readSymfonyCall('  at /srv/a.php:17'), { function: '', place: { file: '/srv/a.php', line: 17 }, isMain: false });
    assert.deepEqual(readSymfonyCall(' A->f() at /srv/a.php:12'), {
      function: 'A->f',
      place: { file: '/srv/a.php', line: 12 },
      isMain: false,
    });
    assert.deepEqual(readSymfonyCall(' f() at n/a:n/a'), { function: 'f', place: null, isMain: false });
  });

  it('reads no other lines', () => {
    for (const line of ['', 'at', 'at noon', ' A->f() in /srv/a.php:12']) assert.equal(readSymfonyCall(line), null, line);
  });
});

describe('readCalledAt', () => {
  it('reads functions with their own place, which may be unknown', () => {
    assert.deepEqual(readCalledAt('in A::f called at /srv/a.php (133)')?.place, { file: '/srv/a.php', line: 133 });
    assert.equal(readCalledAt('in A::f called at ? (?)')?.place, null);
  });

  it('reads no other lines', () => {
    for (const line of ['', 'in f called at x', 'f called at /a.php (3)', 'in f called at /a.php (x)', 'in f called at (3)'])
      assert.equal(readCalledAt(line), null, line);
  });
});
