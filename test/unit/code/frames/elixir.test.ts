import assert from 'node:assert/strict';
import fc from 'fast-check';
import { elixirParser } from '../../../../src/code/frames/elixir';
import { plainLines } from '../../../../src/code/frames/text';
import { framesOf, itIsSafe, lines, read, weights } from './parsing';

describe('elixirParser', () => {
  it('reads an exception with frames of all kinds', () => {
    const text = lines(
      '** (KeyError) key :coupon not found in: %{}',
      '    :erlang.map_get(:coupon, %{})',
      '    (shop 0.1.0) lib/shop/cart.ex:7: Shop.Cart.discount/1',
      '    (shop 0.1.0) lib/shop/cart.ex:17: anonymous fn/1 in Shop.Cart.total/1',
      '    (elixir 1.14.0) lib/enum.ex:1658: Enum."-map/2-lists^map/1-0-"/2',
      '    (stdlib 5.2) :maps.get(:x, %{})',
      '    (phoenix 1.7.10) lib/phoenix/router.ex:432: Phoenix.Router.__call__/5',
      '    deps/mine/lib/mine.ex:3: Mine.f/0',
      '    (shop 0.1.0) lib/shop_web/page.html.heex:3: ShopWeb.Page.index(assigns)',
      '    main.exs:3: (file)',
    );
    assert.deepEqual(read(elixirParser, text), [
      [
        null,
        'KeyError',
        'key :coupon not found in: %{}',
        [
          'native :erlang.map_get(:coupon, %{}) ()',
          'app Shop.Cart.discount/1 (lib/shop/cart.ex:7)',
          'app anonymous fn/1 in Shop.Cart.total/1 (lib/shop/cart.ex:17)',
          'runtime Enum."-map/2-lists^map/1-0-"/2 (lib/enum.ex:1658)',
          'runtime :maps.get(:x, %{}) ()',
          'library Phoenix.Router.__call__/5 (lib/phoenix/router.ex:432)',
          'library Mine.f/0 (deps/mine/lib/mine.ex:3)',
          'app ShopWeb.Page.index(assigns) (lib/shop_web/page.html.heex:3)',
          'app (file) (main.exs:3)',
        ],
      ],
    ]);
  });

  it('passes over the clauses that did not match', () => {
    const text = lines(
      '** (FunctionClauseError) no function clause matching in Shop.guard/1    ',
      '    ',
      '    The following arguments were given to Shop.guard/1:',
      '    ',
      '        # 1',
      '        "a"',
      '    ',
      '    Attempted function clauses (showing 1 out of 1):',
      '    ',
      '        def guard(n) when is_integer(n)',
      '    ',
      '    (shop 0.1.0) lib/shop.ex:31: Shop.guard/1',
    );
    assert.deepEqual(read(elixirParser, text), [
      [null, 'FunctionClauseError', 'no function clause matching in Shop.guard/1', ['app Shop.guard/1 (lib/shop.ex:31)']],
    ]);
  });

  it('takes what an exit tells of for its cause, and the frames by their indentation', () => {
    const text = lines(
      '** (exit) exited in: GenServer.call(#PID<0.139.0>, :price, 5000)',
      '    ** (EXIT) an exception was raised:',
      '        ** (KeyError) key :coupon not found in: %{}',
      '            (shop 0.1.0) lib/shop.ex:7: Shop.discount/1',
      '            (stdlib 4.2) proc_lib.erl:240: :proc_lib.init_p_do_apply/3',
      '    (elixir 1.14.0) lib/gen_server.ex:1038: GenServer.call/3',
    );
    assert.deepEqual(read(elixirParser, text), [
      [
        null,
        'exit',
        'exited in: GenServer.call(#PID<0.139.0>, :price, 5000)\nan exception was raised:',
        ['runtime GenServer.call/3 (lib/gen_server.ex:1038)'],
      ],
      [
        'cause',
        'KeyError',
        'key :coupon not found in: %{}',
        ['app Shop.discount/1 (lib/shop.ex:7)', 'runtime :proc_lib.init_p_do_apply/3 (proc_lib.erl:240)'],
      ],
    ]);
  });

  it('takes the exception that ended a process for the error, where the exit says nothing else', () => {
    for (const exit of ['** (exit) an exception was raised:', '** (EXIT from #PID<0.96.0>) an exception was raised:']) {
      const text = lines('Request: GET /cart', exit, '    ** (KeyError) no coupon', '        (shop 0.1.0) lib/shop.ex:7: Shop.discount/1');
      assert.deepEqual(read(elixirParser, text), [[null, 'KeyError', 'no coupon', ['app Shop.discount/1 (lib/shop.ex:7)']]], exit);
    }
  });

  it('ends a trace where a server reports its state', () => {
    const text = lines(
      'GenServer #PID<0.139.0> terminating',
      '** (Shop.Failed) no price',
      '    (shop 0.1.0) lib/shop.ex:7: Shop.discount/1',
      'Last message (from #PID<0.96.0>): :price',
      'Client #PID<0.96.0> is alive',
      '',
      '    (stdlib 4.2) gen.erl:256: :gen.do_call/4',
      '** (throw) :stop',
      '    (shop 0.1.0) lib/shop.ex:9: Shop.f/1',
    );
    assert.deepEqual(read(elixirParser, text), [
      [null, 'Shop.Failed', 'no price', ['app Shop.discount/1 (lib/shop.ex:7)']],
      [null, 'throw', ':stop', ['app Shop.f/1 (lib/shop.ex:9)']],
    ]);
  });

  it('reads the form before Elixir 1.11, and an error that lost its stars', () => {
    const text = lines('(Shop.Failed) Server Error (503)', '', '(shop) lib/shop.ex:3: Shop.f/1', '(elixir) lib/task.ex:90: Task.run/2');
    assert.deepEqual(read(elixirParser, text), [
      [null, 'Shop.Failed', 'Server Error (503)', ['app Shop.f/1 (lib/shop.ex:3)', 'runtime Task.run/2 (lib/task.ex:90)']],
    ]);
    assert.deepEqual(read(elixirParser, '    (shop 0.1.0) lib/shop.ex:9: Shop.f/1'), [[null, '', '', ['app Shop.f/1 (lib/shop.ex:9)']]]);
  });

  it("reads Erlang's shell and its reports", () => {
    const shell = lines(
      '** exception error: no match of right hand side value 2',
      '     in function  cart:discount/1 (src/cart.erl, line 12)',
      '     in call from cart:total/0 (src/cart.erl, line 8)',
    );
    assert.deepEqual(read(elixirParser, shell), [
      [
        null,
        'error',
        'no match of right hand side value 2',
        ['app cart:discount/1 (src/cart.erl:12)', 'app cart:total/0 (src/cart.erl:8)'],
      ],
    ]);
    const report = lines(
      '** Reason for termination = ',
      '** {badarg,[{erlang,binary_to_atom,[<<"x">>],[]},{cart,discount,1,[{file,"src/cart.erl"},{line,12}]},',
      '            {\'Elixir.Shop\',f,0,[{file,"lib/shop.ex"},{line,3}]},{gen_server,loop,7,[{file,"gen_server.erl"},{line,721}]}]}',
    );
    assert.deepEqual(framesOf(elixirParser, report), [
      'app :cart.discount/1 (src/cart.erl:12)',
      'app Shop.f/0 (lib/shop.ex:3)',
      'runtime :gen_server.loop/7 (gen_server.erl:721)',
    ]);
  });

  it('claims its own lines only', () => {
    assert.deepEqual(
      weights(elixirParser, lines('** (KeyError) x', '    (shop 0.1.0) lib/a.ex:1: A.f/1', '    :erlang.+(1, nil)')),
      [2, 2, 2],
    );
    for (const foreign of [
      '** bold (not this)',
      '(see below) for more',
      '/srv/a.exe:12: error',
      '    at f (/a.js:1:2)',
      '(node:12) Warning: x',
      ':memory: database',
    ])
      assert.deepEqual(weights(elixirParser, foreign), [0], foreign);
  });

  it('gives back every frame that was written', () => {
    const name = fc
      .tuple(fc.stringMatching(/^([A-Z][a-z]{0,6}\.){1,3}[a-z_]{1,8}[?!]?$/), fc.integer({ min: 0, max: 255 }))
      .map((parts) => parts.join('/'));
    const frame = fc.tuple(name, fc.stringMatching(/^lib\/[a-z_/]{0,20}[a-z]\.exs?$/), fc.integer({ min: 1, max: 99_999 }));
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 20 }), fc.constantFrom('(shop 0.1.0) ', '(shop) ', ''), (frames, app) => {
        const text = lines('** (KeyError) x', ...frames.map(([mfa, file, line]) => `    ${app}${file}:${line}: ${mfa}`));
        const found = elixirParser.parse(plainLines(text))[0]?.frames.map(({ function: mfa, file, line }) => [mfa, file, line]);
        assert.deepEqual(
          found,
          frames.map((each) => [...each]),
        );
      }),
    );
  });

  itIsSafe(elixirParser, [
    '** (KeyError) x',
    '** (EXIT) y',
    '    (a 1.0) lib/a.ex:1: A.f/1',
    '    :a.b(',
    '[{file,"',
    '{a,b,1,[{file,"a.erl"},{line,1}]}',
    'in function  a:b/1 (a.erl, line 1)',
    '(A) b',
    '** exception error: ',
    'anonymous fn/1 in A.b/1',
  ]);
});
