import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseStackTraces } from '../../../../src/code/frames/parseStack';
import type { StackLanguage, StackTrace } from '../../../../src/domain/frame';

interface Written {
  readonly name: string;
  readonly folder: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How one language prints frames, innermost first, and what is read back of one. */
interface Printer {
  readonly language: StackLanguage;
  readonly print: (frames: readonly Written[], message: string) => string;
  readonly expected: (frame: Written) => readonly [string, string, number];
}

const path = ({ folder, file }: Written, extension: string) => `/srv/${folder}/${file}.${extension}`;

const printers: readonly Printer[] = [
  {
    language: 'javascript',
    print: (frames, message) =>
      [`TypeError: ${message}`, ...frames.map((f) => `    at async ${f.name} (${path(f, 'ts')}:${f.line}:${f.column})`)].join('\n'),
    expected: (f) => [f.name, path(f, 'ts'), f.line],
  },
  {
    language: 'javascript',
    print: (frames) => frames.map((f) => `${f.name}@https://shop.example${path(f, 'js')}?v=1:${f.line}:${f.column}`).join('\n'),
    expected: (f) => [f.name, `https://shop.example${path(f, 'js')}?v=1`, f.line],
  },
  {
    language: 'python',
    print: (frames, message) =>
      [
        'Traceback (most recent call last):',
        ...frames.toReversed().flatMap((f) => [`  File "${path(f, 'py')}", line ${f.line}, in ${f.name}`, `    return ${f.name}(cart)`]),
        `shop.Failed: ${message}`,
      ].join('\n'),
    expected: (f) => [f.name, path(f, 'py'), f.line],
  },
  {
    language: 'java',
    print: (frames, message) =>
      [`com.acme.FailedException: ${message}`, ...frames.map((f) => `\tat com.acme.${f.folder}.${f.name}(${f.file}.java:${f.line})`)].join(
        '\n',
      ),
    expected: (f) => [`com.acme.${f.folder}.${f.name}`, `${f.file}.java`, f.line],
  },
  {
    language: 'kotlin',
    print: (frames, message) =>
      [
        `Exception in thread "main" com.acme.FailedException: ${message}`,
        ...frames.map((f) => `\tat com.acme.${f.folder}Kt.${f.name}(${f.file}.kt:${f.line})`),
      ].join('\n'),
    expected: (f) => [`com.acme.${f.folder}Kt.${f.name}`, `${f.file}.kt`, f.line],
  },
  {
    language: 'go',
    print: (frames, message) =>
      [
        `panic: ${message}`,
        '',
        'goroutine 1 [running]:',
        ...frames.flatMap((f) => [`acme/${f.folder}.${f.name}(0x1, {0x2?, 0x3})`, `\t${path(f, 'go')}:${f.line} +0x1c`]),
      ].join('\n'),
    expected: (f) => [`acme/${f.folder}.${f.name}`, path(f, 'go'), f.line],
  },
];

const name = fc.stringMatching(/^[a-z][a-zA-Z0-9]{2,10}$/).filter((word) => word !== 'panic');
const written: fc.Arbitrary<Written> = fc.record({
  name,
  folder: name,
  file: name,
  line: fc.integer({ min: 1, max: 99_999 }),
  column: fc.integer({ min: 1, max: 999 }),
});
const message = fc.lorem({ maxCount: 6 });
const frames = fc.array(written, { minLength: 1, maxLength: 15 });
const printed = fc.tuple(fc.constantFrom(...printers), frames, message).map(([printer, all, words]) => ({
  printer,
  frames: all,
  text: printer.print(all, words),
}));

const shape = (traces: readonly StackTrace[]) =>
  traces.map(({ language, exceptions, culpritFrame }) => ({
    language,
    culpritFrame,
    exceptions: exceptions.map((exception) => ({ ...exception, frames: exception.frames.map(({ range: _, ...frame }) => frame) })),
  }));

/** Every frame's range is one line of the text that has the frame's file or function. */
function assertRanges(text: string, traces: readonly StackTrace[]): void {
  for (const { range, exceptions } of traces) {
    assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length);
    for (const { frames: all } of exceptions) {
      for (const frame of all) {
        const { start, end } = frame.range ?? { start: -1, end: -1 };
        assert.ok(start >= range.start && start <= end && end <= range.end, 'within its trace');
        const line = text.slice(start, end);
        assert.ok(!line.includes('\n'), line);
        const named = [frame.file, frame.function].filter((part) => part !== null);
        assert.ok(named.length === 0 || named.some((part) => line.includes(part)), `${line} has ${named}`);
      }
    }
  }
}

