import type { FrameKind } from '../../domain/frame';

const RUNTIME_PREFIXES = ['node:', 'internal/', 'deno:', 'bun:', '<frozen ', '/usr/lib/go', '/usr/local/go/', '/rustc/'];

const LIBRARY_PARTS = [
  '/node_modules/',
  '/site-packages/',
  '/dist-packages/',
  '/.yarn/',
  '/.pnpm/',
  '/pkg/mod/',
  '/.cargo/registry/',
  '/.venv/lib/',
  '/vendor/bundle/',
  '/gems/',
];

/** Whether the code in a file is the program's own, a library's or the runtime's. Decided by path alone. */
export function kindOfFile(file: string): FrameKind {
  const path = file.replaceAll('\\', '/');
  if (RUNTIME_PREFIXES.some((prefix) => path.startsWith(prefix))) return 'runtime';
  if (LIBRARY_PARTS.some((part) => path.includes(part)) || path.startsWith('node_modules/')) return 'library';
  if (isPythonRuntime(path)) return 'runtime';
  return 'app';
}

/** `/usr/lib/python3.11/json/decoder.py` and its like, wherever Python is installed. */
function isPythonRuntime(path: string): boolean {
  const at = path.indexOf('/lib/python');
  return at !== -1 && path.endsWith('.py');
}

const JVM_RUNTIME = ['java.', 'javax.', 'jdk.', 'sun.', 'com.sun.', 'kotlin.', 'kotlinx.coroutines.', 'scala.'];
const JVM_LIBRARY = [
  'org.springframework.',
  'org.apache.',
  'org.hibernate.',
  'org.eclipse.jetty.',
  'io.netty.',
  'io.grpc.',
  'io.undertow.',
  'reactor.',
  'com.fasterxml.',
  'com.google.common.',
  'com.zaxxer.',
  'okhttp3.',
  'org.postgresql.',
  'com.mysql.',
  'datadog.trace.',
];

/** The same for a Java or Kotlin method name with its package. */
export function kindOfJvmMethod(method: string): FrameKind {
  if (JVM_RUNTIME.some((prefix) => method.startsWith(prefix))) return 'runtime';
  return JVM_LIBRARY.some((prefix) => method.startsWith(prefix)) ? 'library' : 'app';
}
