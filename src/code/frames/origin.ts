import type { FrameKind } from '../../domain/frame';

/** What a runtime prints for code of its own, or where it is installed. */
const RUNTIME_PREFIXES = [
  'node:',
  'internal/',
  'deno:',
  'bun:',
  'dart:',
  'ext:',
  'webpack/bootstrap',
  'webpack/runtime/',
  '<frozen ',
  '<internal:',
  '/rustc/',
  '/_/src/libraries/',
  '/_/src/coreclr/',
  '/_/src/mscorlib/',
  '/var/runtime/',
];

/** Folders of Go, Rust, Ruby, Elixir, Swift, Perl and .NET themselves, wherever they are installed. */
const RUNTIME_PARTS = [
  '/usr/lib/go',
  '/usr/local/go/src/',
  '/.rustup/toolchains/',
  '/usr/lib/elixir/',
  '/usr/local/lib/elixir/',
  '/usr/lib/erlang/',
  '/usr/local/lib/erlang/',
  '/usr/lib/swift/',
  '/usr/share/perl/',
  '/usr/share/dotnet/',
  '/usr/lib/jvm/',
  '/mono/mcs/class/',
  '/mono/external/',
];

/** A folder of such a name, anywhere in the path, holds what others wrote. */
const LIBRARY_FOLDERS = new Set(
  (
    'node_modules bower_components jspm_packages .yarn .pnpm .pnpm-store site-packages dist-packages __pypackages__ .venv virtualenvs ' +
    '.virtualenvs .eggs _vendor gems .bundle rubygems-integration .m2 .gradle .nuget .pub-cache Pods Carthage SourcePackages ' +
    'site_perl vendor_perl perl5 dd-trace ddtrace'
  ).split(' '),
);

/** Two folders that only together say so. */
const LIBRARY_PARTS = [
  '/pkg/mod/',
  '/.cargo/registry/',
  '/.cargo/git/',
  '/.build/checkouts/',
  '/webpack/bootstrap',
  '/webpack/runtime/',
  '/usr/share/php/',
  '/opt/python/',
  '/@vite/',
  '/cdn-cgi/',
];

/** Extensions of a browser, archives of libraries, and hosts that serve nothing else. */
const LIBRARY_PREFIXES = [
  'chrome-extension://',
  'moz-extension://',
  'safari-extension://',
  'safari-web-extension://',
  'chrome://',
  'resource://',
  'https://cdn.jsdelivr.net/',
  'https://unpkg.com/',
  'https://cdnjs.cloudflare.com/',
  'https://esm.sh/',
  'https://deno.land/',
  'https://jsr.io/',
  'https://ajax.googleapis.com/',
  'https://www.googletagmanager.com/',
];

/** Kinds of files asked for lately, found by some of their characters: the frames of stacks share most of their files. */
const known: ({ readonly file: string; readonly kind: FrameKind } | undefined)[] = new Array(4_096).fill(undefined);

/** Whether the code in a file is the program's own, a library's or the runtime's. Decided by path alone. */
export function kindOfFile(file: string): FrameKind {
  const slot = slotOf(file);
  const before = known[slot];
  if (before?.file === file) return before.kind;
  const kind = kindOfPath(file);
  known[slot] = { file: withoutParent(file), kind };
  return kind;
}

function slotOf(file: string): number {
  const end = file.length;
  let mix = end;
  for (let at = end - 4; at >= 0 && at > end - 36; at -= 4) mix = Math.imul(mix, 31) + file.charCodeAt(at);
  return (mix ^ (mix >>> 12)) & 4_095;
}

/** A copy of a part of a text, which would keep the whole text in memory. */
const withoutParent = (part: string) => ` ${part}`.slice(1);

function kindOfPath(file: string): FrameKind {
  const path = file.includes('\\') ? file.replaceAll('\\', '/') : file;
  if (RUNTIME_PREFIXES.some((prefix) => path.startsWith(prefix))) return 'runtime';
  if (LIBRARY_PREFIXES.some((prefix) => path.startsWith(prefix))) return 'library';
  if (librarySegment(path.split('/')) !== -1 || LIBRARY_PARTS.some((part) => path.includes(part))) return 'library';
  return RUNTIME_PARTS.some((part) => path.includes(part)) || isInstalledRuntime(path) ? 'runtime' : 'app';
}

/** Where in a path the last folder stands that makes it a library's; -1 when there is none. */
export function librarySegment(segments: readonly string[]): number {
  for (let at = segments.length - 2; at >= 0; at -= 1) {
    const segment = segments[at] ?? '';
    if (LIBRARY_FOLDERS.has(segment) || isVendored(segments, at) || isElixirDependency(segments, at)) return at;
  }
  return -1;
}

/**
 * `vendor/github.com/x/y.go`, `vendor/symfony/console/Application.php`, `vendor/bundle/…`, `assets/vendor/jquery.js`. A program
 * may also be about vendors: `internal/vendor/handler.go` is not a library.
 */
