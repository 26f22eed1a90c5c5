import assert from 'node:assert/strict';
import { dotnetParser } from '../../../../src/code/frames/dotnet';
import { framesOf, lines, read } from './parsing';

describe('dotnetParser, by runtime', () => {
  it('reads .NET Framework 4, with the rethrow of awaited tasks', () => {
    const text = lines(
      'System.Web.HttpUnhandledException (0x80004005): Exception of type was thrown. ---> System.FormatException: Input string was not in a correct format.',
      '   at System.Number.StringToNumber(String str, NumberStyles options, NumberBuffer& number, NumberFormatInfo info, Boolean parseDecimal)',
      '   at System.Int32.Parse(String s)',
      '   at Shop.Web.CartPage.<LoadAsync>d__12.MoveNext() in d:\\build\\Shop.Web\\Cart.aspx.cs:line 88',
      '--- End of stack trace from previous location where exception was thrown ---',
      '   at System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw()',
      '   at System.Runtime.CompilerServices.TaskAwaiter`1.GetResult()',
      '   at Shop.Web.CartPage.Page_Load(Object sender, EventArgs e) in d:\\build\\Shop.Web\\Cart.aspx.cs:line 41',
      '   at System.Web.UI.Control.LoadRecursive()',
      '   --- End of inner exception stack trace ---',
      '   at System.Web.UI.Page.HandleError(Exception e)',
      '   at ASP.cart_aspx.ProcessRequest(HttpContext context)',
    );
    assert.deepEqual(read(dotnetParser, text), [
      [
        null,
        'System.Web.HttpUnhandledException',
        'Exception of type was thrown.',
        ['runtime System.Web.UI.Page.HandleError ()', 'app ASP.cart_aspx.ProcessRequest ()'],
      ],
      [
        'cause',
        'System.FormatException',
        'Input string was not in a correct format.',
        [
          'runtime System.Number.StringToNumber ()',
          'runtime System.Int32.Parse ()',
          'app Shop.Web.CartPage.<LoadAsync>d__12.MoveNext (d:\\build\\Shop.Web\\Cart.aspx.cs:88)',
          'runtime System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw ()',
          'runtime System.Runtime.CompilerServices.TaskAwaiter`1.GetResult ()',
          'app Shop.Web.CartPage.Page_Load (d:\\build\\Shop.Web\\Cart.aspx.cs:41)',
          'runtime System.Web.UI.Control.LoadRecursive ()',
        ],
      ],
    ]);
  });

  it('reads .NET 8 with minimal APIs, Entity Framework and Npgsql', () => {
    const text = lines(
      'Microsoft.EntityFrameworkCore.DbUpdateException: An error occurred while saving the entity changes. See the inner exception for details.',
      ' ---> Npgsql.PostgresException (0x80004005): 23505: duplicate key value violates unique constraint "pk_order"',
      '',
      'DETAIL: Detail redacted as it may contain sensitive data.',
      '   at Npgsql.Internal.NpgsqlConnector.ReadMessageLong(Boolean async, DataRowLoadingMode dataRowLoadingMode)',
      '   at System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder`1.StateMachineBox`1.System.Threading.Tasks.Sources.IValueTaskSource<TResult>.GetResult(Int16 token)',
      '  Exception data:',
      '    Severity: ERROR',
      '    SqlState: 23505',
      '   --- End of inner exception stack trace ---',
      '   at Microsoft.EntityFrameworkCore.Update.ReaderModificationCommandBatch.ExecuteAsync(IRelationalConnection connection, CancellationToken cancellationToken)',
      '   at Program.<>c.<<<Main>$>b__0_3>d.MoveNext() in /app/src/Shop.Api/Program.cs:line 27',
      '--- End of stack trace from previous location ---',
      '   at Microsoft.AspNetCore.Http.RequestDelegateFactory.<ExecuteTaskResult>g__ExecuteAwaited|144_0(Task`1 task, HttpContext httpContext)',
      '   at lambda_method12(Closure, Object, HttpContext)',
    );
    const [outer, inner] = read(dotnetParser, text);
    assert.deepEqual(outer?.[3], [
      'runtime Microsoft.EntityFrameworkCore.Update.ReaderModificationCommandBatch.ExecuteAsync ()',
      'app Program.<>c.<<<Main>$>b__0_3>d.MoveNext (/app/src/Shop.Api/Program.cs:27)',
      'runtime Microsoft.AspNetCore.Http.RequestDelegateFactory.<ExecuteTaskResult>g__ExecuteAwaited|144_0 ()',
      'runtime lambda_method12 ()',
    ]);
    assert.deepEqual(inner?.slice(0, 2), ['cause', 'Npgsql.PostgresException']);
    assert.equal(inner?.[3].length, 2);
  });

  it('reads F# and Visual Basic', () => {
    const text = lines(
      'System.Exception: bad price',
      '   at Shop.Pricing.discount@12-3.Invoke(Unit unitVar) in C:\\src\\Pricing.fs:line 12',
      '   at Microsoft.FSharp.Collections.ListModule.Map[T,TResult](FSharpFunc`2 mapping, FSharpList`1 list) in D:\\a\\_work\\1\\s\\src\\FSharp.Core\\list.fs:line 82',
      '   at <StartupCode$Shop>.$Program.main@() in C:\\src\\Program.fs:line 3',
      '   at Shop.Cart._Lambda$__1-0(Int32 x) in C:\\src\\Cart.vb:line 9',
    );
    assert.deepEqual(framesOf(dotnetParser, text).slice(1), [
      'runtime Microsoft.FSharp.Collections.ListModule.Map[T,TResult] (D:\\a\\_work\\1\\s\\src\\FSharp.Core\\list.fs:82)',
      'app <StartupCode$Shop>.$Program.main@ (C:\\src\\Program.fs:3)',
      'app Shop.Cart._Lambda$__1-0 (C:\\src\\Cart.vb:9)',
    ]);
  });

  it('reads an AggregateException of .NET 8, whose first member is the inner exception', () => {
    const text = lines(
      'Unhandled exception. System.AggregateException: One or more errors occurred. (a) (b)',
      ' ---> System.InvalidOperationException: a',
      '   at Shop.Cart.A() in /src/Cart.cs:line 12',
      '   --- End of inner exception stack trace ---',
      '   at System.Threading.Tasks.Task.WaitAllCore(ReadOnlySpan`1 tasks, Int32 millisecondsTimeout, CancellationToken cancellationToken)',
      '   at Shop.Program.Main(String[] args) in /src/Program.cs:line 5',
      ' ---> (Inner Exception #1) System.ArgumentException: b',
      ' ---> System.IO.IOException: c',
      '   at Shop.Disk.Read() in /src/Disk.cs:line 1',
      '   --- End of inner exception stack trace ---',
      '   at Shop.Cart.B() in /src/Cart.cs:line 13<---',
    );
    assert.deepEqual(
      read(dotnetParser, text).map(([relation, type, , frames]) => [relation, type, frames.at(-1)]),
      [
        [null, 'System.AggregateException', 'app Shop.Program.Main (/src/Program.cs:5)'],
        ['cause', 'System.InvalidOperationException', 'app Shop.Cart.A (/src/Cart.cs:12)'],
        ['group', 'System.ArgumentException', 'app Shop.Cart.B (/src/Cart.cs:13)'],
        ['cause', 'System.IO.IOException', 'app Shop.Disk.Read (/src/Disk.cs:1)'],
      ],
    );
  });

  it('reads the log of Serilog, NLog and Azure Functions', () => {
    for (const head of [
      'HTTP "GET" "/cart" responded 500 in 12.3 ms',
      'Shop.Web.Startup|An unhandled exception has occurred|',
      "Executed 'Functions.Checkout' (Failed, Id=1, Duration=3ms)",
    ]) {
      const text = lines(head, 'System.TimeoutException: too slow', '   at Shop.Cart.A() in /src/Cart.cs:line 1');
      assert.deepEqual(
        read(dotnetParser, text),
        [[null, 'System.TimeoutException', 'too slow', ['app Shop.Cart.A (/src/Cart.cs:1)']]],
        head,
      );
    }
  });

  it('separates exceptions that were logged one after the other', () => {
    const one = ['System.TimeoutException: one', '   at Shop.Cart.A() in /src/Cart.cs:line 1'];
    const two = ['System.TimeoutException: two', '   at Shop.Cart.B() in /src/Cart.cs:line 2'];
    assert.deepEqual(
      read(dotnetParser, lines(...one, 'Retrying', ...two)).map(([relation, , message]) => [relation, message]),
      [
        [null, 'one'],
        [null, 'two'],
      ],
    );
  });

  it('reads messages of several lines', () => {
    const text = lines(
      'Shop.ValidationException: Validation failed: ',
      ' -- Price: must be positive',
      ' -- Name: too long',
      '   at Shop.Cart.A()',
    );
    assert.equal(read(dotnetParser, text)[0]?.[2], 'Validation failed:\n -- Price: must be positive\n -- Name: too long');
  });
});
