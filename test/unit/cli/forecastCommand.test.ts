import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { runCli } from '../../../src/cli/runCli';
import { tinyModel, writeModel } from '../../fakes/tinyModel';

const never = new AbortController().signal;

async function forecast(args: readonly string[], input: string | readonly (string | Buffer)[], signal = never) {
  const written: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const stdout = { write: (text: string) => written.out.push(text) };
  const stderr = { write: (text: string) => written.err.push(text) };
  const chunks = (typeof input === 'string' ? [input] : input).map((chunk) => Buffer.from(chunk));
  const code = await runCli(['forecast', ...args], { stdout, stderr, stdin: Readable.from(chunks), env: {}, cwd: '/', signal });
  return { code, out: written.out.join(''), err: written.err.join('') };
}

const lineOf = (value: unknown) => `${JSON.stringify(value)}\n`;
const wave = (length: number) => Array.from({ length }, (_, index) => Number((50 + 20 * Math.sin(index / 5) + (index % 7)).toFixed(3)));
const answersOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const statistical = ['--json', '--model', 'statistical'];

describe('aidog forecast --json', () => {
  it('answers each line with 60 steps, a score, who answered and the time, in the order of the input', async () => {
    const input = ['a', 7, 'c'].map((id) => lineOf({ id, values: wave(520), season: null, interval: 60 })).join('');
    const { code, out } = await forecast(statistical, input);
    assert.equal(code, 0);
    const answers = answersOf(out);
    assert.deepEqual(
      answers.map(({ id }) => id),
      ['a', 7, 'c'],
    );
    for (const { p10, median, p90, score, model, ms } of answers as Record<string, never>[]) {
      const steps: number[][] = [p10!, median!, p90!];
      assert.ok(steps.every((values) => values.length === 60 && values.every(Number.isFinite)));
      assert.ok(steps[0]!.every((low, step) => low <= steps[1]![step]! && steps[1]![step]! <= steps[2]![step]!));
      assert.ok(typeof score === 'number' && typeof ms === 'number');
      assert.match(String(model), /^statistical: /);
    }
  });

  it('answers a bad line with a sentence and goes on', async () => {
    const input = [
      lineOf({ id: 'words', values: [1, 'two'] }),
      'nonsense\n',
      '[1, 2]\n',
      lineOf({ id: 'none' }),
      lineOf({ id: 'empty', values: [] }),
      lineOf({ id: 'nulls', values: [null, null] }),
      lineOf({ id: 'backwards', values: [1], interval: -5 }),
      '\n',
      lineOf({ id: 'good', values: wave(80) }),
    ].join('');
    const { code, out } = await forecast(statistical, input);
    assert.equal(code, 0);
    const answers = answersOf(out);
    assert.deepEqual(
      answers.map(({ id }) => id),
      ['words', null, null, 'none', 'empty', 'nulls', 'backwards', 'good'],
    );
    const errors = answers.slice(0, -1).map(({ error }) => String(error));
    assert.match(errors[0]!, /^Line 1: "values" must hold only numbers and null, not "two"\.$/);
    assert.match(errors[1]!, /^Line 2: The line is not JSON/);
    assert.match(errors[2]!, /not an object/);
    assert.match(errors[3]!, /"values" is missing/);
    for (const error of [errors[4]!, errors[5]!]) assert.match(error, /no number to forecast from/);
    assert.match(errors[6]!, /"interval" must be a number of seconds above 0/);
    assert.equal((answers.at(-1)!.median as number[]).length, 60);
  });

  it('takes missing values, NaN as Python writes it, CRLF, bytes that mean nothing and lines that come in pieces', async () => {
    const text = `{"id": "NaN, here", "values": [1, NaN, null, -Infinity, 2, 3, 2, 1, 2]}\r\n${lineOf({ id: 'b', values: wave(40) })}`;
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0x0a])]);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 11) }, (_, index) => bytes.subarray(index * 11, index * 11 + 11));
    const { out } = await forecast(statistical, pieces);
    const [first, second, third] = answersOf(out);
    assert.equal(first?.id, 'NaN, here');
    assert.equal((first!.median as number[]).length, 60);
    assert.equal(second?.id, 'b');
    assert.match(String(third?.error), /not JSON/);
  });

  it('takes seasons that cannot be, and a last line without an end', async () => {
    const input = [0, -4, 1.5, 1e9, 'x'].map((season) => JSON.stringify({ id: String(season), values: wave(100), season })).join('\n');
    const { out } = await forecast(statistical, input);
    assert.ok(answersOf(out).every(({ median }) => Array.isArray(median)));
    assert.equal(answersOf(out).length, 5);
  });

  it('looks at the latest values only, of however many', async () => {
    const values = wave(600);
    const many = [...new Array<number>(200_000).fill(1e6), ...wave(8600)];
    const { out } = await forecast(statistical, lineOf({ id: 1, values }) + lineOf({ id: 2, values: many }));
    assert.ok((answersOf(out)[1]!.median as number[]).every((value) => value < 100));
  });

  it('finds a jump of the last five values', async () => {
    const { out } = await forecast(statistical, lineOf({ id: 1, values: [...wave(507), 900, 900, 900, 900, 900] }));
    assert.ok(Number(answersOf(out)[0]?.score) > 70);
  });

  it('says when a threshold is passed', async () => {
    const rising = Array.from({ length: 200 }, (_, index) => index + (index % 3));
    const { out } = await forecast([...statistical, '--threshold', '220'], lineOf({ id: 1, values: rising, interval: 10 }));
    const { expected, earliest } = answersOf(out)[0]!.breach as Record<string, number>;
    assert.ok(expected! > 0 && expected! < 600 && earliest! <= expected!);
  });

  it('asks the model file that is named, and says when it cannot be used', async () => {
    const line = lineOf({ id: 1, values: Array.from({ length: 512 }, (_, index) => (index * index) % 23) });
    const good = await forecast(['--json', '--model-file', await writeModel(tinyModel())], line);
    assert.match(String(answersOf(good.out)[0]?.model), /^the model .*model\.onnx/);
    const bad = await forecast(['--json', '--model-file', '/nowhere.onnx'], line);
    assert.equal(bad.code, 0);
    assert.match(bad.err, /^aidog: .*There is no forecasting model at \/nowhere\.onnx/);
    assert.match(String(answersOf(bad.out)[0]?.model), /^statistical/);
  });

  it('ends when called off', async () => {
    const controller = new AbortController();
    controller.abort();
    const { code, err } = await forecast(statistical, lineOf({ id: 1, values: wave(100) }), controller.signal);
    assert.equal(code, 1);
    assert.match(err, /The forecast was cancelled/);
  });
});

