import assert from 'node:assert/strict';
import { kindOfElixirFrame } from '../../../../src/code/frames/elixirOrigin';

describe('kindOfElixirFrame', () => {
  it('knows the applications of Erlang and Elixir, and common libraries', () => {
    for (const app of ['elixir', 'stdlib', 'kernel', 'mix', 'ex_unit']) assert.equal(kindOfElixirFrame(app, 'lib/x.ex'), 'runtime', app);
    for (const app of ['phoenix', 'ecto_sql', 'cowboy']) assert.equal(kindOfElixirFrame(app, 'lib/x.ex'), 'library', app);
    assert.equal(kindOfElixirFrame('shop', 'lib/shop.ex'), 'app');
  });

  it('knows the folder of dependencies, in a project and in an umbrella', () => {
    assert.equal(kindOfElixirFrame(null, 'deps/mine/lib/mine.ex'), 'library');
    assert.equal(kindOfElixirFrame('mine', '/srv/shop/deps/mine/lib/mine.ex'), 'library');
    assert.equal(kindOfElixirFrame('mine', 'apps/mine/lib/mine.ex'), 'app');
  });

  it('knows what was typed, what runs in C and files of Erlang without their application', () => {
    assert.equal(kindOfElixirFrame(null, 'iex'), 'eval');
    assert.equal(kindOfElixirFrame(null, 'nofile'), 'eval');
    assert.equal(kindOfElixirFrame(null, null), 'native');
    assert.equal(kindOfElixirFrame(null, 'gen_server.erl'), 'runtime');
    assert.equal(kindOfElixirFrame(null, 'main.exs'), 'app');
  });
});
