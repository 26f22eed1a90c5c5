import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseStack, parseStackTraces } from '../../../../src/code/frames/parseStack';

const languageOf = (text: string) => parseStackTraces(text)[0]?.language;
const lines = (...text: string[]) => text.join('\n');

describe('parseStack', () => {
  it('recognises the language by its frames', () => {
    assert.equal(languageOf(lines('Error: x', '    at f (/srv/a.js:1:2)')), 'javascript');
    assert.equal(languageOf(lines('java.lang.Error', '\tat com.acme.A.b(A.java:1)')), 'java');
    assert.equal(languageOf(lines('Traceback (most recent call last):', '  File "/a.py", line 1, in f', 'KeyError')), 'python');
    assert.equal(languageOf(lines('panic: x', '', 'goroutine 1 [running]:', 'main.main()', '\t/srv/a.go:1 +0x1')), 'go');
    assert.equal(languageOf('nothing of the kind'), undefined);
  });

  it('reads a log line with a stack below it', () => {
    const [exception] = parseStack(
      lines('2026-11-17T10:00:00Z ERROR checkout failed', 'TypeError: x is undefined', '    at f (/srv/a.js:1:2)'),
    );
    assert.deepEqual([exception?.type, exception?.message], ['TypeError', 'x is undefined']);
  });

  it('reads bare places, one a line', () => {
    const [exception] = parseStack(lines('services/payment/charge.go:118 Charge.read', 'services/payment/main.go:9'));
    assert.deepEqual(
      exception?.frames.map(({ function: name, file, line }) => [name, file, line]),
      [
        ['Charge.read', 'services/payment/charge.go', 118],
        [null, 'services/payment/main.go', 9],
      ],
    );
  });

  it('finds nothing in prose, times and addresses', () => {
    for (const text of ['', 'GET http://127.0.0.1:8080 failed', '12:30:45 started', 'see https://x.example/a.js:12', '\n\n\n'])
      assert.deepEqual(parseStack(text), [], text);
  });

  it('gives back every frame that was written, in order', () => {
    const name = fc.stringMatching(/^[a-z][a-zA-Z0-9_$]{0,12}$/);
    const path = fc
      .array(fc.stringMatching(/^[a-z0-9_(). -]{0,8}[a-z]$/), { minLength: 1, maxLength: 4 })
      .map((parts) => `/${parts.join('/')}.js`);
    const frame = fc.record({ name, path, line: fc.integer({ min: 1, max: 99_999 }), column: fc.integer({ min: 1, max: 9_999 }) });
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 12 }), fc.lorem(), (frames, message) => {
        const text = [`Error: ${message}`, ...frames.map((f) => `    at ${f.name} (${f.path}:${f.line}:${f.column})`)].join('\n');
        const [exception] = parseStack(text);
        const balanced = (f: { path: string }) => f.path.split('(').length === f.path.split(')').length && !/\)[^(]*\(/.test(f.path);
        fc.pre(frames.every(balanced));
        assert.deepEqual(
          exception?.frames.map((f) => [f.function, f.file, f.line, f.column]),
          frames.map((f) => [f.name, f.path, f.line, f.column]),
        );
        assert.equal(exception?.message, message.trim());
      }),
    );
  });

  it('never throws, and never makes up a line number', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'at ',
        '(',
        ')',
        'async ',
        '\n',
        '\t',
        'File "',
        '", line 3',
        ', in ',
        'Caused by: ',
        'goroutine 1 [running]:',
        'panic: ',
        '[errors]: [',
        '[cause]: ',
        'Error: ',
        ':12:3',
        'Traceback (most recent call last):',
        ' | ',
        '+---',
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const exception of parseStack(pieces.join(''))) {
          for (const frame of exception.frames) {
            assert.ok(frame.line === null || (Number.isInteger(frame.line) && frame.line > 0));
            assert.ok(frame.file !== '');
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  const MEGABYTES = 5 * 1024 * 1024;
  const STACK = lines('TypeError: boom', '    at f (/srv/a.js:1:2)', '    at g (/srv/a.js:3:4)');
  const dumps: readonly [string, string][] = [
    ['log entries', '2026-11-21 02:03:43.123 INFO [main] com.acme.Shop - order 4711 ready at depot 12\n'],
    ['entries of JSON', '{"time":"2026-11-21","message":"look at this","path":"/a/b.js"}\n'],
    ['empty lines', '\n'],
    ['lines that only begin like frames', '    at noon\n'],
    ['names and addresses', 'user@example.org: ready\n'],
  ];
  for (const [what, line] of dumps) {
    it(`finds a stack at the end of megabytes of ${what}`, () => {
      const text = `${line.repeat(Math.ceil(MEGABYTES / line.length))}\n${STACK}`;
      const traces = parseStackTraces(text);
      assert.deepEqual(
        traces.map(({ exceptions }) => [exceptions[0]?.type, exceptions[0]?.frames.length]),
        [['TypeError', 2]],
      );
      assert.equal(text.slice(traces[0]?.range.start, traces[0]?.range.end), STACK);
    });
  }

  it('finds a stack at the end of one line of megabytes', () => {
    const text = `{"padding":"${'x'.repeat(MEGABYTES)}","stack":${JSON.stringify(STACK)}}`;
    const [trace, ...others] = parseStackTraces(text);
    assert.deepEqual(others, []);
    const frame = trace?.exceptions[0]?.frames[1];
    assert.equal(text.slice(frame?.range?.start, frame?.range?.end), 'at g (/srv/a.js:3:4)');
  });

  it('takes the hinted language where lines fit to several', () => {
    const text = lines('   at Shop.Cart.Total()', '   at Shop.Program.Main()');
    assert.equal(parseStackTraces(text, 'csharp')[0]?.language, 'csharp');
  });

  it('gives the first of several traces, without ranges', () => {
    const exceptions = parseStack(`${STACK}\n\nRangeError: next\n    at h (/srv/b.js:1:2)`);
    assert.deepEqual(
      exceptions.map(({ type }) => type),
      ['TypeError'],
    );
    assert.ok(exceptions.every(({ frames }) => frames.every((frame) => !('range' in frame))));
  });

  // A parser that is quadratic in any of these would need minutes; the runner's limit is the bound.
  const hostile: readonly [string, string][] = [
    ['a million opening parentheses', `Error: x\n    at ${'('.repeat(1_000_000)}`],
    ['a million closing parentheses', `Error: x\n    at f ${')'.repeat(1_000_000)}`],
    ['blanks without an end', `Error: x\n${' '.repeat(1_000_000)}at`],
    ['one line of colons and digits', `Error: x\n    at ${':1'.repeat(500_000)}`],
    ['empty lines', '\n'.repeat(1_000_000)],
    ['headers without frames', 'Error: x\n'.repeat(110_000)],
    ['frames that turn out to be text', '    at f (a.js:1:1)\ntext\n'.repeat(50_000)],
    ['Python prefixes', `Traceback (most recent call last):\n${'  |'.repeat(300_000)}`],
    ['nested causes', 'Error: x\n    at f (/a.js:1:1) {\n  [cause]: '.repeat(30_000)],
    ['marks of a cause', 'Caused by: a.B: x\n'.repeat(100_000)],
    ['places that were escaped', `{"stack":"${'\\n    at f (/a.js:1:2)'.repeat(50_000)}"}`],
    ['quotes that never close', '"\\n '.repeat(250_000)],
    ['colours', '\u001b[31m'.repeat(200_000)],
    ['borders of groups', '  +-+---------------- 1 ----------------\n    | Traceback (most recent call last):\n'.repeat(10_000)],
    ['goroutines', 'goroutine 1 [running]:\n'.repeat(40_000)],
    ['panics', 'panic: x\n'.repeat(60_000)],
    ['brackets within brackets', '[['.repeat(500_000)],
    ['signs that part names and places', '@'.repeat(1_000_000)],
    ['Go names', `goroutine 1 [running]:\n${'a('.repeat(300_000)}\n\t/a.go:1`],
  ];
  for (const [what, text] of hostile) {
    it(`copes with ${what}`, () => {
      const parsed = parseStack(text);
      const lineCount = text.split(/\n|\\n/).length;
      assert.ok(parsed.length <= lineCount);
      assert.ok(parsed.reduce((sum, exception) => sum + exception.frames.length, 0) <= lineCount);
    });
  }
});