describe('aidog forecast', () => {
  const plain = ['--model', 'statistical'];

  it('draws one number a line with the band, the threshold and a summary', async () => {
    const { code, out } = await forecast([...plain, '--threshold', '75'], wave(200).join('\n'));
    assert.equal(code, 0);
    assert.ok(out.includes('░') && out.includes('•') && out.includes('┄') && out.includes('│'));
    assert.match(out, /In 1 h it ends between .* threshold 75/);
    assert.match(out, /Anomaly score \d+ of 100; statistical: /);
    assert.ok(out.split('\n').every((line) => line.length <= 400));
  });

  it('takes rows of timestamp,value with their spacing, with or without a heading', async () => {
    const rows = wave(100).map((value, index) => `${new Date(1.7e12 + index * 300_000).toISOString()},${value}`);
    const { out } = await forecast(plain, ['timestamp,value', ...rows].join('\r\n'));
    assert.match(out, /In 5 h it ends/);
    const seconds = wave(100).map((value, index) => `${1.7e9 + index * 300},${value}`);
    assert.match((await forecast(plain, seconds.join('\n'))).out, /In 5 h it ends/);
  });

  it('takes JSON lines, and shows no control character of theirs', async () => {
    const { out } = await forecast(plain, lineOf({ id: 'a\u001b[31m\nb', values: wave(100), interval: 10 }));
    assert.match(out, /In 10 min/);
    assert.ok(!out.includes('\u001b'));
  });

  it('says what is wrong with a text that is no series', async () => {
    for (const [text, pattern] of [
      ['', /no number to forecast from/],
      ['1\n2\nthree\n', /Row 3 has no number as its value: three/],
      ['when,what\n1,x\n', /Row 1 has no number/],
      ['when,what\nnow,5\n', /No row begins with a time/],
      ['nan\nnull\n', /no number to forecast from/],
    ] as const) {
      const { code, err } = await forecast(plain, text);
      assert.equal(code, 2, text);
      assert.match(err, pattern);
    }
  });
});
