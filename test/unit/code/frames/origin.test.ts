import assert from 'node:assert/strict';
import { kindOfFile, kindOfJvmMethod, librarySegment } from '../../../../src/code/frames/origin';

const all = (kind: string, files: readonly string[]) => {
  for (const file of files) assert.equal(kindOfFile(file), kind, file);
};

describe('What a file is, by its path', () => {
  it('knows libraries of JavaScript however they were installed or served', () =>
    all('library', [
      '/srv/app/node_modules/express/lib/router.js',
      'C:\\srv\\node_modules\\express\\index.js',
      'node_modules/pg/lib/client.js',
      '/root/.pnpm-store/v3/files/pg.js',
      '/srv/.yarn/cache/pg-npm-8.zip/lib/client.js',
      'webpack://shop/./node_modules/react-dom/index.js',
      'webpack://shop/webpack/bootstrap',
      'https://cdn.jsdelivr.net/npm/vue/dist/vue.js',
      'chrome-extension://abcdef/content.js',
      'http://localhost:5173/@vite/client',
      '/srv/shop/dd-trace/packages/datadog-instrumentations/src/router.js',
      '/srv/shop/public/vendor/jquery/jquery.js',
    ]));

  it('knows libraries and environments of Python by any name', () =>
    all('library', [
      '/opt/my-env/lib/python3.11/site-packages/flask/app.py',
      'C:\\shop\\env\\Lib\\site-packages\\flask\\app.py',
      '/opt/conda/envs/shop/lib/python3.10/site-packages/flask/app.py',
      '/root/.cache/pypoetry/virtualenvs/shop-x-py3.11/src/money/round.py',
      '/usr/lib/python3/dist-packages/yaml/__init__.py',
      '/srv/__pypackages__/3.11/lib/flask/app.py',
      '/opt/python/requests/api.py',
    ]));

  it('knows libraries of Ruby, PHP, Go, Rust, .NET, Java, Elixir, Dart, Swift and Perl', () =>
    all('library', [
      '/usr/local/bundle/gems/rack-3.0/lib/rack.rb',
      '/srv/vendor/bundle/ruby/3.1.0/rack.rb',
      '/srv/shop/vendor/symfony/console/Application.php',
      '/srv/shop/vendor/autoload.php',
      '/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go',
      '/src/shop/vendor/github.com/gin-gonic/gin/context.go',
      '/root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/tokio-1.0/src/lib.rs',
      '/root/.cargo/git/checkouts/axum-1/src/lib.rs',
      '/root/.nuget/packages/dapper/2.0/Dapper.cs',
      '/srv/shop/deps/phoenix/lib/phoenix/router.ex',
      '/root/.pub-cache/hosted/pub.dev/http-1.0/lib/http.dart',
      '/srv/.build/checkouts/vapor/Sources/Vapor/App.swift',
      '/ios/Pods/Alamofire/Session.swift',
      '/usr/local/share/perl/5.36.0/site_perl/Moo.pm',
    ]));

  it('knows runtimes wherever they are installed', () =>
    all('runtime', [
      'node:internal/process/task_queues',
      'internal/modules/cjs/loader.js',
      '/usr/lib/python3.11/json/decoder.py',
      '/root/.pyenv/versions/3.11.1/lib/python3.11/json/decoder.py',
      'C:\\Users\\ada\\Python311\\Lib\\json\\decoder.py',
      '<frozen importlib._bootstrap>',
      '/usr/local/lib/ruby/3.1.0/net/http.rb',
      '<internal:kernel>',
      '/usr/local/go/src/net/http/server.go',
      '/usr/lib/go-1.19/src/runtime/panic.go',
      '/opt/hostedtoolcache/go/1.21.1/x64/src/runtime/panic.go',
      '/opt/homebrew/Cellar/go/1.21.1/libexec/src/runtime/panic.go',
      '/rustc/90b35a6/library/core/src/panicking.rs',
      '/root/.rustup/toolchains/stable/lib/rustlib/src/rust/library/core/src/option.rs',
      '/_/src/libraries/System.Private.CoreLib/src/System/Int32.cs',
      'dart:async/zone.dart',
      '/usr/lib/elixir/lib/elixir/lib/enum.ex',
      '/usr/lib/x86_64-linux-gnu/perl/5.36/Socket.pm',
    ]));

  it('takes everything else for the program, also where names come close', () =>
    all('app', [
      '/srv/shop/src/pricing.js',
      '/app/internal/vendor/handler.go',
      '/app/src/vendor/VendorController.php',
      '/app/services/vendor/src/index.js',
      '/app/lib/python/pricing.py',
      '/go/src/github.com/acme/shop/main.go',
      '/app/lib/ruby/pricing.rb',
      '/app/deps/plan.js',
      'lib/checkout.ex',
      'vendor',
    ]));

  it('takes time linear in the path', () => {
    const long = `/${'lib/'.repeat(20_000)}x.pm`;
    assert.equal(kindOfFile(long), 'app');
  });

  it('says where the library begins', () => {
    assert.equal(librarySegment('srv/node_modules/a/node_modules/b/index.js'.split('/')), 3);
    assert.equal(librarySegment('srv/src/index.js'.split('/')), -1);
  });

  it('tells by the package of a JVM method', () => {
    assert.equal(kindOfJvmMethod('java.util.ArrayList.get'), 'runtime');
    assert.equal(kindOfJvmMethod('org.springframework.web.Dispatcher.run'), 'library');
    assert.equal(kindOfJvmMethod('com.acme.Shop.run'), 'app');
  });
});
