import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { runCli } from '../../../src/cli/runCli';
import { dailySeries } from '../../fakes/seededSeries';

interface Situation {
  readonly env?: Record<string, string>;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

async function anomalies(args: readonly string[], input: string | Buffer | Iterable<Buffer>, situation: Situation = {}) {
  const { env = {}, isTTY = false, columns, signal = new AbortController().signal } = situation;
  const written: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const stdout = { isTTY, columns, write: (text: string) => written.out.push(text) };
  const stderr = { write: (text: string) => written.err.push(text) };
  const chunks = typeof input === 'string' ? [Buffer.from(input)] : Buffer.isBuffer(input) ? [input] : input;
  const stdin = Object.assign(Readable.from(chunks), { isTTY: false });
  const code = await runCli(['anomalies', ...args], { stdout, stderr, stdin, env, cwd: '/', signal });
  return { code, out: written.out.join(''), err: written.err.join(''), writes: written.out.length };
}

const SPIKE = 2200;
const points = dailySeries({ days: 8 }).map(([sec, value], at) => [sec, at === SPIKE ? 500 : value] as const);
const isoOf = (sec: number) => new Date(sec * 1000).toISOString();
const csv = ['timestamp,value', ...points.map(([sec, value]) => `${isoOf(sec).slice(0, 19).replace('T', ' ')},${value}`)].join('\n');
const json = async (input: string | Buffer, ...args: string[]) => JSON.parse((await anomalies(['--json', ...args], input)).out);

describe('aidog anomalies', () => {
  it('prints a score a row and the anomalies with their reasons as one JSON object', async () => {
    const { scores, anomalies: found } = await json(csv, '--threshold', '0.95');
    assert.equal(scores.length, points.length);
    assert.ok(scores.every((score: number) => score >= 0 && score <= 1));
    assert.equal(scores.indexOf(Math.max(...scores)), SPIKE);
    const at = isoOf(points[SPIKE]?.[0] ?? 0);
    const { reason, score, expected, ...rest } = found.at(-1);
    assert.deepEqual(rest, { from: at, to: at, peak: at, direction: 'above', value: 500 });
    assert.ok(score > 0.95 && expected > 50 && expected < 150);
    assert.match(reason, /times the usual distance above what \d\d:\d\d UTC on a weekday usually shows/);
  });

  it('scores a row by that row and earlier ones only', async () => {
    const { scores } = await json(csv);
    const half = csv.split('\n').slice(0, 1201).join('\n');
    assert.deepEqual((await json(half)).scores, scores.slice(0, 1200));
  });

  it('reads the same from other columns, separators, line ends, clocks and no header', async () => {
    const { scores } = await json(csv);
    const rows = points.map(([sec, value]) => ({ sec, value }));
    const variants: Record<string, string> = {
      'semicolons, CRLF and a mark': `\ufeff${csv.replaceAll(',', ';').replaceAll('\n', '\r\n')}\r\n`,
      'more columns, another order': ['host,Value,Time', ...rows.map(({ sec, value }) => `"a,b",${value},"${isoOf(sec)}"`)].join('\n'),
      'no header, epoch seconds': rows.map(({ sec, value }) => `${sec},${value}`).join('\n'),
      'no header, epoch milliseconds last': rows.map(({ sec, value }) => `${value}\t${sec * 1000}`).join('\n'),
      'blank lines': csv.replaceAll('\n', '\n\n'),
      'a header of unknown names': csv.replace('timestamp,value', 'zeit,wert'),
    };
    for (const [name, text] of Object.entries(variants)) assert.deepEqual((await json(text)).scores, scores, name);
  });

  it('scores rows without a number 0, and goes on', async () => {
    const holes = csv
      .split('\n')
      .flatMap((line, at) => (at > 0 && at % 400 === 0 ? [line, '2026-03-02 00:00:00,NaN', ',inf', 'broken'] : [line]));
    const plain = (await json(csv)).scores;
    const { scores } = await json(holes.join('\n'));
    assert.equal(scores.length, plain.length + 3 * Math.floor(points.length / 400));
    assert.deepEqual(scores.slice(400, 403), [0, 0, 0]);
    assert.equal(Math.max(...scores), Math.max(...plain));
  });

  it('numbers the rows of a series without times', async () => {
    const { anomalies: found } = await json(points.map(([, value]) => String(value)).join('\n'), '--threshold', '0.95');
    assert.equal(found.at(-1).peak, SPIKE);
  });

  it('draws the series with the anomaly marked, and lists it', async () => {
    const { out, code } = await anomalies(['--threshold', '0.95'], csv, { columns: 60 });
    assert.equal(code, 0);
    const lines = out.split('\n');
    assert.equal(lines[0], '2,304 rows, 1 Mar 2026, 23:59 – 9 Mar 2026, 23:54 UTC');
    assert.match(lines[1] ?? '', /^ +500 [\u2800-\u28ff]+$/);
    assert.match(out, /▲/);
    assert.match(out, /1 anomaly:\n {2}[01]\.\d\d {2}9 Mar 2026, 15:19 {2}500 \(expected [\d.]+\): .+\.\n$/);
    assert.ok(lines.slice(1, 8).every((line) => line.length <= 60));
    assert.ok(!out.includes('\u001b'));
  });

  it('colours the marks in a terminal that has colours', async () => {
    const coloured = await anomalies([], csv, { isTTY: true });
    assert.ok(coloured.out.includes('\u001b[31m▲'));
    assert.ok(!(await anomalies([], csv, { isTTY: true, env: { NO_COLOR: '1' } })).out.includes('\u001b'));
  });

  it('says so where nothing is anomalous', async () => {
    assert.match((await anomalies([], 'timestamp,value\n1700000000,4\n1700000060,4\n')).out, /^2 rows, [\s\S]*\nNo anomalies\.\n$/);
  });

  it('answers a header alone with no scores', async () => {
    assert.deepEqual(await json('timestamp,value\n'), { scores: [], anomalies: [] });
  });

  it('ends with one sentence for what is no series, before it prints anything', async () => {
    for (const text of ['', '\n\n', 'hello\n', '{"a": 1}\n[2, 3]\n', 'lorem ipsum, dolor\n'.repeat(20_000)]) {
      const { code, out, err } = await anomalies(['--json'], text);
      assert.deepEqual([code, out], [2, ''], text.slice(0, 20));
      assert.match(err, /^aidog: No series was found in the input\. .*\n$/);
    }
  });

  it('bears invalid UTF-8 and a line of many megabytes', async () => {
    const { code, out } = await anomalies(
      ['--json'],
      Buffer.concat([Buffer.from(`${csv}\n`), Buffer.from([0xff, 0xfe, 0x0a]), Buffer.alloc(5e6, 'x')]),
    );
    assert.equal(code, 0);
    assert.equal(JSON.parse(out).scores.length, points.length + 2);
  });

  it('writes the scores as the rows come', async () => {
    const chunk = Buffer.from(points.map(([sec, value]) => `${sec},${value}\n`).join(''));
    const { writes, out } = await anomalies(['--json'], new Array<Buffer>(12).fill(chunk));
    assert.ok(writes >= 3);
    assert.equal(JSON.parse(out).scores.length, 12 * points.length);
  });

  it('says which option is wrong', async () => {
    for (const args of [['--threshold', '2'], ['--sigma', 'x'], ['--sigma', '0'], ['--wrong']]) {
      const { code, err } = await anomalies(args, csv);
      assert.equal(code, 2);
      assert.match(err, /^aidog: Bad arguments: .+\n$/);
    }
  });

  it('ends when it is told to', async () => {
    const { code, err } = await anomalies(['--json'], csv, { signal: AbortSignal.abort() });
    assert.equal(code, 1);
    assert.match(err, /The search for anomalies was cancelled/);
  });
});
