import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dotnetParser } from '../../../../src/code/frames/dotnet';
import { plainLines } from '../../../../src/code/frames/text';
import { framesOf, itIsSafe, lines, read, weights } from './parsing';

describe('dotnetParser', () => {
  it('reads what .NET prints for an exception that nobody caught', () => {
    const text = lines(
      "Unhandled exception. System.Collections.Generic.KeyNotFoundException: The given key 'x' was not present in the dictionary.",
      '   at System.Collections.Generic.Dictionary`2.get_Item(TKey key)',
      '   at Shop.Cart.Discount[T](List`1 items, ValueTuple`2 range) in /src/my shop/Cart.cs:line 18',
      '   at Shop.Cart.<>c__DisplayClass3_0.<<Total>b__0>d.MoveNext() in C:\\src\\Cart.cs:line 31',
      '--- End of stack trace from previous location ---',
      '   at Shop.Cart.<Total>g__Local|0_1(Int32 a) in /src/Cart.cs:line 9',
      '   at Program.<Main>(String[] args)',
    );
    assert.deepEqual(read(dotnetParser, text), [
      [
        null,
        'System.Collections.Generic.KeyNotFoundException',
        "The given key 'x' was not present in the dictionary.",
        [
          'runtime System.Collections.Generic.Dictionary`2.get_Item ()',
          'app Shop.Cart.Discount[T] (/src/my shop/Cart.cs:18)',
          'app Shop.Cart.<>c__DisplayClass3_0.<<Total>b__0>d.MoveNext (C:\\src\\Cart.cs:31)',
          'app Shop.Cart.<Total>g__Local|0_1 (/src/Cart.cs:9)',
          'app Program.<Main> ()',
        ],
      ],
    ]);
  });

  it('gives inner exceptions the frames before their end, in both layouts', () => {
    const frames = [
      '   at Shop.Cart.Discount() in /src/Cart.cs:line 18',
      '   --- End of inner exception stack trace ---',
      '   at Shop.Cart.Price() in /src/Cart.cs:line 25',
      '   --- End of inner exception stack trace ---',
      '   at Shop.Program.Main(String[] args) in /src/Program.cs:line 53',
    ];
    const core = lines('Shop.Failed: no order', ' ---> Shop.PriceException: no price', ' ---> System.Exception: no coupon', ...frames);
    const framework = lines('Shop.Failed: no order ---> Shop.PriceException: no price ---> System.Exception: no coupon', ...frames);
    for (const text of [core, framework]) {
      assert.deepEqual(read(dotnetParser, text), [
        [null, 'Shop.Failed', 'no order', ['app Shop.Program.Main (/src/Program.cs:53)']],
        ['cause', 'Shop.PriceException', 'no price', ['app Shop.Cart.Price (/src/Cart.cs:25)']],
        ['cause', 'System.Exception', 'no coupon', ['app Shop.Cart.Discount (/src/Cart.cs:18)']],
      ]);
    }
  });

  it('reads the languages that .NET Framework speaks', () => {
    const spoken: readonly (readonly [string, string, string])[] = [
      ['bei', 'in C:\\src\\Cart.cs:Zeile 12.', '--- Ende der internen Ausnahmestapelüberwachung ---'],
      ['à', 'dans C:\\src\\Cart.cs:ligne 12', "--- Fin de la trace de la pile d'exception interne ---"],
      ['en', 'en C:\\src\\Cart.cs:línea 12', '--- Fin del seguimiento de la pila de la excepción interna ---'],
      ['в', 'в C:\\src\\Cart.cs:строка 12', '--- Конец трассировки внутреннего стека исключений ---'],
      ['場所', '場所 C:\\src\\Cart.cs:行 12', '--- 内部例外スタック トレースの終わり ---'],
    ];
    for (const [at, place, end] of spoken) {
      const text = lines(
        'Shop.Failed: a ---> System.Exception: b',
        `   ${at} Shop.Cart.Discount(String x) ${place}`,
        `   ${end}`,
        `   ${at} Shop.Program.Main(String[] args)`,
      );
      assert.deepEqual(
        read(dotnetParser, text).map(([, , , frames]) => frames),
        [['app Shop.Program.Main ()'], ['app Shop.Cart.Discount (C:\\src\\Cart.cs:12)']],
        at,
      );
    }
  });

  it('reads the members of an AggregateException, the first of which .NET Framework prints twice', () => {
    const text = lines(
      'System.AggregateException: One or more errors occurred. ---> System.InvalidOperationException: a',
      '   at Shop.Cart.A() in /src/Cart.cs:line 12',
      '   --- End of inner exception stack trace ---',
      '   at System.Threading.Tasks.Task.Wait()',
      '---> (Inner Exception #0) System.InvalidOperationException: a',
      '   at Shop.Cart.A() in /src/Cart.cs:line 12<---',
      '',
      '---> (Inner Exception #1) System.ArgumentException: b',
      '   at Shop.Cart.B() in /src/Cart.cs:line 13<---',
      '',
    );
    assert.deepEqual(read(dotnetParser, text), [
      [null, 'System.AggregateException', 'One or more errors occurred.', ['runtime System.Threading.Tasks.Task.Wait ()']],
      ['group', 'System.InvalidOperationException', 'a', ['app Shop.Cart.A (/src/Cart.cs:12)']],
      ['group', 'System.ArgumentException', 'b', ['app Shop.Cart.B (/src/Cart.cs:13)']],
    ]);
  });

  it('reads Mono, which prints a trace twice', () => {
    const trace = [
      'System.NullReferenceException: Object reference not set to an instance of an object',
      '  at Shop.Cart.Discount () [0x0000c] in /srv/Cart.cs:18 ',
      '  at (wrapper managed-to-native) System.Reflection.RuntimeMethodInfo.InternalInvoke(System.Reflection.RuntimeMethodInfo,object,object[])',
      '  at Shop.Cart.Map[T] (System.Func`2[T,TResult] f) [0x00003] in <3a0f1c>:0 ',
      '  at Shop.Program.Main (System.String[] args) <0x402ab3a0 + 0x0004b> in <filename unknown>:0 ',
    ];
    const text = lines('', 'Unhandled Exception:', ...trace, `[ERROR] FATAL UNHANDLED EXCEPTION: ${trace[0]}`, ...trace.slice(1));
    assert.deepEqual(read(dotnetParser, text), [
      [
        null,
        'System.NullReferenceException',
        'Object reference not set to an instance of an object',
        [
          'app Shop.Cart.Discount (/srv/Cart.cs:18)',
          'runtime System.Reflection.RuntimeMethodInfo.InternalInvoke ()',
          'app Shop.Cart.Map[T] ()',
          'app Shop.Program.Main ()',
        ],
      ],
    ]);
  });

  it('reads Unity, with exceptions that were thrown again', () => {
    const text = lines(
      'NullReferenceException: Object reference not set to an instance of an object',
      'Cart.Discount (System.Int32 a) (at Assets/Cart.cs:12)',
      'Rethrow as PriceException: no price',
      'Cart.Total () (at Assets/Cart.cs:15)',
      'UnityEngine.Events.InvokableCall.Invoke () (at <a1b2>:0)',
    );
    assert.deepEqual(read(dotnetParser, text), [
      [null, 'PriceException', 'no price', ['app Cart.Total (Assets/Cart.cs:15)', 'runtime UnityEngine.Events.InvokableCall.Invoke ()']],
      [
        'cause',
        'NullReferenceException',
        'Object reference not set to an instance of an object',
        ['app Cart.Discount (Assets/Cart.cs:12)'],
      ],
    ]);
  });

  it('reads the log of ASP.NET Core, with the number of an error', () => {
    const text = lines(
      'fail: Microsoft.AspNetCore.Server.Kestrel[13]',
      '      Connection id "0HM": An unhandled exception was thrown by the application.',
      '      Npgsql.PostgresException (0x80004005): 42P01: relation "x" does not exist',
      '',
      'POSITION: 15',
      '       ---> System.Net.Sockets.SocketException (111): Connection refused',
      '         at Npgsql.Internal.Connector.Open(Int32 a)',
      '         --- End of inner exception stack trace ---',
      '         at Shop.Orders.Load(Int32 id) in /src/Orders.cs:line 7',
    );
    assert.deepEqual(read(dotnetParser, text), [
      [null, 'Npgsql.PostgresException', '42P01: relation "x" does not exist\nPOSITION: 15', ['app Shop.Orders.Load (/src/Orders.cs:7)']],
      ['cause', 'System.Net.Sockets.SocketException', 'Connection refused', ['library Npgsql.Internal.Connector.Open ()']],
    ]);
  });

  it('reads old Mono: generic arguments with commas, arrays, folders with blanks', () => {
    const text = lines(
      'System.Collections.Generic.KeyNotFoundException: The given key was not present in the dictionary.',
      '  at System.Collections.Generic.Dictionary`2[System.String,System.Double].get_Item (System.String key) [0x00000] in <filename unknown>:0 ',
      '  at Shop.Cart.Total (System.Collections.Stack& numbers, System.Double[,,] array) [0x00013] in /home/a/my shop/cart file.cs:23 ',
    );
    assert.deepEqual(framesOf(dotnetParser, text), [
      'runtime System.Collections.Generic.Dictionary`2[System.String,System.Double].get_Item ()',
      'app Shop.Cart.Total (/home/a/my shop/cart file.cs:23)',
    ]);
  });

  it('gives the frames of a text that was cut to the exception that reached the top', () => {
    const text = lines('Shop.Failed: a', ' ---> System.Exception: b', '   at Shop.Cart.A() in /src/Cart.cs:line 12');
    assert.deepEqual(
      read(dotnetParser, text).map(([, type, , frames]) => [type, frames.length]),
      [
        ['Shop.Failed', 1],
        ['System.Exception', 0],
      ],
    );
  });

  it('stops at a depth that no program reaches', () => {
    const text = lines('Shop.Failed: a', ...Array.from({ length: 500 }, () => ' ---> System.Exception: b'), '   at Shop.Cart.A()');
    assert.equal(read(dotnetParser, text).length, 100);
    const again = Array.from({ length: 500 }, () => 'Rethrow as Shop.Failed: c');
    assert.equal(read(dotnetParser, lines('Shop.Failed: a', '   at Shop.Cart.A()', ...again)).length, 100);
  });

  it('reads frames of code that was compiled ahead of time', () => {
    assert.deepEqual(
      framesOf(dotnetParser, lines('System.Exception: a', '   at Shop.Cart.A(String) + 0x24', '   at Shop.Program.Main() + 0x1')),
      ['app Shop.Cart.A ()', 'app Shop.Program.Main ()'],
    );
  });

  it('finds the exception behind the words of a logger, and none in names without frames', () => {
    const text = lines('Request failed: System.TimeoutException: too slow', '   at Shop.Cart.A()');
    assert.deepEqual(read(dotnetParser, text)[0]?.slice(1, 3), ['System.TimeoutException', 'too slow']);
    assert.deepEqual(read(dotnetParser, 'Shop.Cart: loaded\nSystem.Exception: seen'), []);
    assert.equal(read(dotnetParser, 'Unhandled exception. System.Exception: seen').length, 1);
  });

  it('claims its own lines only', () => {
    const own = ['   at A.B()', '   at A.B(Int32 a) in C:\\a.cs:line 3', '  at A.B (Int32 a) [0x0] in <x>:0', ' ---> System.Exception: x'];
    for (const line of own) assert.deepEqual(weights(dotnetParser, line), [2], line);
    const foreign = [
      '    at f (/srv/a.js:1:2)',
      '    at Object.<anonymous> (/srv/my app/a.js:1:2)',
      '    at new Cart (file:///srv/a.mjs:1:2)',
      '    at async Promise.all (index 1)',
      '\tat com.acme.Cart.discount(Cart.java:12)',
      '\tat com.acme.Cart.discount(Native Method)',
      '\tat com.acme.Cart.discount(Unknown Source)',
      '\tat app//com.acme.Cart.discount(Cart.java:12) ~[cart.jar:?]',
      'we met at noon (all of us) in Rome: 12',
    ];
    for (const line of foreign) assert.deepEqual(weights(dotnetParser, line), [0], line);
  });

  it('gives back every frame that was written', () => {
    const name = fc
      .stringMatching(/^[A-Z][a-z]{0,6}(\.[A-Z][a-z<>_`|0-9]{0,8}){1,3}$/)
      .filter((text) => !text.includes('<') && !text.includes('>'));
    const frame = fc.tuple(
      name,
      fc.option(fc.tuple(fc.stringMatching(/^([A-Z]:\\|\/)[A-Za-z \\/]{0,20}[a-z]\.cs$/), fc.integer({ min: 1, max: 99_999 }))),
    );
    fc.assert(
      fc.property(
        fc.array(frame, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('', 'String a', 'T a, List`1 b', 'Closure , Object[] '),
        (frames, parameters) => {
          const printed = frames.map(
            ([method, place]) => `   at ${method}(${parameters})${place === null ? '' : ` in ${place[0]}:line ${place[1]}`}`,
          );
          const found = dotnetParser.parse(plainLines(lines('System.Exception: x', ...printed)))[0]?.frames;
          assert.deepEqual(
            found?.map(({ function: method, file, line }) => [method, file, line]),
            frames.map(([method, place]) => [method, place?.[0] ?? null, place?.[1] ?? null]),
          );
        },
      ),
    );
  });

  itIsSafe(dotnetParser, [
    '   at A.B(',
    'at A.B() in /a.cs:line 3',
    ' ---> ',
    'System.Exception: ',
    '--- End of inner exception stack trace ---',
    '---> (Inner Exception #1) A.BException: x',
    '<---',
    'Rethrow as A.BError: ',
    ' bei A.B(C d) in x:Zeile 3',
    '((((',
    '[0x0] in ',
    ' (at a:1)',
  ]);
});
