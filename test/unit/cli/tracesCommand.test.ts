import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { runCli } from '../../../src/cli/runCli';
import type { Span } from '../../../src/domain/span';
import { span } from '../../fakes/spans';

async function traces(input: string | Buffer, args: readonly string[] = [], columns?: number, signal = new AbortController().signal) {
  const written: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const stdout = { columns, write: (text: string) => written.out.push(text) };
  const stderr = { write: (text: string) => written.err.push(text) };
  const stdin = Object.assign(Readable.from([Buffer.from(input)]), { isTTY: false });
  const code = await runCli(['traces', ...args], { stdout, stderr, stdin, env: {}, cwd: '/', signal });
  return { code, out: written.out.join(''), err: written.err.join('') };
}

const lines = (spans: readonly Span[]) => spans.map((one) => JSON.stringify(one)).join('\r\n');
const REQUEST = [
  span({ spanId: 'a', service: 'web', resource: 'GET /cart', isError: true, durationMs: 900 }),
  span({
    spanId: 'b',
    parentId: 'a',
    service: 'stock',
    resource: 'GET /stock',
    isError: true,
    startMs: 50,
    durationMs: 800,
    meta: { 'error.message': 'no shelf' },
  }),
];

describe('aidog traces', () => {
  it('prints a line of JSON for each trace and one for all', async () => {
    const { code, out, err } = await traces(lines([...REQUEST, span({ traceId: 't2', spanId: 'a' })]), ['--json']);
    assert.deepEqual([code, err], [0, '']);
    const found = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['trace', 'trace', 'summary'],
    );
    assert.equal(found[0].errorOrigin.service, 'stock');
    assert.deepEqual(
      found[0].criticalPath.map(({ spanId }: { spanId: string }) => spanId),
      ['a', 'b'],
    );
    assert.equal(found[2].firstFailingService, 'stock');
  });

  it('prints the path as a waterfall and the error with its way', async () => {
    const { out } = await traces(lines(REQUEST), [], 80);
    assert.match(out, /^GET \/cart of web {2}900 ms\n/);
    assert.match(out, /·██+·.*✗ stock GET \/stock +800 ms/);
    assert.match(out, /The error began in stock, GET \/stock: no shelf/);
    assert.match(out, /It went up stock → web\./);
  });

  it('keeps to a narrow terminal', async () => {
    const long = REQUEST.map((one) => ({ ...one, resource: `GET /${'very-long-name/'.repeat(20)}` }));
    const { out } = await traces(lines(long), [], 44);
    for (const line of out.split('\n')) assert.ok([...line].length <= 44, line);
  });

  it('lets no control character of a span reach the terminal', async () => {
    const { out } = await traces(
      lines([
        span({
          spanId: 'a',
          service: 'web\u001b[31m',
          resource: 'GET \u0007/\u202e',
          isError: true,
          meta: { 'error.message': '\u001b]0;x\u0007' },
        }),
      ]),
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for control characters is the point
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('reads one JSON array, on one line or many', async () => {
    for (const text of [
      JSON.stringify(REQUEST),
      JSON.stringify(REQUEST, null, 2),
      `[\n${REQUEST.map((one) => JSON.stringify(one)).join(',\n')}\n]`,
    ]) {
      const { out } = await traces(text, ['--json']);
      assert.equal(JSON.parse(out.split('\n')[0] ?? '').spans, 2);
    }
  });

  it('names what it cannot read, and goes on', async () => {
    const { code, out, err } = await traces(`${JSON.stringify(REQUEST[0])}\n{"broken":\n{"no":"span"}\n${JSON.stringify(REQUEST[1])}\n`, [
      '--json',
    ]);
    assert.equal(code, 0);
    assert.match(err, /Line 2 is no JSON/);
    assert.match(err, /Line 3 has 1 record without/);
    const [first, summary] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual([first.spans, summary.unread], [2, 2]);
  });

  it('says what to pass where there is nothing to read, invalid bytes or not', async () => {
    assert.deepEqual(await traces(''), {
      code: 2,
      out: '',
      err: 'aidog: Standard input is empty. Pass spans as JSON lines or as one JSON array, for example: aidog traces < spans.ndjson\n',
    });
    const { code, err } = await traces(Buffer.from([0xff, 0xfe, 0x80, 0x0a]));
    assert.equal(code, 2);
    assert.match(err, /Nothing in the input is a span/);
  });

  it('takes a span that is its own parent', async () => {
    const { code } = await traces(lines([span({ spanId: 'a', parentId: 'a' })]), ['--json']);
    assert.equal(code, 0);
  });

  it('shows as many traces as asked for, and says what is wrong with other numbers', async () => {
    const many = lines(Array.from({ length: 5 }, (_, n) => span({ traceId: `t${n}`, spanId: 'a' })));
    assert.match((await traces(many, ['--show', '2'])).out, /… 3 more traces/);
    assert.match((await traces(many, ['--show', 'x'])).err, /--show takes a whole number/);
    assert.match((await traces(many, ['--show', '2', '--json'])).err, /--show goes with the report/);
  });

  it('can be cancelled while it analyses', async () => {
    const controller = new AbortController();
    const stdin = Object.assign(Readable.from([Buffer.from(`${lines(REQUEST)}\n`)]), { isTTY: false });
    // The input has ended with a whole line: what gives way after that is the analysis.
    stdin.once('end', () => setImmediate(() => controller.abort()));
    let out = '';
    let err = '';
    const stdout = { write: (text: string) => (out += text) };
    const stderr = { write: (text: string) => (err += text) };
    const code = await runCli(['traces'], { stdout, stderr, stdin, env: {}, cwd: '/', signal: controller.signal });
    assert.deepEqual([code, out, err], [1, '', 'aidog: Reading the traces was cancelled.\n']);
  });

  it('says that it was cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    const { code, err } = await traces(lines(REQUEST), [], 80, controller.signal);
    assert.equal(code, 1);
    assert.match(err, /was cancelled/);
  });
});
