import assert from 'node:assert/strict';
import { phpParser } from '../../../../src/code/frames/php';
import { framesOf, lines, read } from './parsing';

describe('phpParser, by version and framework', () => {
  it('reads PHP 5.3, with objects and arrays as arguments', () => {
    const text = lines(
      "PHP Fatal error:  Uncaught exception 'PDOException' with message 'SQLSTATE[42S02]: Base table or view not found: 1146' in /var/www/lib/Db.php:31",
      'Stack trace:',
      "#0 /var/www/lib/Db.php(31): PDO->query('SELECT * FROM o...')",
      '#1 /var/www/orders.php(8): Db::all(Array, Object(Filter), NULL, true, 1.5)',
      '#2 {main}',
      '  thrown in /var/www/lib/Db.php on line 31',
    );
    assert.deepEqual(read(phpParser, text), [
      [
        null,
        'PDOException',
        'SQLSTATE[42S02]: Base table or view not found: 1146',
        ['app PDO->query (/var/www/lib/Db.php:31)', 'app Db::all (/var/www/lib/Db.php:31)', 'app {main} (/var/www/orders.php:8)'],
      ],
    ]);
  });

  it('reads errors of PHP 7 and 8 in functions of PHP itself', () => {
    const text = lines(
      'PHP Fatal error:  Uncaught DivisionByZeroError: Division by zero in /srv/main.php:19',
      'Stack trace:',
      '#0 /srv/main.php(19): intdiv(1, 0)',
      "#1 /srv/main.php(23): run('argtype')",
      '#2 {main}',
      '  thrown in /srv/main.php on line 19',
    );
    assert.deepEqual(framesOf(phpParser, text), [
      'app intdiv (/srv/main.php:19)',
      'app run (/srv/main.php:19)',
      'app {main} (/srv/main.php:23)',
    ]);
  });

  it('reads an error without a message, and one outside of every function', () => {
    assert.deepEqual(read(phpParser, lines('RuntimeException in /srv/a.php:3', 'Stack trace:', '#0 {main}')), [
      [null, 'RuntimeException', '', ['app {main} (/srv/a.php:3)']],
    ]);
  });

  it('reads what a program prints of an exception itself', () => {
    const text = lines('LogicException: no coupon in /srv/src/Cart.php:17', '#0 /srv/src/Cart.php(12): Cart->coupon()', '#1 {main}');
    assert.deepEqual(framesOf(phpParser, text), ['app Cart->coupon (/srv/src/Cart.php:17)', 'app {main} (/srv/src/Cart.php:12)']);
    const bare = lines('#0 /srv/src/Cart.php(12): Cart->coupon()', '#1 {main}');
    assert.deepEqual(read(phpParser, bare), [[null, '', '', ['native Cart->coupon ()', 'app {main} (/srv/src/Cart.php:12)']]]);
  });

  it('reads Laravel from the front controller to the middleware', () => {
    const text = lines(
      'local.ERROR: Undefined array key "coupon" {"userId":1,"exception":"[object] (ErrorException(code: 0): Undefined array key \\"coupon\\" at /app/app/Services/Pricing.php:21)',
      '[stacktrace]',
      "#0 /app/vendor/laravel/framework/src/Illuminate/Foundation/Bootstrap/HandleExceptions.php(255): Illuminate\\Foundation\\Bootstrap\\HandleExceptions->handleError(2, 'Undefined array...', '/app/app/Servic...', 21)",
      "#1 /app/app/Services/Pricing.php(21): Illuminate\\Foundation\\Bootstrap\\HandleExceptions->Illuminate\\Foundation\\Bootstrap\\{closure}(2, 'Undefined array...', '/app/app/Servic...', 21)",
      '#2 /app/app/Http/Controllers/CartController.php(14): App\\Services\\Pricing->quote(Object(App\\Models\\Cart))',
      '#3 /app/vendor/laravel/framework/src/Illuminate/Routing/Controller.php(54): App\\Http\\Controllers\\CartController->show()',
      '#4 /app/public/index.php(51): Illuminate\\Foundation\\Http\\Kernel->handle(Object(Illuminate\\Http\\Request))',
      '#5 {main}',
      '"} ',
    );
    assert.deepEqual(framesOf(phpParser, text), [
      'app Illuminate\\Foundation\\Bootstrap\\HandleExceptions->handleError (/app/app/Services/Pricing.php:21)',
      'library Illuminate\\Foundation\\Bootstrap\\HandleExceptions->Illuminate\\Foundation\\Bootstrap\\{closure} (/app/vendor/laravel/framework/src/Illuminate/Foundation/Bootstrap/HandleExceptions.php:255)',
      'app App\\Services\\Pricing->quote (/app/app/Services/Pricing.php:21)',
      'app App\\Http\\Controllers\\CartController->show (/app/app/Http/Controllers/CartController.php:14)',
      'library Illuminate\\Foundation\\Http\\Kernel->handle (/app/vendor/laravel/framework/src/Illuminate/Routing/Controller.php:54)',
      'app {main} (/app/public/index.php:51)',
    ]);
    assert.deepEqual(read(phpParser, text)[0]?.slice(1, 3), ['ErrorException', 'Undefined array key \\"coupon\\"']);
  });

  it('reads an error page with markup, and notices of all kinds', () => {
    assert.equal(
      read(phpParser, lines('<b>Fatal error</b>:  Uncaught LogicException: x in /srv/a.php:3', 'Stack trace:', '#0 {main}'))[0]?.[1],
      'LogicException',
    );
    for (const [kind, type] of Object.entries({
      Warning: 'Warning',
      Notice: 'Notice',
      Deprecated: 'Deprecated',
      'Fatal error': 'Fatal error',
      'Parse error': 'ParseError',
    })) {
      assert.deepEqual(read(phpParser, `PHP ${kind}:  it is in a way bad in C:\\www\\a.php on line 3`), [
        [null, type, 'it is in a way bad', ['app - (C:\\www\\a.php:3)']],
      ]);
    }
  });

  it('tells apart what is logged one after the other', () => {
    const one = [
      'PHP Fatal error:  Uncaught LogicException: one in /srv/a.php:3',
      'Stack trace:',
      '#0 {main}',
      '  thrown in /srv/a.php on line 3',
    ];
    const two = [
      'PHP Fatal error:  Uncaught LogicException: two in /srv/b.php:3',
      'Stack trace:',
      '#0 {main}',
      '  thrown in /srv/b.php on line 3',
    ];
    assert.deepEqual(
      read(phpParser, lines(...one, ...two)).map(([relation, , message]) => [relation, message]),
      [
        [null, 'one'],
        [null, 'two'],
      ],
    );
  });

  it('knows libraries, archives and evaluated code', () => {
    const text = lines(
      'X\\Failed: x in phar:///usr/bin/composer/src/Composer/Command.php:6',
      '#0 /srv/vendor/monolog/monolog/src/Logger.php(3): f()',
      '#1 /srv/a.php(3) : runtime-created function(1): g()',
      '#2 C:\\www\\vendor\\acme\\a.php(9): h()',
      '#3 {main}',
    );
    assert.deepEqual(
      framesOf(phpParser, text).map((frame) => frame.split(' ')[0]),
      ['library', 'library', 'eval', 'library'],
    );
  });
});
