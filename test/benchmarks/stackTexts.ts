/** Stack traces made up for measuring: the shapes are those of the runtimes, names and numbers come from a counter. */

type FrameText = (at: number) => string;

const NAMES = ['discount', 'quote', 'checkout', 'handle', 'next', 'dispatch', 'process', 'emit', 'run', 'load'];
const FILES = ['pricing', 'cart', 'orders/checkout', 'server', 'middleware/auth', 'lib/queue', 'store', 'api/routes'];
const name = (at: number) => NAMES[at % NAMES.length] ?? '';
const file = (at: number) => FILES[(at * 7) % FILES.length] ?? '';
const line = (at: number) => ((at * 37) % 900) + 1;
const column = (at: number) => ((at * 13) % 80) + 1;
const className = (at: number) => `${name(at).charAt(0).toUpperCase()}${name(at).slice(1)}`;

const traceOf = (head: string, frame: FrameText, frames: number, tail = '') =>
  `${head}\n${Array.from({ length: frames }, (_, at) => frame(at)).join('\n')}\n${tail}`;

const v8Frame: FrameText = (at) => {
  const place = `/srv/shop/src/${file(at)}.js:${line(at)}:${column(at)}`;
  if (at % 9 === 4) return `    at ${className(at)}.${name(at + 1)} [as handler] (${place})`;
  if (at % 9 === 5) return `    at async ${name(at)} (file:///srv/shop/src/${file(at)}.mjs:${line(at)}:${column(at)})`;
  if (at % 9 === 6) return `    at Layer.handle (/srv/shop/node_modules/express/lib/router/layer.js:${line(at)}:${column(at)})`;
  if (at % 9 === 7) return `    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;
  return at % 9 === 8 ? `    at ${place}` : `    at ${name(at)} (${place})`;
};

const geckoFrame: FrameText = (at) =>
  `${at % 5 === 4 ? '' : name(at)}@https://shop.example/assets/${file(at)}.js:${line(at)}:${column(at)}`;

/** JavaScript as Node.js and Chromium print it, and as Firefox and Safari do; sizes as they occur. */
export function javascriptTexts(count: number): { readonly texts: string[]; readonly frames: number } {
  const sizes = Array.from({ length: count }, (_, at) => 4 + ((at * 5) % 17));
  const texts = sizes.map((size, at) =>
    at % 4 === 3 ? traceOf('', geckoFrame, size).slice(1) : traceOf(`TypeError: ${name(at)} of undefined is not a function`, v8Frame, size),
  );
  return { texts, frames: sizes.reduce((sum, size) => sum + size, 0) };
}

/** One trace a language, each of so many frames. */
export function textsByLanguage(frames: number): Readonly<Record<string, string>> {
  return {
    javascript: traceOf('TypeError: no percent', v8Frame, frames),
    firefox: traceOf('', geckoFrame, frames).slice(1),
    python: traceOf(
      'Traceback (most recent call last):',
      (at) => `  File "/srv/shop/${file(at)}.py", line ${line(at)}, in ${name(at)}\n    return ${name(at + 1)}(cart)`,
      frames,
      "ValueError: invalid literal for int() with base 10: 'x'\n",
    ),
    java: traceOf(
      'java.lang.IllegalStateException: no percent',
      (at) => `\tat com.acme.shop.${className(at)}.${name(at + 1)}(${className(at)}.java:${line(at)})`,
      frames,
    ),
    go: traceOf(
      'panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:',
      (at) => `acme.example/shop/${name(at)}.${className(at)}(0x1)\n\t/srv/shop/${file(at)}.go:${line(at)} +0x1d`,
      frames,
    ),
    ruby: traceOf(
      "/srv/shop/lib/pricing.rb:12:in `discount': undefined method `[]' for nil:NilClass (NoMethodError)",
      (at) => `\tfrom /srv/shop/lib/${file(at)}.rb:${line(at)}:in \`${name(at)}'`,
      frames,
    ),
    php: traceOf(
      'PHP Fatal error:  Uncaught TypeError: no percent in /srv/shop/src/Pricing.php:12\nStack trace:',
      (at) => `#${at} /srv/shop/src/${className(at)}.php(${line(at)}): Acme\\${className(at)}->${name(at + 1)}(Array)`,
      frames,
      `#${frames} {main}\n  thrown in /srv/shop/src/Pricing.php on line 12\n`,
    ),
    csharp: traceOf(
      'System.NullReferenceException: Object reference not set to an instance of an object.',
      (at) => `   at Acme.Shop.${className(at)}.${className(at + 1)}(Cart cart) in /srv/shop/${file(at)}.cs:line ${line(at)}`,
      frames,
    ),
    rust: traceOf(
      "thread 'main' panicked at src/pricing.rs:12:9:\nno percent\nstack backtrace:",
      (at) =>
        `  ${String(at).padStart(2)}: shop::${name(at)}::${name(at + 1)}\n             at ./src/${file(at)}.rs:${line(at)}:${column(at)}`,
      frames,
    ),
  };
}

const repeatTo = (bytes: number, piece: string) => piece.repeat(Math.ceil(bytes / piece.length)).slice(0, bytes);

/** Texts that are made to keep a careless parser busy. */
export function adversarialTexts(bytes: number): Readonly<Record<string, string>> {
  return {
    'one line of brackets': `Error: x\n    at ${repeatTo(bytes, '(')}`,
    'one line of spaces': repeatTo(bytes, ' '),
    'one line of digits and colons': `    at f (${repeatTo(bytes, 'a:1:1')})`,
    'headers without frames': repeatTo(bytes, 'Error: Caused by: Exception: \n'),
    'frames without headers': repeatTo(bytes, '    at f (/a/b.js:1:1)\n'),
    'nested causes': repeatTo(bytes, 'Caused by: a.b.CException: x\n\tat a.b.C.d(C.java:1)\n'),
    'half tracebacks': repeatTo(bytes, 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n'),
    'escapes in escapes': repeatTo(bytes, '\\\\\\n\\"at f (a.js:1:1)\\n'),
    colours: repeatTo(bytes, '\u001b[31m\u001b[0m'),
    goroutines: repeatTo(bytes, 'goroutine 1 [running]:\nmain.f(...)\n\ta.go:1\n\n'),
    'all languages mixed': repeatTo(bytes, Object.values(textsByLanguage(3)).join('')),
    'at signs': repeatTo(bytes, '@'),
    'numbered lines': repeatTo(bytes, '#0 a(1): b()\n  0: a\n1 [ra] 0x1 f in M at /a.swift:1:1\n'),
  };
}