describe('Every stack that was printed', () => {
  it('is read back, frame for frame, with where each stands', () => {
    fc.assert(
      fc.property(printed, ({ printer, frames: all, text }) => {
        const traces = parseStackTraces(text);
        assert.deepEqual(
          traces.map(({ language }) => language),
          [printer.language],
        );
        assert.deepEqual(
          traces[0]?.exceptions[0]?.frames.map((frame) => [frame.function, frame.file, frame.line]),
          all.map(printer.expected),
        );
        assertRanges(text, traces);
      }),
      { numRuns: 300 },
    );
  });

  const wrappings: Readonly<Record<string, (text: string) => string>> = {
    'line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
    'a line of JSON': (text) => JSON.stringify({ level: 'error', message: 'it broke', error: { stack: `${text}\n` }, id: '7' }),
    'JSON on many lines': (text) => JSON.stringify({ stack: `${text}\n`, ok: false }, null, 2),
    'JSON in JSON': (text) => JSON.stringify({ log: `${JSON.stringify({ stack: `${text}\n` })}\n`, stream: 'stderr' }),
    'a copy out of JSON': (text) => JSON.stringify(`${text}\n    \n`).slice(1, -1),
    quoting: (text) => text.replaceAll(/^/gm, '> '),
    'a code fence': (text) => `\`\`\`\n${text}\n\`\`\``,
    'a fence on the same lines': (text) => `\`\`\`${text}\`\`\``,
    indentation: (text) => text.replaceAll(/^/gm, '      '),
    'the name of a container': (text) => text.replaceAll(/^/gm, 'web-1  | '),
    'a time and a stream': (text) => text.replaceAll(/^/gm, '2026-11-21T02:03:43.123456789Z stderr F '),
    'syslog’s prefix': (text) => text.replaceAll(/^/gm, 'Nov 21 02:03:43 host-1 shop[123]: '),
    colours: (text) => text.replaceAll(/^.*$/gm, '\u001b[31m$&\u001b[0m').replaceAll(/\d+/g, '$&'),
    'entries of a log around': (text) => `2026-11-21 02:03:42 INFO began\n\n${text}\n2026-11-21 02:03:44 INFO look at it go`,
  };
  for (const [what, wrap] of Object.entries(wrappings)) {
    it(`reads the same in ${what}`, () => {
      fc.assert(
        fc.property(printed, ({ text }) => {
          const wrapped = wrap(text);
          const traces = parseStackTraces(wrapped);
          assert.deepEqual(shape(traces), shape(parseStackTraces(text)));
          assertRanges(wrapped, traces);
        }),
        { numRuns: 60 },
      );
    });
  }

  it('is told from others in one text, of the same or another language, in order', () => {
    fc.assert(
      fc.property(fc.array(printed, { minLength: 2, maxLength: 5 }), (all) => {
        const text = all.map((each, index) => `${each.text}\n\n2026-11-21 02:03:4${index} INFO then this happened\n\n`).join('');
        const traces = parseStackTraces(text);
        assert.deepEqual(
          shape(traces).map(({ language, exceptions }) => [language, exceptions[0]?.frames]),
          all.flatMap((each) => shape(parseStackTraces(each.text)).map(({ language, exceptions }) => [language, exceptions[0]?.frames])),
        );
        assertRanges(text, traces);
        for (const [index, { range }] of traces.entries()) assert.ok(index === 0 || range.start >= (traces[index - 1]?.range.end ?? 0));
      }),
      { numRuns: 150 },
    );
  });
});

describe('Any text', () => {
  const words = [
    '    at f (/srv/a.js:1:2)\n',
    'f@https://a.b/c.js:1:2\n',
    'at ',
    '(',
    ')',
    'File "',
    '", line 3',
    ', in f\n',
    'Traceback (most recent call last):\n',
    'Caused by: a.B: x\n',
    '\tat a.b.C.d(C.java:1)\n',
    'goroutine 1 [running]:\n',
    'main.f()\n\t/a.go:1 +0x1\n',
    'panic: ',
    '[errors]: [\n',
    '[cause]: ',
    'Error: ',
    '  +-+---- 1 ----\n',
    '    | ',
    '\\n    ',
    '{"stack":"',
    '\u001b[31m',
    '> ',
    '```',
    'web | ',
    '2026-11-21 02:03:43 ',
    '\r\n',
    '\n',
    "a.rb:1:in `f'\n",
    '#0 /a.php(3): f()\n',
    'eval code\n',
    ':1:2',
  ];
  const anyText = fc
    .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 6 })), { maxLength: 60 })
    .map((parts) => parts.join(''));

  it('is read without failing; what is read stands in it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { range, exceptions, culpritFrame } of parseStackTraces(text)) {
          assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length);
          assert.equal(exceptions[0]?.relation, null);
          const all = exceptions.flatMap((exception) => exception.frames);
          assert.ok(culpritFrame === null || all[culpritFrame]?.kind === 'app');
          for (const { line, column, file, range: place } of all) {
            assert.ok((line ?? 1) > 0 && (column ?? 1) > 0 && file !== '');
            assert.ok(place !== undefined && place.start >= 0 && place.start <= place.end && place.end <= text.length);
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it('gives no more frames, exceptions or words than it has', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (part, times) => {
        const text = part.repeat(times);
        const exceptions = parseStackTraces(text).flatMap((trace) => trace.exceptions);
        const frameCount = exceptions.reduce((sum, { frames: all }) => sum + all.length, 0);
        const chars = exceptions.reduce((sum, exception) => sum + exception.message.length, 0);
        assert.ok(frameCount + exceptions.length <= text.length + 1);
        assert.ok(chars <= 4 * text.length + 100);
      }),
      { numRuns: 150 },
    );
  });
});