function isVendored(segments: readonly string[], at: number): boolean {
  if (segments[at] !== 'vendor') return false;
  const [next = '', ...rest] = segments.slice(at + 1);
  const name = segments.at(-1) ?? '';
  if (name.endsWith('.go')) return next.includes('.') && rest.length > 0;
  if (name.endsWith('.php')) return next === 'composer' || next === 'autoload.php' || (rest.length >= 2 && next === next.toLowerCase());
  if (name.endsWith('.rb')) return next === 'bundle' || next === 'cache' || next === 'gems' || next === 'plugins';
  if (name.endsWith('.rs')) return rest.length >= 2;
  return (
    /\.[cm]?js$/.test(name) &&
    (rest.length === 0 || /^(?:assets|public|static|js|javascripts?|lib|third_party)$/.test(segments[at - 1] ?? ''))
  );
}

/** `deps/phoenix/lib/phoenix/router.ex`, also below an umbrella or a release. */
function isElixirDependency(segments: readonly string[], at: number): boolean {
  return segments[at] === 'deps' && /\.(?:exs?|erl)$/.test(segments.at(-1) ?? '') && segments.length - at >= 3;
}

/** `/usr/lib/python3.11/json/decoder.py`, `C:/Python311/Lib/json/decoder.py`, `…/lib/ruby/3.1.0/net/http.rb`, `…/go/1.21.1/x64/src/net/…`. */
function isInstalledRuntime(path: string): boolean {
  if (path.endsWith('.py')) return /\/lib\/(?:python|pypy)\d/i.test(path) || /\/python\d{2,3}\/lib\//i.test(path);
  if (path.endsWith('.rb')) return /\/lib\/j?ruby\/\d/.test(path) || /\/lib\/ruby\/(?:stdlib|vendor_ruby)\//.test(path);
  if (path.endsWith('.go'))
    return /\/go\/?-?\d+\.\d+[^/]{0,20}\/(?:x64|arm64|libexec)?\/?src\//.test(path) || path.includes('/go/libexec/src/');
  return /\.p[lm]$/.test(path) && /\/lib\/[^/]{1,60}\/perl(?:-base)?\//.test(path);
}

/** Packages of Java's, Kotlin's, Scala's and Android's runtimes. */
const JVM_RUNTIME = new Set(
  (
    'java javax jdk sun com.sun.proxy com.sun.crypto com.sun.net com.sun.jndi com.sun.org com.sun.tools kotlin kotlinx.coroutines scala ' +
    'groovy.lang org.codehaus.groovy clojure android androidx.core com.android.internal dalvik libcore jakarta org.graalvm'
  ).split(' '),
);

/** Packages that most programs of the JVM are built on. */
const JVM_LIBRARIES = new Set(
  (
    'org.springframework org.apache org.hibernate org.eclipse org.glassfish org.jboss org.wildfly org.junit junit org.mockito org.postgresql ' +
    'org.mariadb org.h2 org.hsqldb org.mongodb org.elasticsearch org.opensearch org.quartz org.slf4j org.gradle org.jetbrains org.aspectj ' +
    'org.thymeleaf org.flywaydb org.liquibase org.redisson org.jooq org.jdbi org.yaml org.json org.testng org.openjdk ' +
    'io.netty io.grpc io.undertow io.vertx io.micrometer io.micronaut io.quarkus io.opentelemetry io.opentracing io.reactivex io.lettuce ' +
    'io.ktor io.kotest io.javalin io.dropwizard io.jsonwebtoken io.smallrye io.helidon io.r2dbc io.sentry io.confluent io.jaegertracing ' +
    'com.fasterxml com.google.common com.google.inject com.google.gson com.google.protobuf com.google.cloud com.google.api com.google.firebase ' +
    'com.zaxxer com.mysql com.mongodb com.netflix com.amazonaws com.azure com.microsoft.sqlserver com.squareup com.github.benmanes ' +
    'com.sun.mail com.sun.jersey com.sun.faces com.sun.xml com.datadoghq com.newrelic.agent com.hazelcast com.rabbitmq com.zaxxer com.couchbase ' +
    'com.datastax com.typesafe com.twitter.finagle com.alibaba.druid com.baomidou com.intellij com.ibm.db2 com.jayway com.querydsl ' +
    'software.amazon reactor rx retrofit2 okhttp3 okio feign akka play zio cats fs2 monix slick net.bytebuddy net.sf net.logstash ' +
    'ch.qos.logback datadog redis.clients oracle.jdbc freemarker graphql javassist cglib coil androidx arrow worker.org.gradle'
  ).split(' '),
);

/** The same for a Java or Kotlin method name with its package. */
export function kindOfJvmMethod(method: string): FrameKind {
  for (let dot = method.indexOf('.'); dot !== -1; dot = method.indexOf('.', dot + 1)) {
    const name = method.slice(0, dot);
    if (JVM_RUNTIME.has(name)) return 'runtime';
    if (JVM_LIBRARIES.has(name)) return 'library';
    if (dot > MAX_PACKAGE_CHARS) break;
  }
  return 'app';
}

/** Longer than any name in the lists. */
const MAX_PACKAGE_CHARS = 40;
